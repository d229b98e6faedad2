"""`evidence verify`: is this report what these files give?"""

from __future__ import annotations

from pathlib import Path

import click

from synthesis.cli.listing import Command
from synthesis.cli.output import counted, show, show_json, working
from synthesis.cli.settings import common, root_option

EXAMPLES = """\
evidence verify report.html
evidence verify report.html --root studies --format json
"""


@common("text", "json")
@click.command(
    cls=Command,
    order=10,
    examples=EXAMPLES,
    short_help="Check that a report is what the files give.",
    help="""Make the report again from the files and compare: the digest of every input, then every byte.

    The exit code is 0 where REPORT is the same, and 1 where it is not; what differs is said.""",
)
@click.argument("report")
@root_option()
@click.option("--since", metavar="FILE", help="The earlier report, for a page that compares with one.")
def verify(report: str, root: str | None, since: str | None, format_: str) -> int:
    """The exit code."""
    from synthesis.cli import folder
    from synthesis.cli.earlier import earlier, text_of
    from synthesis.reporting.verifying import verified

    text, before = text_of(report), earlier(since)
    review = folder.read(root)
    with working("Making the report again"):
        found = verified(text, Path(report).name, review, before)
    if format_ == "json":
        show_json({"schema": 1, "same": found.same, "differences": list(found.differences)})
    elif found.same:
        show(f"{report} is what these files give, byte for byte ({counted(found.files, 'file')})")
    else:
        show("\n".join([f"{report} is not what these files give:", *(f"  {d}" for d in found.differences)]))
    return 0 if found.same else 1


COMMAND = verify
