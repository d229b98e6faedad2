"""`evidence sheet`: the certain findings on one page, for an editor."""

import click

from synthesis.cli.listing import Command
from synthesis.cli.output import show, show_json
from synthesis.cli.settings import common, root_option

EXAMPLES = """\
evidence sheet
evidence sheet --root studies -o sheet.md
"""


@common("text", "json")
@click.command(
    cls=Command,
    order=11,
    examples=EXAMPLES,
    short_help="Put the certain findings on one page for an editor.",
    help="""Write the findings that no rounding, test or convention can explain: the printed number, the
    arithmetic, and which other values would agree. Markdown, in the words of the report.""",
)
@root_option()
@click.option("-o", "--output", metavar="FILE", help="Write to this file instead of the terminal.")
def sheet(root: str | None, output: str | None, format_: str) -> int:
    """The exit code 0, once the page was shown."""
    from synthesis.cli import folder
    from synthesis.reporting.letters import editor_sheet
    from synthesis.reporting.material import gather

    review = folder.read(root)
    text = editor_sheet(gather(review, folder.audited(review)))
    if format_ == "json":
        show_json({"schema": 1, "sheet": text}, output)
    else:
        show(text, output)
    return 0


COMMAND = sheet
