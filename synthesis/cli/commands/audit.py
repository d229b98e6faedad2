"""`evidence audit`: do the printed numbers hold together?"""

import click

from evidence.ledger import formats
from synthesis.cli.listing import Command
from synthesis.cli.output import show
from synthesis.cli.settings import common, fail_on_option, reading_option

EXAMPLES = """\
evidence audit                             every study of the review
evidence audit studies/smith-2019.yaml     one study of it
evidence audit --format concise            a line for each finding, for editors and grep
evidence audit --select AUD3 --fail-on warning
"""

COLOURS = {"error": "red", "warning": "yellow", "note": "cyan"}


@common("text", *(name for name in formats() if name != "text"))
@click.command(
    cls=Command,
    order=4,
    examples=EXAMPLES,
    short_help="Do the printed numbers hold together?",
    help="""Recompute what a study's own numbers imply, and say which of them cannot stand together.

    PATHS are study files or the folder of the review; without any, the review in this folder. For every
    printed statistic there is a line; what does not agree is shown in full, with the line of the file, what
    it was recomputed to, and the smallest change of a digit that would mend it. A finding is about printed
    numbers and is never more than that.

    A finding stays until `corrected:` or `accept:` in the study file settles it with a reason.""",
)
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@click.option("--select", metavar="CODES", help="Only rules whose code begins so: AUD3,AUD101.")
@click.option("--ignore", metavar="CODES", help="All but the rules whose code begins so.")
@reading_option()
@fail_on_option("error")
@click.option("-o", "--output", metavar="FILE", help="Write to this file instead of the terminal.")
def audit(
    paths: tuple[str, ...],
    select: str | None,
    ignore: str | None,
    reading: str,
    fail_on: str,
    output: str | None,
    format_: str,
) -> int:
    """The exit code, once the findings were shown."""
    from evidence.findings import Audit
    from evidence.ledger import get
    from synthesis.cli import folder

    root, review, chosen = folder.read_paths(paths)
    everything = folder.audited(review, reading)
    silent = [study for study in chosen if not everything.of(study)]
    found = Audit(tuple(f for f in everything if f.study in chosen and _wanted(f.code, select, ignore)))
    text = get(format_)(found, review.files, root)
    show(_coloured(text) if output is None and format_ != "json" else text, output)
    if silent and format_ == "text":
        show(f"Nothing was printed that could be checked in: {', '.join(silent)}")
    return folder.exit_code(found, fail_on)


def _wanted(code: str, select: str | None, ignore: str | None) -> bool:
    selected = select is None or code.startswith(_prefixes(select))
    return selected and not (ignore is not None and code.startswith(_prefixes(ignore)))


def _prefixes(codes: str) -> tuple[str, ...]:
    return tuple(code.strip().upper() for code in codes.split(",") if code.strip())


def _coloured(text: str) -> str:
    """The text with its severities in colour, which `show` takes out again where nobody could see it."""
    import re

    return re.sub(
        r"^(\S+: )?(error|warning|note)(\[\w+\])",
        lambda m: (m[1] or "") + click.style(m[2] + m[3], fg=COLOURS[m[2]], bold=True),
        text,
        flags=re.MULTILINE,
    )


COMMAND = audit
