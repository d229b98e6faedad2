"""What is known of each study beside its effect: what effects may be regressed on or grouped by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from synthesis.errors import PoolingError, choose
from synthesis.naming import treatment_label

if TYPE_CHECKING:
    from evidence.review import Review
    from evidence.study import Study
    from synthesis.table import EffectRow, EffectTable

Value = str | float | None
QUALIFIERS = ("assessor", "criteria", "confirmed", "set", "crossover", "source")


def _year(review: Review, study: Study, row: EffectRow) -> Value:
    years = (source.year for source in study.sources.values() if source.year)
    first = next(years, None)
    return float(first) if first is not None and first.isdigit() else None


def _participants(review: Review, study: Study, row: EffectRow) -> Value:
    return row.n_total


def _treatment(review: Review, study: Study, row: EffectRow) -> Value:
    arms = row.arms[0].arm.split("+") if row.arms else []
    treatments = dict.fromkeys(study.arms[arm].treatment for arm in arms)
    return " and ".join(treatment_label(review, one) for one in treatments) or None


def _design(name: str) -> Callable[[Review, Study, EffectRow], Value]:
    def of(review: Review, study: Study, row: EffectRow) -> Value:
        said = getattr(study.design, name)
        return said.replace("-", " ") if isinstance(said, str) else None

    return of


def _qualifier(name: str) -> Callable[[Review, Study, EffectRow], Value]:
    def of(review: Review, study: Study, row: EffectRow) -> Value:
        return ", ".join(row.qualifiers.get(name, ())) or None

    return of


CHARACTERISTICS: Mapping[str, Callable[[Review, Study, EffectRow], Value]] = {
    "year": _year,
    "participants": _participants,
    "design": _design("kind"),
    "timing": _design("timing"),
    "blinding": _design("blinding"),
    "country": _design("country"),
    "treatment": _treatment,
    **{name: _qualifier(name) for name in QUALIFIERS},
}
"""Name -> what it is of a row; numbers (year, participants) are continuous, words are not."""


def characteristic(review: Review, table: EffectTable, name: str) -> list[Value]:
    """One value for each estimated row of a table, None where the study does not say.

    Raises
    ------
    UnknownName
        When there is no such characteristic; it lists those there are.
    """
    return _values(review, table.estimated, name)


def _values(review: Review, rows: Iterable[EffectRow], name: str) -> list[Value]:
    of = choose("characteristic", name, CHARACTERISTICS)
    studies = {study.study: study for study in review.studies}
    return [of(review, studies[row.study], row) for row in rows]


def moderators(review: Review, table: EffectTable, names: list[str]) -> dict[str, list[Value]]:
    """The characteristics `names` of every estimated row, as `synthesis.regress` takes them.

    Raises
    ------
    PoolingError
        Where a study does not say one of them; it names the studies.
    """
    found = {name: characteristic(review, table, name) for name in names}
    for name, values in found.items():
        silent = [row.label for row, one in zip(table.estimated, values, strict=True) if one is None]
        if silent:
            raise PoolingError(f"{name} is not stated by: {', '.join(silent)}")
    return found


def grouped_by(review: Review, table: EffectTable, name: str) -> EffectTable:
    """The table with its rows grouped by a characteristic; studies that do not say it are one group."""
    values = _values(review, table.rows, name)
    said = [f"{name} not stated" if one is None else _said(one) for one in values]
    rows = tuple(replace(row, group=group) for row, group in zip(table.rows, said, strict=True))
    return replace(table, rows=rows, by=name)


def _said(value: str | float) -> str:
    text = f"{value:g}" if isinstance(value, float) else value
    return text[:1].upper() + text[1:]
