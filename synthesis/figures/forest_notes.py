"""The notes under a forest plot: lettered ones of its rows, and how to read the marks that are in it."""

from collections.abc import Sequence

from evidence.values import Derived
from synthesis.figures.arm_columns import UNCERTAIN
from synthesis.figures.audit_signs import legend
from synthesis.figures.entries import Entry
from synthesis.figures.forest_order import ORDERS
from synthesis.figures.forest_plan import Plan
from synthesis.figures.forest_words import i2_note, prediction_note, sentence
from synthesis.figures.numbers import DASH
from synthesis.figures.rows import INDIVIDUAL, Row, Scale
from synthesis.fit import Pool

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_AS_GOOD_AS_PRINTED = ("printed", "exact")


def notes_of(entry: Entry) -> tuple[str, ...]:
    """What is to be said of a row: its own notes, then each number under it that had to be estimated."""
    if entry.row is None or not (entry.row.notes or entry.row.inputs):
        return ()
    return tuple(dict.fromkeys(note for note in (*entry.row.notes, *_derivations(entry)) if note))


def _estimated(entry: Entry) -> list[Derived]:
    """The numbers under a row that are neither printed nor exact."""
    inputs = () if entry.row is None else entry.row.inputs
    return [one for one in inputs if isinstance(one, Derived) and one.grade not in _AS_GOOD_AS_PRINTED]


def _derivations(entry: Entry) -> list[str]:
    """How they came about, unless the row says so itself."""
    said = () if entry.row is None else entry.row.notes
    return [
        f"{one.rule}, assuming {'; '.join(one.assumptions)}" if one.assumptions else one.rule
        for one in _estimated(entry)
        if not one.assumptions or not set(one.assumptions) <= set(said)
    ]


def rests_on_uncertain(entry: Entry) -> bool:
    """Whether an estimate rests on a number that is not certain: its marker is hollow."""
    return any(arm.approximate for arm in entry.arms) or bool(_estimated(entry))


def note_letters(entries: Sequence[Entry]) -> dict[str, str]:
    """A footnote letter for each note, in the order of first use."""
    texts = dict.fromkeys(note for entry in entries for note in notes_of(entry))
    return {text: _LETTERS[i % 26] * (i // 26 + 1) for i, text in enumerate(texts)}


def marks_of(entries: Sequence[Entry]) -> list[str]:
    """The letters after each entry's label."""
    letters = note_letters(entries)
    if not letters:
        return [""] * len(entries)
    return [",".join(sorted(letters[note] for note in notes_of(entry))) for entry in entries]


def all_notes(plan: Plan, rows: Sequence[Row], scale: Scale | None) -> tuple[tuple[str, str], ...]:
    """Lettered notes first, then how to read the figure, then what its makers say."""
    lettered = [(mark, sentence(text)) for text, mark in note_letters(plan.entries).items()]
    general = [
        *_reading_notes(plan, rows, scale),
        *_pool_notes(plan),
        plan.bias.note if plan.bias is not None and "bias" in plan.asked.layout.columns else "",
        legend(plan.signs if any(column.key == "audit" for column in plan.columns) else ()),
    ]
    return tuple(lettered + [("", sentence(text)) for text in dict.fromkeys(general) if text])


def _reading_notes(plan: Plan, rows: Sequence[Row], scale: Scale | None) -> list[str]:
    """How to read the marks of this figure; only of marks that are in it."""
    notes = []
    if plan.pool is not None and plan.weighted:
        notes.append(f"Square areas are proportional to weights ({_model(plan.pool)})")
    elif sum(row.picture is not None for row in rows) > 1:
        notes.append("Dots have one size; there are no weights")
    notes.append(ORDERS[plan.asked.order][0])
    notes += _clipping_notes(rows, scale)
    if plan.pool is None and plan.reason:
        notes.append(f"Not pooled: {plan.reason}")
    told = [i for i, column in enumerate(plan.columns) if column.align not in ("start", "sign")]
    cells = [row.cells[i] for row in rows if row.kind in INDIVIDUAL for i in told]
    said = {cell[:1] for cell in cells} | {cell[-2:-1] for cell in cells}
    if UNCERTAIN in said:
        notes.append(f"{UNCERTAIN} and hollow marker: a number that is not certain")
    elif any(row.picture.hollow for row in rows if row.kind == "study" and row.picture):
        notes.append("Hollow marker: the effect rests on an estimated number")
    if DASH in said:
        notes.append(f"{DASH} not reported, or no weight")
    if any(row.kind == "reading" for row in rows):
        notes.append("Open dots show another reading of the printed numbers; outlined diamonds pool it")
    if plan.asked.also is not None and any(row.kind == "second" for row in rows):
        notes.append("The outlined diamond is of another model; squares and weights are not")
    return notes


def _clipping_notes(rows: Sequence[Row], scale: Scale | None) -> list[str]:
    if scale is None:
        return []
    nearly = 1e-6 * (scale.high - scale.low)
    first, last = scale.low - nearly, scale.high + nearly
    pictures = [row.picture for row in rows if row.picture is not None]
    there = [one for one in pictures if one.at is None or first <= one.at <= last]
    notes = []
    if not all(first <= one.low and one.high <= last for one in there):
        notes.append("An arrowhead marks what goes on beyond the axis")
    if len(there) < len(pictures):
        notes.append("A large arrowhead stands for an estimate that lies beyond the axis")
    return notes


def _pool_notes(plan: Plan) -> list[str]:
    pool = plan.pool
    own = list(plan.table.notes) if plan.table is not None else []
    if pool is None or not pool.headline:
        return own
    return [*own, i2_note(pool), prediction_note(pool), pool.interval_note, *pool.notes]


def _model(pool: Pool) -> str:
    return "common-effect model" if pool.common_effect else "random-effects model"
