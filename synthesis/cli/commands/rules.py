"""`evidence rules`: every rule there is."""

import click

from synthesis.cli.listing import Command
from synthesis.cli.output import show, show_json
from synthesis.cli.settings import common

EXAMPLES = """\
evidence rules                               a line for each
evidence rules --select AUD3                 those about tests and intervals
evidence rules --format md -o rules.md       the page of every rule
"""


@common("text", "json", "md")
@click.command(
    cls=Command,
    order=4,
    examples=EXAMPLES,
    short_help="List the rules there are.",
    help="""List every rule with its code, its worst severity, its name and what it is about.

    YML is about how a file is written, SRC about where numbers come from, AUD about what printed numbers
    imply, CFG about options and acceptances. With --format json or md, each comes with its whole page.""",
)
@click.option("--select", metavar="CODES", help="Only rules whose code begins so: AUD3,YML.")
@click.option("-o", "--output", metavar="FILE", help="Write to this file instead of the terminal.")
def rules(select: str | None, output: str | None, format_: str) -> int:
    """The exit code 0, once the rules were listed."""
    from evidence.rules import pages
    from synthesis.cli.rulebook import in_markdown, prefixes, record
    from synthesis.cli.tables import aligned

    wanted = ("",) if select is None else prefixes("--select", select)
    found = [page for page in pages() if page.code.startswith(wanted)]
    if format_ == "json":
        show_json({"schema": 1, "rules": [record(page) for page in found]}, output)
    elif format_ == "md":
        blocks = ["# Rules", *(block for page in found for block in in_markdown(page))]
        show("\n\n".join(blocks), output)
    else:
        rows = [(page.code, page.severity, page.slug, page.title) for page in found]
        show("\n".join(aligned(rows)), output)
    return 0


COMMAND = rules
