"""From columns of printed numbers to effect sizes: the statistician's door to the measures.

It takes what metafor's escalc takes: the inputs of a measure under their usual names, or what may stand for
them (t, p, d, the other two cells of a table), study by study where they are missing.
"""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from typing import Any

import numpy as np

from evidence import measures
from evidence.derivation.d_to_means import changes_of_d, means_of_d
from evidence.derivation.inputs_of_measures import OF_D, routes_to
from evidence.measures import zero_cells
from evidence.measures.measure import Effect, FloatArray, Measure, floats

DEFAULTS = {"HR": {"level": 95.0}, "CLES": {"mi": 0.0}}
OPTIONS = ("add", "to", "drop00", "correct", "vtype")
COLUMNS = frozenset(
    (
        *("ai", "bi", "ci", "di", "n1i", "n2i", "x1i", "x2i", "t1i", "t2i", "xi", "mi", "ni"),
        *("m1i", "m2i", "sd1i", "sd2i", "sdi", "mini", "maxi", "ri", "ti", "pi", "fi", "r2i"),
        *("yi", "vi", "sei", "hr", "low", "high", "level"),
    )
)
"""The names of columns that some measure takes; a table may be given whole, whatever of it is used."""

_MEANS = ("m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i")
_CHANGES = ("m1i", "m2i", "sd1i", "sd2i", "ri", "ni")

Columns = dict[str, FloatArray]


class InputError(ValueError):
    """Inputs or options that a measure does not take, or lacks; the message lists those it takes."""


@dataclass(frozen=True, slots=True, eq=False)
class EffectSizes:
    """Effects `yi` and their variances `vi` on the scale of the measure, nan where not estimable.

    `notes` say what was derived from what, what was added to empty cells, and how many studies are left.
    """

    yi: FloatArray
    vi: FloatArray
    measure: str
    vtype: str
    notes: tuple[str, ...] = ()


def effect_sizes(measure: str, **given: Any) -> EffectSizes:
    """Effect sizes and their sampling variances from columns of printed numbers.

    Parameters
    ----------
    measure : str
        Code of the measure, `evidence.measures.codes()` lists them.
    **given
        The measure's inputs as (..., k) arrays under their usual names (`ai`, `n1i`, `m1i`, `sd1i`, ...), or
        what may stand for them where they are missing or nan: `bi` and `di` for group sizes, `mi` for
        the rest of a proportion, `ti`, `pi` (with the sign of the effect), `di` or a point-biserial `ri`
        for means, `ti` or `pi` for correlations, `fi` or `pi` for R squared, `sei` for a variance.
        And the measure's options: `vtype`, `correct`, `add`, `to`, `drop00`.

    Returns
    -------
    EffectSizes
        yi, vi, and notes on how they came about.

    Raises
    ------
    InputError
        For a name that no measure takes, an option that this one has not, an input that is missing, or
        group sizes that are not the sum of their cells.
    evidence.measures.UnknownMeasure
        For a code that no measure has.

    Examples
    --------
    >>> found = effect_sizes("SMD", ti=[2.3, -0.4], n1i=[20, 35], n2i=[22, 31])
    >>> found.yi.round(4).tolist(), found.notes
    ([0.6972, -0.0975], ('d from t for 2 of 2 studies',))
    """
    chosen = measures.get(measure)
    options = {name: given.pop(name) for name in OPTIONS if name in given}
    _check_options(chosen, options)
    columns, notes = _filled(chosen, _columns(chosen, given))
    unused = [name for name in given if name not in _accepted(chosen)]
    if unused:
        notes.append(f"not used: {', '.join(unused)}")
    missing = [name for name in chosen.inputs if name not in columns]
    if missing:
        raise InputError(f"{chosen.code} lacks {', '.join(missing)}; it takes {', '.join(_accepted(chosen))}")
    yi, vi = _computed(chosen, columns, options)
    notes += _remarks(chosen, columns, options, vi)
    return EffectSizes(yi, vi, chosen.code, options.get("vtype", chosen.vtypes[0]), tuple(notes))


def _accepted(measure: Measure) -> tuple[str, ...]:
    """Every name of a column that a measure may be given, its inputs first."""
    sources = (name for route in routes_to(measure) for name in (*route.sources, route.target))
    return tuple(dict.fromkeys((*measure.inputs, *sources)))


