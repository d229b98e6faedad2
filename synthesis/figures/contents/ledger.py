"""What the ledger of claims says: printed numbers beside what recomputing gives, each on its own line."""

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from evidence.findings import ERROR, WARNING, Audit, Finding
from synthesis.errors import FigureError
from synthesis.figures import number_line
from synthesis.figures.forest_words import capital, sentence
from synthesis.figures.lanes import Cell, Item, Lane, Lanes, Wording
from synthesis.figures.numbers import fixed, p_text
from synthesis.figures.page import Key, Words, moved

if TYPE_CHECKING:
    from evidence.review import Review

WHICH = ("alarming", "all")
_P = "p"


def content(review: "Review", audit: Audit, study: str | None = None, which: str = "alarming") -> Lanes:
    """The findings that have a number on both sides, by study and entry.

    Raises
    ------
    FigureError
        There is none, or no study of this name.
    """
    if which not in WHICH:
        raise FigureError(f"unknown choice {which!r}; choose {', '.join(WHICH)}")
    if study is not None and study not in {one.study for one in review.studies}:
        raise FigureError(f"no study {study!r}; there are {', '.join(s.study for s in review.studies)}")
    labels = {one.study: one.label for one in review.studies}
    found = [f for f in audit if study is None or f.study == study]
    shown = [f for f in found if _lined(f) is not None and (which == "all" or _alarms(f))]
    if not shown:
        what = "error or warning" if which == "alarming" else "finding"
        raise FigureError(f"the audit has no {what} with a printed and a recomputed number to draw")
    items: list[Item] = []
    for (key, label), group in groupby(shown, key=lambda f: (f.study, f.place.label)):
        items.append(Item((f"{labels[key]}: {_spoken(label)}", "", "", "", "", ""), kind="head"))
        items += [_row(finding) for finding in group]
    return Lanes(_words(shown, len(found), which), _columns(), tuple(items))


def _columns() -> tuple[Wording | Lane, ...]:
    return (
        Wording("Number", most=140.0),
        Wording("Printed", "end", 60.0),
        Wording("Recomputed", "end", 84.0),
        Lane("", width=number_line.WIDTH),
        Wording("Verdict", most=76.0),
        Wording("Rule", most=50.0),
    )


def _alarms(finding: Finding) -> bool:
    return finding.severity in (ERROR, WARNING)


def _is_p(finding: Finding) -> bool:
    return finding.address.rsplit("/", 1)[-1] == _P


def _lined(finding: Finding) -> number_line.NumberLine | None:
    """The number line of a finding; None where one side has no number."""
    if finding.recomputed is None or not finding.about:
        return None
    number = finding.about[0]
    hole = (
        finding.verdict in ("impossible", "inconsistent")
        and not _is_p(finding)
        and number.exact is not None
        and finding.recomputed.low < number.exact < finding.recomputed.high
    )
    return number_line.content(number, finding.recomputed, is_p=_is_p(finding), discrete=hole)


def _row(finding: Finding) -> Item:
    line = _lined(finding)
    assert line is not None
    drawn = moved(number_line.layout(line).marks, 0.0, -number_line.MIDDLE)
    name = _name(finding.address)
    verdict = capital(finding.verdict.replace("-", " "))
    if finding.decision == "flips":
        verdict += ", changes the conclusion"
    cells: tuple[Cell, ...] = (
        name,
        finding.about[0].text,
        _recomputed(finding, line),
        drawn,
        verdict,
        finding.code,
    )
    return Item(cells, f"{name}: {line.sentence} {verdict}.", address=finding.address, least=23.0)


def _recomputed(finding: Finding, line: number_line.NumberLine) -> str:
    low, high = line.recomputed.low, line.recomputed.high
    if _is_p(finding):
        texts = [p_text(value).removeprefix("P ").removeprefix("= ") for value in (low, high)]
    else:
        digits = max(finding.about[0].decimals, 0) + 1
        texts = [fixed(value, digits) for value in (low, high)]
    if texts[0] == texts[1]:
        return texts[0]
    return f"{texts[0]} {'or' if line.discrete else 'to'} {texts[1]}"


def _name(address: str) -> str:
    """What stands behind the study and the entry in an address, as words."""
    parts = address.split("/")[2:] or address.split("/")[-1:]
    words = [part.replace("-vs-", " against ").replace("-", " ").replace(".", ", ") for part in parts]
    return capital(", ".join(words))


def _spoken(label: str) -> str:
    return capital(label.replace("-", " "))


def _words(shown: Sequence[Finding], checks: int, which: str) -> Words:
    errors = sum(f.severity == ERROR for f in shown)
    warnings = sum(f.severity == WARNING for f in shown)
    told = [
        f"{_count(errors, 'error')} and {_count(warnings, 'warning')} of {_count(checks, 'check')} are drawn"
    ]
    told += [f"{f.study}, {_name(f.address)}: {line.sentence}" for f in shown if (line := _lined(f))]
    notes = (
        "A box holds every value that would print as the paper's number, a bar every value that recomputing "
        "gives, the rounding of what it rests on allowed for; where they do not meet, a line joins them. "
        "The dashed line is P = 0.05. A broken line joins numbers too far apart for one scale.",
    )
    return Words(
        name="ledger",
        kind="Ledger of claims",
        title=f"{len(shown)} printed {'number' if len(shown) == 1 else 'numbers'} recomputed",
        description=" ".join(sentence(one) for one in told),
        lines=(sentence(told[0]),) if which == "alarming" else (),
        notes=notes,
        keys=(
            Key("box", "reference", "values that print so"),
            Key("line", "dot", "recomputed"),
            Key("line", "alert", "distance"),
        ),
    )


def _count(n: int, word: str) -> str:
    return f"{n} {word if n == 1 else word + 's'}"
