"""The rows of a forest plot: one a study, then what they give together."""

from collections.abc import Sequence

from synthesis.figures.entries import Entry
from synthesis.figures.forest_density import density
from synthesis.figures.forest_notes import marks_of, rests_on_uncertain
from synthesis.figures.forest_plan import Plan, cells_of
from synthesis.figures.forest_words import (
    COMMON_EFFECT,
    effect_text,
    level_text,
    model_words,
    range_text,
)
from synthesis.figures.numbers import DASH, percent_text
from synthesis.figures.rows import Picture, Row, Shape
from synthesis.fit import Estimate, Interval, Pool

NOT_ESTIMABLE = "Not estimable"


def study_rows(plan: Plan, first: int = 0, last: int | None = None) -> list[Row]:
    """A row for each entry from `first` until before `last`."""
    heaviest = max((entry.weight or 0.0 for entry in plan.entries), default=0.0)
    marks = marks_of(plan.entries)
    rows = []
    for i, entry in list(enumerate(plan.entries))[first:last]:
        drawn = entry.estimable
        effect = effect_text(plan.display, entry.yi, entry.low, entry.high) if drawn else NOT_ESTIMABLE
        address = "" if entry.row is None else entry.row.address
        rows.append(
            Row(
                "study" if drawn else "not-estimable",
                cells_of(plan, _given(plan, i, entry, effect)),
                _picture_of(plan, entry, heaviest) if drawn else None,
                _title_of(plan, entry, effect) if drawn else f"{entry.label}: not estimable",
                study=entry.study,
                address=address,
                mark=marks[i],
                link=plan.asked.links.get(address, ""),
            )
        )
    return rows


def _given(plan: Plan, i: int, entry: Entry, effect: str) -> dict[str, str]:
    """The cells of an entry, by the key of their column."""
    numbers = plan.display.notation.numbers
    given = {"study": entry.label, "effect": effect}
    for arm in plan.arms:
        given[arm.column.key] = numbers(arm.cells[i])
    if plan.weighted:
        given["weight"] = _weight(plan, entry.weight)
    if plan.signs:
        given["audit"] = plan.signs[i]
    return given if plan.bias is None else given | plan.bias.cells[i]


def _weight(plan: Plan, weight: float | None) -> str:
    if weight is None:
        return DASH
    sign = "" if "%" in plan.asked.layout.weight else "%"
    return f"{plan.display.notation.numbers(percent_text(weight))}{sign}"


def _picture_of(plan: Plan, entry: Entry, heaviest: float) -> Picture:
    axis = plan.display.axis
    weighted = plan.weighted and entry.weight is not None and heaviest > 0
    return Picture(
        "square" if weighted else "dot",
        axis(entry.low),
        axis(entry.high),
        axis(entry.yi),
        area=(entry.weight or 0.0) / heaviest if weighted else 1.0,
        hollow=rests_on_uncertain(entry),
    )


def _title_of(plan: Plan, entry: Entry, effect: str) -> str:
    words = f"{entry.label}: {plan.display.name} {effect}"
    return f"{words}, weight {percent_text(entry.weight)}%" if plan.weighted and entry.weight else words


def pooled_rows(plan: Plan, pool: Pool) -> list[Row]:
    """What all studies give together: the diamond, another model where asked for, the prediction interval."""
    if pool.k == 1:
        return [statement("One study: no pooling", plan)]
    if not pool.headline:
        return [summary_row(plan, COMMON_EFFECT, pool.common, plan.entries, "whisker")]
    rows = [summary_row(plan, model_words(pool), pool, plan.entries, weight=100.0)]
    if plan.asked.also is not None:
        rows.append(_second_row(plan, plan.asked.also))
    if isinstance(pool.prediction, Interval):
        rows.append(_prediction_row(plan, pool, pool.prediction))
    return rows


def summary_row(
    plan: Plan,
    label: str,
    estimate: Pool | Estimate,
    entries: Sequence[Entry],
    shape: Shape = "diamond",
    *,
    weight: float | None = None,
    subtotal: bool = False,
) -> Row:
    """The row of a pooled estimate, with the totals of the entries it is of."""
    text = effect_text(plan.display, estimate.mu, estimate.ci.low, estimate.ci.high)
    given = {arm.column.key: plan.display.notation.numbers(arm.sum(entries)) for arm in plan.arms}
    given |= {"study": label, "effect": text, "weight": "" if weight is None else _weight(plan, weight)}
    return Row(
        "subtotal" if subtotal else "summary",
        cells_of(plan, given),
        _picture_of_estimate(plan, estimate, shape),
        f"{label}: {plan.display.name} {text}",
    )


def _picture_of_estimate(
    plan: Plan, estimate: Pool | Estimate, shape: Shape, hollow: bool = False
) -> Picture:
    axis = plan.display.axis
    return Picture(shape, axis(estimate.ci.low), axis(estimate.ci.high), axis(estimate.mu), hollow=hollow)


def _second_row(plan: Plan, also: Pool | Estimate) -> Row:
    """Another model, as an outline: the squares and the weights are those of the first."""
    label = model_words(also) if isinstance(also, Pool) else COMMON_EFFECT
    text = effect_text(plan.display, also.mu, also.ci.low, also.ci.high)
    return Row(
        "second",
        cells_of(plan, {"study": label, "effect": text}),
        _picture_of_estimate(plan, also, "diamond", hollow=True),
        f"{label}: {plan.display.name} {text}",
    )


def _prediction_row(plan: Plan, pool: Pool, prediction: Interval) -> Row:
    label = f"{level_text(prediction.level)} prediction interval"
    text = range_text(plan.display, prediction.low, prediction.high)
    axis = plan.display.axis
    curve = density(pool, prediction, plan.display) if plan.asked.prediction == "density" else ()
    return Row(
        "prediction",
        cells_of(plan, {"study": label, "effect": text}),
        Picture(
            "density" if curve else "bar",
            axis(prediction.low),
            axis(prediction.high),
            axis(pool.mu) if curve else None,
            curve=curve,
        ),
        f"{label}: {text}",
    )


def statement(text: str, plan: Plan, kind: str = "statement") -> Row:
    """A row of words; `kind` is heading, detail or statement."""
    return Row(kind, cells_of(plan, {"study": text}), title=text)  # type: ignore[arg-type]  # one of three
