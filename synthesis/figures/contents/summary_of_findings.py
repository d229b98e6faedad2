"""What a Summary of Findings says: for each outcome the risks, the effect, the people and the certainty."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evidence.rounding import bounds
from synthesis.drawing.marks import Circle, Mark, Text
from synthesis.errors import FigureError
from synthesis.figures.contents.absolute_risk import per_thousand, with_treatment
from synthesis.figures.forest_words import capital, effect_text, level_text, sentence
from synthesis.figures.lanes import Item, Lane, Lanes, Wording
from synthesis.figures.numbers import DASH, count_text
from synthesis.figures.of_pool import display_of
from synthesis.figures.page import Words
from synthesis.figures.style import PRINT
from synthesis.fit import Estimate, Pool

if TYPE_CHECKING:
    from evidence.findings import Audit
    from evidence.review import BaselineRisk, Certainty, Review
    from synthesis.table import EffectTable

MOST = 7
TWO = "two studies: their common effect, as in the forest plot"
LEVELS = {"high": 4, "moderate": 3, "low": 2, "very-low": 1}
NOT_SUPPLIED = "Not supplied"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True, eq=False)
class Finding:
    """One outcome: its table, its pool if it was pooled, the stated risks, and what people judged."""

    table: "EffectTable"
    pool: Pool | None
    risks: tuple["BaselineRisk", ...]
    certainty: "Certainty | None"


def findings(
    review: "Review", audit: "Audit | None" = None, outcomes: Sequence[str] | None = None
) -> tuple[Finding, ...]:
    """The outcomes of a summary: those named (syntheses or endpoints), else the planned ones, else all; at
    most seven.

    Raises
    ------
    FigureError
        No study gives an effect, or a name is none of the review's.
    """
    from synthesis.estimating import tables
    from synthesis.planning import pooled

    made = [table for table in tables(review, audit)[0] if table.k]
    if outcomes is not None:
        names = {name for table in made for name in (table.name, table.endpoint) if name}
        for one in outcomes:
            if one not in names:
                raise FigureError(f"no outcome {one!r} has an effect; there are {', '.join(sorted(names))}")
        made = [table for one in outcomes for table in _called(one, made)]
    else:
        made = [t for t in made if t.name] or [t for t in made if len(t.compare) > 1] or made
    if not made:
        raise FigureError("a summary of findings needs an outcome with an effect; no study gives one")
    return tuple(
        Finding(
            table,
            pooled(review, table),
            review.baseline_risks.get(table.endpoint, ()),
            review.certainty.get(table.name) if table.name else None,
        )
        for table in made[:MOST]
    )


def _called(name: str, made: Sequence["EffectTable"]) -> list["EffectTable"]:
    """The synthesis of this name, else the tables of two arms on this endpoint, else all on it."""
    of_endpoint = [table for table in made if table.endpoint == name]
    planned = [table for table in made if table.name == name]
    return planned or [t for t in of_endpoint if len(t.compare) > 1] or of_endpoint


@dataclass(frozen=True, slots=True)
class Said:
    """One outcome in words, for a table that is no drawing."""

    relative: str
    people: str
    risks: tuple[tuple[str, str], ...]
    certainty: str
    reasons: tuple[str, ...]


def said_of(finding: Finding) -> Said:
    """What a summary says of one outcome: a pair of risks for every stated one, else one pair of dashes."""
    judged = finding.certainty
    two = finding.pool is not None and finding.pool.k == 2
    return Said(
        relative=_flat(_relative(finding)) + (", common effect of two studies" if two else ""),
        people=_flat(_people(finding)),
        risks=tuple(
            (_flat(without), _flat(given))
            for without, given in (_risks(finding, risk) for risk in finding.risks or (None,))
        ),
        certainty=capital(judged.overall.replace("-", " ")) if judged is not None else NOT_SUPPLIED,
        reasons=tuple(_reasons(judged)),
    )


def _flat(text: str) -> str:
    return text.replace("\n", " ")


def content(review: "Review", audit: "Audit | None" = None, outcomes: Sequence[str] | None = None) -> Lanes:
    """What the summary says, as a table."""
    found = findings(review, audit, outcomes)
    letters: dict[str, str] = {}
    items = [item for finding in found for item in _items(finding, letters)]
    return Lanes(_words(review, found, items, letters), _columns(), tuple(items))


def _columns() -> tuple[Wording | Lane, ...]:
    return (
        Wording("Outcome", most=130.0),
        Wording("Risk without, per 1000", "end", 76.0),
        Wording("Risk with, per 1000 (95%\xa0CI)", "end", 90.0),
        Wording("Relative effect (95%\xa0CI)", "end", 104.0),
        Wording("Participants (studies)", "end", 68.0),
        Lane("Certainty", width=66.0),
    )


def _items(finding: Finding, letters: dict[str, str]) -> list[Item]:
    """One row, and one more for every further stated risk."""
    table = finding.table
    compared = " versus ".join(table.compare_labels)
    apart = _letter(f"not pooled: {table.reason or 'no estimate'}", letters) if finding.pool is None else ""
    if finding.pool is not None and finding.pool.k == 2:
        apart = _letter(TWO, letters)
    marks = [_letter(reason, letters) for reason in _reasons(finding.certainty)]
    first, *rest = finding.risks or (None,)
    label = f"{table.endpoint_label}\n{compared}"
    told = f"{table.endpoint_label}, {compared}: {_relative(finding)}"
    relative = _relative(finding) + (f" ({apart})" if apart else "")
    words = (label, *_risks(finding, first), relative, _people(finding))
    rows = [Item((*words, _certainty(finding, marks)), told, address=table.endpoint, least=30.0)]
    for risk in rest:
        rows.append(Item(("", *_risks(finding, risk), "", "", ()), told, address=table.endpoint))
    return rows


def _risks(finding: Finding, stated: "BaselineRisk | None") -> tuple[str, str]:
    """The risk without the treatment and what the effect makes of it."""
    pool, measure = finding.pool, finding.table.measure
    if pool is None or with_treatment(measure, 0.5, 0.0) is None:
        return DASH, DASH
    if stated is None:
        return NOT_SUPPLIED, DASH
    risk = bounds(stated.risk).floats[1] / 100
    named = [part for part in (stated.label, stated.at) if part]
    without = per_thousand(risk) + (f"\n({', '.join(named)})" if named else "")
    one = estimate_of(pool)
    ends = [with_treatment(measure, risk, yi) or 0.0 for yi in (one.mu, one.ci.low, one.ci.high)]
    value, low, high = (per_thousand(one) for one in (ends[0], *sorted(ends[1:])))
    return without, f"{value}\n({low} to {high})"


def estimate_of(pool: Pool) -> Pool | Estimate:
    """What a forest plot shows of a pool: of two studies their common effect."""
    return pool.common if pool.k == 2 else pool


def _relative(finding: Finding) -> str:
    pool = finding.pool
    if pool is None:
        return "Not pooled"
    one = estimate_of(pool)
    text = effect_text(display_of(pool), one.mu, one.ci.low, one.ci.high)
    return f"{finding.table.measure} {text}".replace(" (", "\n(", 1)


def _people(finding: Finding) -> str:
    sizes = [row.n_total for row in finding.table.estimated]
    known = [size for size in sizes if size is not None]
    people = count_text(sum(known)) if known and len(known) == len(sizes) else DASH
    return f"{people}\n({len(sizes)} {'study' if len(sizes) == 1 else 'studies'})"


def _certainty(finding: Finding, marks: Sequence[str]) -> tuple[Mark, ...]:
    """Four circles, as many filled as the certainty has levels, over the word; judged by people only."""
    judged = finding.certainty
    if judged is None:
        return (Text(33.0, 0.36 * PRINT.text, NOT_SUPPLIED, "secondary", PRINT.text, anchor="middle"),)
    level = LEVELS[judged.overall]
    circles = [Circle(33.0 + 9.0 * (i - 1.5), -5.0, 3.4, "summary", i >= level) for i in range(4)]
    word = capital(judged.overall.replace("-", " ")) + (f" ({','.join(marks)})" if marks else "")
    return (*circles, Text(33.0, 9.5, word, size=PRINT.text, anchor="middle"))


def _reasons(judged: "Certainty | None") -> list[str]:
    if judged is None:
        return []
    steps = [(name, "down", step) for name, step in judged.down.items()]
    steps += [(name, "up", step) for name, step in judged.up.items()]
    return [f"{way} for {name.replace('-', ' ')}: {step.because}" for name, way, step in steps]


def _letter(reason: str, letters: dict[str, str]) -> str:
    if reason not in letters:
        at = len(letters)
        letters[reason] = _LETTERS[at % 26] * (at // 26 + 1)
    return letters[reason]


def _words(
    review: "Review", found: Sequence[Finding], items: Sequence[Item], letters: dict[str, str]
) -> Words:
    told = [item.title.replace("\n", " ") for item in items if item.cells[0]]
    judged = sum(finding.certainty is not None for finding in found)
    told.append(f"Certainty was judged for {judged} of {len(found)}")
    lines = [f"{letter}: {reason.rstrip('.')}." for reason, letter in letters.items()]
    levels = {finding.pool.level for finding in found if finding.pool is not None}
    at = f"intervals are of {' or '.join(level_text(level) for level in sorted(levels))}" if levels else ""
    notes = [
        "Risks with the treatment follow from the stated risks without it and the relative effect",
        at,
        "Certainty is judged by people; it is not computed",
    ]
    return Words(
        name="summary-of-findings",
        kind="Table",
        title=f"Summary of findings: {review.label or review.review}",
        description=" ".join(sentence(one) for one in told),
        lines=tuple(lines),
        notes=(" ".join(sentence(one) for one in notes if one),),
    )
