"""`evidence new study`: a commented study file to fill in."""

import click

from synthesis.cli.listing import Command
from synthesis.cli.settings import common, root_option

EXAMPLES = """\
evidence new study smith-2019                    a file smith-2019.yaml beside review.yaml
evidence new study smith-2019 --root studies --arms sorafenib,placebo
"""


@common("text", "json")
@click.command(
    cls=Command,
    order=2,
    examples=EXAMPLES,
    short_help="Add a study to a review.",
    help="""Write ID.yaml beside review.yaml: one study, commented, understood as it is, to be filled in.

    ID is the study's name: lower-case words and figures joined by hyphens, such as smith-2019. The file
    shows a line of each section, with arms and endpoints that review.yaml declares. One arm alone makes a
    single-arm study.""",
)
@click.argument("name", metavar="ID")
@root_option()
@click.option(
    "--arms", metavar="LIST", help="Treatments of its arms, split by commas  [default: the first two]"
)
def study(name: str, root: str | None, arms: str | None, format_: str) -> int:
    """The exit code 0, once the file is there."""
    from pathlib import Path

    from synthesis.cli import folder
    from synthesis.cli.scaffold import asked_for, fill, names_in, refuse_existing, schemas, slug, written

    place = Path(folder.find_root(root))
    name = slug(name)
    refuse_existing(place / f"{name}.yaml")
    declared, endpoint = names_in(place)
    treatments = asked_for(arms, declared) if arms is not None else declared[:2]
    text = fill(
        "study.yaml",
        id=name,
        label=name.replace("-", " ").title(),
        kind="single-arm" if len(treatments) == 1 else "randomised-trial",
        arms="\n".join(f"  {key}: {{treatment: {key}, n: not-reported}}" for key in treatments),
        endpoint=endpoint,
        first=treatments[0],
        second=treatments[1] if len(treatments) > 1 else "another-arm",
    )
    files = {place / f"{name}.yaml": text, **schemas(place)}
    return written(files, next_step=f"fill it in, then: evidence validate {place}", format_=format_)


COMMAND = study