def _columns(measure: Measure, given: dict[str, Any]) -> Columns:
    unknown = [name for name in given if name not in COLUMNS]
    if unknown:
        takes = ", ".join(_accepted(measure))
        raise InputError(f"there is no column {', '.join(unknown)}; {measure.code} takes {takes}")
    columns = DEFAULTS.get(measure.code, {}) | given
    return dict(zip(columns, floats(*columns.values()), strict=True)) if columns else {}


def _check_options(measure: Measure, options: dict[str, Any]) -> None:
    taken = inspect.signature(measure.effect).parameters
    if options.get("vtype") == measure.vtypes[0] and "vtype" not in taken:
        del options["vtype"]
    unknown = [name for name in options if name not in taken]
    if unknown:
        known = [name for name in OPTIONS if name in taken] or ["none"]
        raise InputError(
            f"{measure.code} has no option {', '.join(unknown)}; its options: {', '.join(known)}"
        )


def _filled(measure: Measure, columns: Columns) -> tuple[Columns, list[str]]:
    """The columns with what is missing derived where a route leads to it, and a note for each that did."""
    columns, notes = dict(columns), []
    for route in routes_to(measure):
        if not all(name in columns for name in route.sources):
            continue
        derived = np.asarray(route.compute(*(columns[name] for name in route.sources)), dtype=np.float64)
        present = columns.get(route.target, np.full(derived.shape, np.nan))
        used = np.isnan(present) & ~np.isnan(derived)
        if not route.words and np.any(np.abs(present - derived) > 1e-9):
            raise InputError(f"{route.target} is not {' + '.join(route.sources)} in every study")
        columns[route.target] = np.where(used, derived, present)
        if route.words and used.any():
            notes.append(f"{route.words} for {int(used.sum())} of {used.size} studies")
    return _with_means(measure, columns), notes


def _with_means(measure: Measure, columns: Columns) -> Columns:
    """The columns with the means that stand for a printed d, which goes before means as in metafor."""
    if "di" not in columns or not (measure.code in OF_D or measure.code in ("SMCC", "CLESN")):
        return columns
    if measure.code == "SMCC":
        names, stand_in = _CHANGES, changes_of_d(columns["di"], columns["ni"])
    else:
        names, stand_in = _MEANS, means_of_d(columns["di"], columns["n1i"], columns["n2i"])
    known = ~np.isnan(columns["di"])
    for name, values in zip(names, stand_in, strict=True):
        columns[name] = np.where(known, values, columns.get(name, np.full(known.shape, np.nan)))
    return columns


def _computed(measure: Measure, columns: Columns, options: dict[str, Any]) -> Effect:
    values = [columns[name] for name in measure.inputs]
    yi, vi = measure.effect(*values, **options)
    if measure.code == "CLESN" and "di" in columns:  # a d says nothing of unlike standard deviations
        known = ~np.isnan(columns["di"])
        alike = measure.effect(*values, **{**options, "vtype": "HO"})
        return np.where(known, alike[0], yi), np.where(known, alike[1], vi)
    return yi, vi


def _remarks(measure: Measure, columns: Columns, options: dict[str, Any], vi: FloatArray) -> list[str]:
    """What was added to empty cells, and how many studies are not estimable."""
    said = [zero_cells.correction(cells)] if (cells := _cells(measure, columns, options)) is not None else []
    lost = int(np.isnan(vi).sum())
    said.append(f"{lost} of {vi.size} studies not estimable" if lost else "")
    return [one for one in said if one]


def _cells(
    measure: Measure, columns: Columns, options: dict[str, Any]
) -> zero_cells.Cells | zero_cells.Counts | None:
    """The cells as the zero-cell policy left them; None where the measure has no such policy."""
    taken = inspect.signature(measure.effect).parameters
    policy = {
        name: options.get(name, taken[name].default) for name in ("add", "to", "drop00") if name in taken
    }
    if not policy:
        return None
    values = [columns[name] for name in measure.inputs]
    if measure.kind == "binary":
        return zero_cells.two_arm_cells(*values, **policy)
    if measure.kind == "matched":
        return zero_cells.table_cells(*values[:4], **policy)
    if len(values) == 4:
        return zero_cells.two_rate_counts(*values, **policy)
    events, size = values
    others, possible = (size - events, events <= size) if measure.kind == "proportion" else (events, size > 0)
    return zero_cells.one_group_counts(events, others, possible & (events >= 0), **policy)
