"""`evidence validate`: is every file understood?"""

import click

from synthesis.cli.listing import Command
from synthesis.cli.output import show, show_json
from synthesis.cli.settings import common

EXAMPLES = """\
evidence validate                             every file of the review
evidence validate studies/smith-2019.yaml     one study of it
evidence validate --format json               for an editor or a form
"""


@common("text", "json")
@click.command(
    cls=Command,
    order=3,
    examples=EXAMPLES,
    short_help="Is every file understood?",
    help="""Say whether every file is understood, and if not, every problem of every file at once.

    PATHS are study files or the folder of the review; without any, the review in this folder. Each problem
    comes with its file, line and column, what was read, and what would do. Whether the numbers make sense
    is another question: that is `evidence audit`.""",
)
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@click.pass_context
def validate(ctx: click.Context, paths: tuple[str, ...], format_: str) -> int:
    """The exit code 0, once it was said that all is well; problems are an error and are said elsewhere."""
    from synthesis.cli import folder

    review, chosen = folder.read_paths(paths)
    if format_ == "json":
        show_json(
            {"schema": 1, "valid": True, "review": review.review, "studies": list(chosen), "problems": []}
        )
        return 0
    count = f"{len(chosen)} {'study' if len(chosen) == 1 else 'studies'}"
    show(f"{review.review}: {count} understood" + (f" ({', '.join(chosen)})" if chosen else ""))
    return 0


COMMAND = validate
