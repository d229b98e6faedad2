"""`evidence report`: the whole review on one page."""

import click

from synthesis.cli.listing import Command
from synthesis.cli.output import counted, show, show_json, working
from synthesis.cli.settings import common, fail_on_option

EXAMPLES = """\
evidence report                            report.html in this folder
evidence report studies -o out.html
evidence report --fail-on error            and exit with 1 when the audit finds an error
"""


@common("text", "json")
@click.command(
    cls=Command,
    order=8,
    examples=EXAMPLES,
    short_help="Write the whole review on one page.",
    help="""Write one HTML page with the included studies, the audit, and every endpoint's forest plot.

    DIR is the folder of review.yaml; without it, this folder or the folder studies in it.

    The page holds everything it shows: it needs no network and no other file, prints well, and is the same
    to the byte for the same input. Open it in any browser.""",
)
@click.argument("root", required=False, metavar="[DIR]")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    default="report.html",
    show_default=True,
    help="The file to write; - is the terminal.",
)
@fail_on_option("never")
def report(root: str | None, output: str, fail_on: str, format_: str) -> int:
    """The exit code, once the page is written."""
    from evidence.whole_file import write
    from synthesis.cli import folder
    from synthesis.reporting.assembly import page
    from synthesis.reporting.material import gather

    review = folder.read(root)
    found = folder.audited(review)
    with working("Writing the report"):
        text = page(gather(review, found))
    if output == "-":
        show(text)
    else:
        write(output, text)
        _say(output, len(review.studies), found.counts(), format_)
    return folder.exit_code(found, fail_on)


def _say(output: str, studies: int, counts: dict[str, int], format_: str) -> None:
    if format_ == "json":
        show_json({"schema": 1, "written": output, "studies": studies, "findings": counts})
        return
    found = ", ".join(counted(counts[word], word) for word in ("error", "warning", "note"))
    show(f"wrote {output}: {counted(studies, 'study')}; the audit finds {found}")


COMMAND = report
