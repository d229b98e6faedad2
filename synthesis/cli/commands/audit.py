"""`evidence audit`: do the printed numbers hold together?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from evidence.ledger import formats
from synthesis.cli.listing import Command
from synthesis.cli.output import counted, show, show_json
from synthesis.cli.settings import common, fail_on_option, reading_option, rounding_option

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from evidence.baseline import Entry
    from evidence.findings import Audit

EXAMPLES = """\
evidence audit                             every study of the review
evidence audit studies/smith-2019.yaml     one study of it
evidence audit --format concise            a line for each finding, for editors and grep
evidence audit --format sarif -o audit.sarif
evidence audit --select AUD3 --fail-on warning
evidence audit --write-baseline known.json     then fail only on what is new:
evidence audit --baseline known.json
evidence audit --text abstract.txt             results in prose; --text - reads standard input
evidence audit --text *.txt                    several texts, each by itself
"""

COLOURS = {"error": "red", "warning": "yellow", "note": "cyan"}
FOR_READING = ("text", "concise")


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
    numbers and is never more than that; `evidence explain CODE` has the rule behind it.

    With --text, the results that texts print are recognised and checked as far as each goes alone: a
    statistic against its p, an effect against its interval, a percentage against its count, the rows of a
    table against their tests. PATHS are then further texts.

    A finding stays until `corrected:` or `accept:` in the study file settles it with a reason.""",
)
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@click.option(
    "--text",
    metavar="FILE",
    multiple=True,
    help="Audit the results in this prose instead; - is standard input.",
)
@click.option("--select", metavar="CODES", help="Only rules whose code begins so: AUD3,AUD101.")
@click.option("--ignore", metavar="CODES", help="All but the rules whose code begins so.")
@reading_option()
@rounding_option()
@fail_on_option("error")
@click.option("--baseline", metavar="FILE", help="Fail only on findings that this file does not hold.")
@click.option(
    "--write-baseline", metavar="FILE", help="Write the findings there are to such a file, and stop."
)
@click.option("-o", "--output", metavar="FILE", help="Write to this file instead of the terminal.")
def audit(
    paths: tuple[str, ...],
    text: tuple[str, ...],
    select: str | None,
    ignore: str | None,
    reading: str,
    rounding: str | None,
    fail_on: str,
    baseline: str | None,
    write_baseline: str | None,
    output: str | None,
    format_: str,
) -> int:
    """The exit code, once the findings were shown."""
    from evidence.findings import Audit
    from evidence.ledger import get
    from synthesis.cli import folder

    wanted = _chosen(select, ignore)
    root, texts, everything, chosen = _prose((*text, *paths)) if text else _audited(paths, reading, rounding)
    heard, meant = {finding.study for finding in everything}, set(chosen)
    silent = [study for study in chosen if study not in heard]
    found = Audit(tuple(f for f in everything if f.study in meant and wanted(f.code)))
    if write_baseline is not None:
        return _write(found, write_baseline, format_)
    said = [f"Nothing was printed that could be checked in: {', '.join(silent)}"] if silent else []
    if baseline is not None:
        found, summary = _held(
            found, baseline, lambda e: any(e.address.startswith(f"{s}/") for s in chosen) and wanted(e.code)
        )
        said.append(summary)
    written = get(format_)(found, texts, root)
    if format_ == "text":
        written += "".join(f"{line}\n" for line in said)
    show(_coloured(written) if output is None and format_ in FOR_READING else written, output)
    return folder.exit_code(found, fail_on)


def _audited(
    paths: tuple[str, ...], reading: str, rounding: str | None
) -> tuple[str, Mapping[str, str], Audit, tuple[str, ...]]:
    """The folder, the files' texts, every finding, and the studies that were meant."""
    from synthesis.cli import folder

    root, review, chosen = folder.read_paths(paths)
    return root, review.files, folder.audited(review, reading, rounding), chosen


def _prose(files: tuple[str, ...]) -> tuple[str, Mapping[str, str], Audit, tuple[str, ...]]:
    """The same for texts, each of which is a study by itself."""
    from synthesis.cli import prose

    root, texts, found = prose.audited(files)
    return root, texts, found, tuple(texts)


def _chosen(select: str | None, ignore: str | None) -> Callable[[str], bool]:
    """Whether a code was asked for; a code that no rule has is an error."""
    if select is None and ignore is None:
        return lambda code: True
    from synthesis.cli.rulebook import prefixes

    selected = ("",) if select is None else prefixes("--select", select)
    ignored = () if ignore is None else prefixes("--ignore", ignore)
    return lambda code: code.startswith(selected) and not code.startswith(ignored)


def _write(found: Audit, file: str, format_: str) -> int:
    from evidence.baseline import baseline_text, read_baseline
    from evidence.whole_file import write

    text = baseline_text(found)
    write(file, text)
    findings = len(read_baseline(text))
    if format_ == "json":
        show_json({"schema": 1, "written": file, "findings": findings})
    else:
        show(f"wrote {file}: {counted(findings, 'finding')}")
    return 0


def _held(found: Audit, file: str, meant: Callable[[Entry], bool]) -> tuple[Audit, str]:
    """The findings with those of a baseline marked, and how many there are of either."""
    from pathlib import Path

    from evidence.baseline import BaselineError, compare, read_baseline

    try:
        entries = read_baseline(Path(file).read_bytes().decode("utf-8", "replace"))
    except BaselineError as error:
        raise click.UsageError(f"{file}: {error}") from None
    compared = compare(found, tuple(entry for entry in entries if meant(entry)))
    new = len(compared.audit.at_least("note"))
    summary = f"Of these, {counted(compared.known, 'finding')} in the baseline {file} and {new} new"
    if compared.gone:
        summary += (
            f"; {len(compared.gone)} of the baseline no longer found: --write-baseline brings it up to date"
        )
    return compared.audit, f"{summary}."


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
