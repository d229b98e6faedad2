"""`evidence plot`: one figure a command, those of the gallery beside those that lie here."""

import click

from synthesis.cli.listing import Listing


class Gallery(Listing):
    """The commands of this folder, and one for each figure of the gallery."""

    def _names(self) -> list[str]:
        from synthesis.figures import gallery

        return sorted({*super()._names(), *(name.replace("_", "-") for name in gallery.names())})

    def _load(self, name: str) -> click.Command:
        from synthesis.figures import gallery

        if name in super()._names():
            return super()._load(name)
        from synthesis.cli.plotting import command_of

        return command_of(gallery.get(name.replace("-", "_")))


COMMAND = Gallery(
    name="plot",
    package=__name__,
    order=7,
    short_help="Draw a figure as SVG, PDF or PNG.",
    help="Draw a figure. The ending of the file chooses the format: .svg, .pdf or .png.",
    examples="evidence plot forest objective-response -o response.svg",
)
