"""`evidence letter`: questions to the authors of a study, with room for their reply."""

import click

from synthesis.cli.listing import Command
from synthesis.cli.output import show, show_json
from synthesis.cli.settings import common, root_option

EXAMPLES = """\
evidence letter gansu-2024
evidence letter gansu-2024 --root studies -o letter.md
"""


@common("text", "json")
@click.command(
    cls=Command,
    order=12,
    examples=EXAMPLES,
    short_help="Ask the authors of a study about its printed numbers.",
    help="""Write a neutral letter to the authors of STUDY: every error and warning that nobody has settled,
    with the place, the arithmetic and room for the reply. Markdown, in the words of the report.""",
)
@click.argument("study")
@root_option()
@click.option("-o", "--output", metavar="FILE", help="Write to this file instead of the terminal.")
def letter(study: str, root: str | None, output: str | None, format_: str) -> int:
    """The exit code 0, once the letter was shown."""
    from synthesis.cli import folder
    from synthesis.errors import choose
    from synthesis.reporting.letters import query_letter
    from synthesis.reporting.material import gather

    review = folder.read(root)
    chosen = choose("study", study, {one.study: one for one in review.studies})
    text = query_letter(gather(review, folder.audited(review)), chosen)
    if format_ == "json":
        show_json({"schema": 1, "letter": text}, output)
    else:
        show(text, output)
    return 0


COMMAND = letter
