"""`evidence report`: the whole review on one page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from synthesis.cli.listing import Command
from synthesis.cli.output import counted, show, show_json, working
from synthesis.cli.settings import common, fail_on_option

if TYPE_CHECKING:
    from synthesis.reporting.material import Material

EXAMPLES = """\
evidence report                            report.html in this folder
evidence report studies -o out.html
evidence report --since last.html          and say what changed since that report
evidence report --data numbers             and write its numbers as JSON and CSV into that folder
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
@click.option("--since", metavar="FILE", help="An earlier report: say what changed since.")
@click.option("--data", metavar="FOLDER", help="Write the numbers as JSON and CSV into this folder too.")
@fail_on_option("never")
def report(
    root: str | None, output: str, since: str | None, data: str | None, fail_on: str, format_: str
) -> int:
    """The exit code, once the page is written."""
    from evidence.whole_file import write
    from synthesis.cli import folder
    from synthesis.cli.earlier import earlier
    from synthesis.reporting.assembly import page
    from synthesis.reporting.material import gather

    before = earlier(since)
    if data is not None:
        _make_folder(data)
    review = folder.read(root)
    found = folder.audited(review)
    with working("Writing the report"):
        material = gather(review, found, before)
        text = page(material)
    if output == "-":
        show(text)
    else:
        write(output, text)
        _say(output, len(review.studies), found.counts(), format_)
    if data is not None:
        _write_data(material, data)
    return folder.exit_code(found, fail_on)


def _make_folder(target: str) -> None:
    """A folder for the numbers, before anything is written."""
    from evidence.whole_file import NotWrittenError

    try:
        Path(target).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotWrittenError(f"{target} is no folder to write to: {error.strerror or error}") from error


def _write_data(material: Material, target: str) -> None:
    """The numbers of the page as files in a folder."""
    from evidence.whole_file import write
    from synthesis.reporting.data import files_of

    for name, text in files_of(material).items():
        write(Path(target) / name, text)


def _say(output: str, studies: int, counts: dict[str, int], format_: str) -> None:
    if format_ == "json":
        show_json({"schema": 1, "written": output, "studies": studies, "findings": counts})
        return
    found = ", ".join(counted(counts[word], word) for word in ("error", "warning", "note"))
    show(f"wrote {output}: {counted(studies, 'study')}; the audit finds {found}")


COMMAND = report
