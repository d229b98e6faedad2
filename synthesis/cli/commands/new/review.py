"""`evidence new review`: a folder with review.yaml and the two schemas."""

import click

from synthesis.cli.listing import Command
from synthesis.cli.settings import common

EXAMPLES = """\
evidence new review studies         start a review in the folder studies
evidence new study smith-2019       then add a study to it
"""


@common("text", "json")
@click.command(
    cls=Command,
    order=1,
    examples=EXAMPLES,
    short_help="Start a review in a folder.",
    help="""Start a review: make the folder DIR with review.yaml and the schemas that editors complete from.

    review.yaml names the question, the treatments and the endpoints; it is commented, is understood as it
    is, and waits to be filled in. A file that exists is left as it is.""",
)
@click.argument("folder", metavar="DIR")
@click.option("--id", "name", metavar="NAME", help="Name of the review  [default: the folder's]")
def review(folder: str, name: str | None, format_: str) -> int:
    """The exit code 0, once the folder is there."""
    from pathlib import Path

    from synthesis.cli.scaffold import fill, schemas, slug, written

    place = Path(folder)
    name = slug(name) if name is not None else slug(place.resolve().name, "review")
    files = {place / "review.yaml": fill("review.yaml", id=name), **schemas(place)}
    return written(files, next_step=f"evidence new study smith-2019 --root {folder}", format_=format_)


COMMAND = review
