"""The rows of a forest plot of one comparison under every reading of the printed numbers, side by side.

Under each study stand the readings that change it; under the pooled estimate, what each reading makes of it.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from synthesis.figures.audit_signs import UNCHECKED
from synthesis.figures.entries import Entry, entries_of_pool, entries_of_table
from synthesis.figures.forest_plan import Plan, cells_of
from synthesis.figures.forest_rows import statement, study_rows
from synthesis.figures.forest_words import capital, effect_text, model_words
from synthesis.figures.numbers import DASH
from synthesis.figures.rows import Picture, Row
from synthesis.fit import Estimate, Pool

if TYPE_CHECKING:
    from synthesis.rereading import Reread, Sensitivity

WORDS = {
    "corrected": "as corrected",
    "as-printed": "as printed",
    "repaired": "as repaired",
    "without-flagged": "without flagged numbers",
}


def changed(found: "Sensitivity") -> list["Reread"]:
    """The readings that give other rows than the default."""
    return [reread for reread in found.readings if reread.changed]


def entries_of_readings(found: "Sensitivity") -> tuple[Entry, ...]:
    """The studies of the default reading, each followed by what other readings make of it."""
    entries = _entries(found.default)
    others = {reread.reading: {_key(entry): entry for entry in _entries(reread)} for reread in changed(found)}
    listed: list[Entry] = []
    for entry in entries:
        listed.append(entry)
        for reading, their in others.items():
            other = their.pop(_key(entry), None)
            if other is None or (other.yi, other.low, other.high) != (entry.yi, entry.low, entry.high):
                listed.append(_variant(other, reading, entry))
    for reading, their in others.items():
        listed += [_variant(entry, reading, entry) for entry in their.values()]
    return tuple(listed)


def _entries(reread: "Reread") -> tuple[Entry, ...]:
    if reread.pool is not None:
        return entries_of_pool(reread.pool)
    return entries_of_table(reread.table, 95.0)


def _key(entry: Entry) -> tuple[str, str]:
    return entry.study, entry.label_given


def _variant(entry: Entry | None, reading: str, of: Entry) -> Entry:
    """An entry of another reading, named after it; one that the reading leaves out has no numbers."""
    if entry is None:
        nothing = float("nan")
        return Entry(f"{WORDS[reading]}: left out", nothing, nothing, nothing, reading=of.label)
    row = entry.row if entry.row is None else replace(entry.row, findings=())
    return replace(entry, label=WORDS[reading], weight=None, row=row, reading=of.label)


def reading_rows(plan: Plan) -> list[Row]:
    """The rows of the studies, those of other readings set in, open, and without a weight."""
    return [
        row if not entry.reading else _open(row, entry)
        for row, entry in zip(study_rows(plan), plan.entries, strict=True)
    ]


def _open(row: Row, entry: Entry) -> Row:
    picture = None if row.picture is None else replace(row.picture, hollow=True, shape="dot")
    told = row.cells[1:] if entry.estimable else ("",) * (len(row.cells) - 1)
    cells = (row.cells[0], *("" if cell in (DASH, UNCHECKED) else cell for cell in told))
    title = f"{entry.reading}, {row.title if entry.estimable else entry.label}"
    return replace(row, kind="reading", cells=cells, picture=picture, title=title)


def pooled_readings(plan: Plan, found: "Sensitivity") -> list[Row]:
    """What each reading gives together, as outlines under the diamond of the default."""
    rows: list[Row] = []
    for reread in changed(found):
        words = capital(WORDS.get(reread.reading, reread.reading))
        if reread.pool is None or reread.pool.k < 2:
            rows.append(statement(f"{words}: nothing to pool", plan, "detail"))
        else:
            rows.append(_outline(plan, words, reread.pool))
    return rows


def _outline(plan: Plan, words: str, pool: Pool) -> Row:
    estimate: Pool | Estimate = pool if pool.headline else pool.common
    text = effect_text(plan.display, estimate.mu, estimate.ci.low, estimate.ci.high)
    axis = plan.display.axis
    how = model_words(pool) if pool.headline else "common effect"
    label = f"{words} ({pool.k} studies)"
    low, high, at = axis(estimate.ci.low), axis(estimate.ci.high), axis(estimate.mu)
    return Row(
        "second",
        cells_of(plan, {"study": label, "effect": text}),
        Picture("diamond", low, high, at, hollow=True),
        f"{label}, {how}: {plan.display.name} {text}",
    )
