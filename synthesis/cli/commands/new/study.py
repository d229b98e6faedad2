"""`evidence new study`: a commented study file to fill in."""

import click

from synthesis.cli.listing import Command
from synthesis.cli.settings import common, root_option

EXAMPLES = """\
evidence new study smith-2019                    a file smith-2019.yaml beside review.yaml
evidence new study smith-2019 --root studies
"""


@common("text", "json")
@click.command(
    cls=Command,
    order=2,
    examples=EXAMPLES,
    short_help="Add a study to a review.",
    help="""Write ID.yaml beside review.yaml: one study, commented, understood as it is, to be filled in.

    ID is the study's name: lower-case words and figures joined by hyphens, such as smith-2019. The file
    shows a line of each section, with the arms and endpoints that review.yaml declares.""",
)
@click.argument("name", metavar="ID")
@root_option()
def study(name: str, root: str | None, format_: str) -> int:
    """The exit code 0, once the file is there."""
    from pathlib import Path

    from synthesis.cli import folder
    from synthesis.cli.scaffold import fill, names_in, refuse_existing, schemas, slug, written

    place = Path(folder.find_root(root))
    name = slug(name)
    refuse_existing(place / f"{name}.yaml")
    treatments, endpoint = names_in(place)
    arms = "\n".join(f"  {key}: {{treatment: {key}, n: not-reported}}" for key in treatments[:2])
    text = fill(
        "study.yaml",
        id=name,
        label=name.replace("-", " ").title(),
        arms=arms,
        endpoint=endpoint,
        first=treatments[0],
        second=treatments[min(1, len(treatments) - 1)],
    )
    files = {place / f"{name}.yaml": text, **schemas(place)}
    return written(files, next_step=f"fill it in, then: evidence validate {place}", format_=format_)


COMMAND = study
