"""The notes under a forest plot: lettered ones of its rows, and how to read the marks that are in it."""

from collections.abc import Sequence

from synthesis.figures.arm_columns import UNCERTAIN
from synthesis.figures.audit_signs import legend
from synthesis.figures.entries import Entry
from synthesis.figures.forest_plan import Plan
from synthesis.figures.forest_words import prediction_note, sentence
from synthesis.figures.numbers import DASH
from synthesis.figures.rows import Picture, Row, Scale
from synthesis.fit import Pool

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def notes_of(entry: Entry) -> tuple[str, ...]:
    return () if entry.row is None else tuple(dict.fromkeys(note for note in entry.row.notes if note))


def note_letters(entries: Sequence[Entry]) -> dict[str, str]:
    """A footnote letter for each note, in the order of first use."""
    texts = dict.fromkeys(note for entry in entries for note in notes_of(entry))
    return {text: _LETTERS[i % 26] * (i // 26 + 1) for i, text in enumerate(texts)}


def all_notes(plan: Plan, rows: Sequence[Row], scale: Scale | None) -> tuple[tuple[str, str], ...]:
    lettered = [(mark, sentence(text)) for text, mark in note_letters(plan.entries).items()]
    general = [*_reading_notes(plan, rows, scale), *_pool_notes(plan), legend(plan.signs)]
    return tuple(lettered + [("", sentence(text)) for text in dict.fromkeys(general) if text])


def _reading_notes(plan: Plan, rows: Sequence[Row], scale: Scale | None) -> list[str]:
    """How to read the marks of this figure; only of marks that are in it."""
    notes = []
    if plan.pool is not None and plan.weighted:
        notes.append(f"Square areas are proportional to weights ({_model(plan.pool)})")
    elif any(row.picture is not None for row in rows):
        notes.append("Dots have one size; there are no weights")
    if scale is not None and any(_leaves(row.picture, scale) for row in rows if row.picture):
        notes.append("An arrowhead marks what goes on beyond the axis")
    if plan.pool is None and plan.reason:
        notes.append(f"Not pooled: {plan.reason}")
    cells = [cell for row in rows if row.kind in ("study", "not-estimable") for cell in row.cells[1:]]
    if any(cell.startswith(UNCERTAIN) for cell in cells):
        notes.append(f"{UNCERTAIN} and hollow marker: a number that is not certain")
    if any(DASH in cell for cell in cells):
        notes.append(f"{DASH} not reported, or no weight")
    return notes


def _leaves(picture: Picture, scale: Scale) -> bool:
    """Whether a part of the picture lies beyond the axis."""
    values = (picture.low, picture.high, picture.low if picture.at is None else picture.at)
    return any(not -1e-6 <= scale.fraction(value) <= 1 + 1e-6 for value in values)


def _pool_notes(plan: Plan) -> list[str]:
    pool = plan.pool
    own = list(plan.table.notes) if plan.table is not None else []
    if pool is None or not pool.headline:
        return own
    return [*own, prediction_note(pool), pool.interval_note, *pool.notes]


def _model(pool: Pool) -> str:
    return "common-effect model" if pool.common_effect else "random-effects model"
