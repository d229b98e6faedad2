"""`evidence report`: the whole review on one page."""

import click

from synthesis.cli.listing import Command
from synthesis.cli.output import show_json, working
from synthesis.cli.settings import common, fail_on_option, root_option

EXAMPLES = """\
evidence report                            report.html in this folder
evidence report --root studies -o out.html
evidence report --fail-on error            and exit with 1 when the audit finds an error
"""


@common("text", "json")
@click.command(
    cls=Command,
    order=8,
    examples=EXAMPLES,
    short_help="Write the whole review on one page.",
    help="""Write one HTML page with the included studies, the audit, and every endpoint's forest plot.

    The page holds everything it shows: it needs no network and no other file, prints well, and is the same
    to the byte for the same input. Open it in any browser.""",
)
@root_option()
@click.option(
    "-o", "--output", metavar="FILE", default="report.html", show_default=True, help="The file to write."
)
@fail_on_option("never")
@click.pass_context
def report(ctx: click.Context, root: str | None, output: str, fail_on: str, format_: str) -> int:
    """The exit code, once the page is written."""
    from evidence.whole_file import write
    from synthesis.cli import folder
    from synthesis.reporting.assembly import report as page_of

    review = folder.read(root)
    found = folder.audited(review)
    with working("Writing the report"):
        page = page_of(review, audit=found)
        write(output, page)
    counts = found.counts()
    if format_ == "json":
        show_json({"schema": 1, "written": output, "studies": len(review.studies), "findings": counts})
    else:
        studies = f"{len(review.studies)} {'study' if len(review.studies) == 1 else 'studies'}"
        click.echo(
            f"wrote {output}: {studies}; the audit finds {counts['error']} errors, "
            f"{counts['warning']} warnings, {counts['note']} notes"
        )
    return folder.exit_code(found, fail_on)


COMMAND = report
