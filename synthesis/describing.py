"""A `Pool` in words, as text and as plain data."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from math import isfinite
from typing import Any

import numpy as np

from synthesis.emitting import emitted
from synthesis.fit import Interval, NotDefined, Pool

TAU2_WORDS = {
    "REML": "restricted maximum likelihood",
    "ML": "maximum likelihood",
    "DL": "the DerSimonian-Laird moment estimator",
    "PM": "the Paule-Mandel estimator",
    "PMM": "the median-unbiased Paule-Mandel estimator",
    "EB": "the empirical Bayes estimator",
    "SJ": "the Sidik-Jonkman estimator",
    "HE": "Hedges' unweighted moment estimator",
    "HS": "the Hunter-Schmidt estimator",
    "HSk": "the Hunter-Schmidt estimator with small-sample correction",
    "given": "a value given beforehand",
}
INTERVAL_WORDS = {
    "HKSJ-wider": "the wider of the Hartung-Knapp-Sidik-Jonkman and Wald intervals",
    "HKSJ": "the Hartung-Knapp-Sidik-Jonkman interval",
    "HKSJ-floor": "the Hartung-Knapp-Sidik-Jonkman interval with its variance factor not below 1",
    "Wald": "the Wald interval",
    "t": "a t interval on k - 1 degrees of freedom",
}
PREDICTION_WORDS = {
    "t(k-1)": "t on k - 1 degrees of freedom and the larger of the Wald and Hartung-Knapp standard errors",
    "t(k-2)": "t on k - 2 degrees of freedom and the larger of the Wald and Hartung-Knapp standard errors",
    "t(k-1)-own": "t on k - 1 degrees of freedom and the standard error of the interval",
    "t(k-2)-own": "t on k - 2 degrees of freedom and the standard error of the interval",
    "as-interval": "the quantile and standard error of the interval",
    "tau-only": "the normal distribution, without the uncertainty of the mean",
}


def shown(value: float, digits: int = 3) -> str:
    """`value` to a number of significant digits, never as minus zero.

    Examples
    --------
    >>> shown(-0.71453), shown(-0.0), shown(0.9996, 3), shown(1234.5)
    ('-0.715', '0', '1.000', '1234')
    """
    if not isfinite(value):
        return str(value)
    if value == 0.0:
        return "0"
    exact = f"{value:.{digits}g}"
    if float(exact) == 1.0 != value:
        return f"{value:.{digits}f}"
    if "e" in exact and 1e-4 <= abs(value) < 1e15:
        return f"{value:.0f}"
    return exact


def shown_p(p: float) -> str:
    """`p = .012` or `p < 0.001`.

    Examples
    --------
    >>> shown_p(0.0123), shown_p(1e-9)
    ('p = 0.012', 'p < 0.001')
    """
    return "p < 0.001" if p < 0.001 else f"p = {p:.3f}" if p < 0.9995 else "p > 0.999"


def _display(pool: Pool) -> tuple[str, Any]:
    """The name of the measure and its back-transformation; identity where it is not known."""
    if pool.measure is None:
        return "effect", lambda value: value
    from evidence.measures import get

    measure = get(pool.measure)
    return measure.name, measure.back


def _bounds(interval: Interval, back: Any) -> str:
    return f"[{shown(float(back(interval.low)))}, {shown(float(back(interval.high)))}]"


def _mean_line(pool: Pool, name: str, back: Any) -> str:
    reference = f"t({pool.df:g})" if pool.df is not None else "z"
    test = f"{reference} = {shown(pool.statistic)}, {shown_p(pool.p)}"
    value = f"{name} {shown(float(back(pool.mu)))} {_bounds(pool.ci, back)}"
    return f"{value} ({pool.level:g} % interval, {pool.ci.method}; {test})"


def _heterogeneity_lines(pool: Pool) -> list[str]:
    h = pool.heterogeneity
    if isinstance(h, NotDefined):
        return [f"heterogeneity not defined: {h.reason}"]
    lines = [f"Q = {shown(h.q)} on {h.df} df, {shown_p(h.p)}; I2 = {h.i2:.1f} %"]
    if isinstance(h.tau2_ci, Interval):
        bounds = f" [{shown(h.tau2_ci.low)}, {shown(h.tau2_ci.high)}] ({h.tau2_ci.method})"
        lines.append(f"tau2 = {shown(h.tau2)}{bounds}, by {h.tau2_method}")
    return lines


def _prediction_line(pool: Pool, back: Any) -> str:
    if isinstance(pool.prediction, NotDefined):
        return f"prediction interval not defined: {pool.prediction.reason}"
    text = f"a further study {_bounds(pool.prediction, back)} ({pool.prediction.method})"
    other = pool.prediction_alternative
    if isinstance(other, Interval) and other.method != pool.prediction.method:
        text += f"; {_bounds(other, back)} ({other.method})"
    return text


def summary(pool: Pool) -> str:
    """The result as a few lines, on the scale readers know (ratios, not their logs)."""
    name, back = _display(pool)
    studies = "1 study" if pool.k == 1 else f"{pool.k} studies"
    common = f"common effect {shown(float(back(pool.common.mu)))} {_bounds(pool.common.ci, back)} (Wald)"
    lines = [f"{pool.model.capitalize()} model, {studies}", _mean_line(pool, name, back), common]
    lines += [*_heterogeneity_lines(pool), _prediction_line(pool, back)]
    lines += [f"left out: {one.label}: {one.reason}" for one in pool.left_out]
    note = f"{pool.interval_note[:1].upper()}{pool.interval_note[1:]}." if pool.interval_note else ""
    return "\n".join([*lines, *([note] if note else []), *pool.notes])


def explain(pool: Pool) -> str:
    """A methods paragraph naming what was used."""
    name = _plural(_display(pool)[0])
    kind = "a common-effect" if pool.model == "common-effect" else "a random-effects"
    studies = "1 study" if pool.k == 1 else f"{pool.k} studies"
    parts = [f"The {name} of {studies} were combined by inverse variance under {kind} model."]
    if pool.k == 1:
        parts = [f"One study was available; its own {pool.level:g} % Wald interval is given."]
        return " ".join(parts)
    if pool.model == "random-effects":
        parts.append(
            f"The between-study variance tau2 was estimated by {TAU2_WORDS[pool.tau2_method]}, its interval "
            "by the Q-profile method; I2 is computed from tau2."
        )
        if pool.tau2_method == "given":
            parts[-1] = "The between-study variance tau2 was given beforehand; I2 is computed from it."
    parts.append(f"The {pool.level:g} % interval of the mean is {INTERVAL_WORDS[pool.interval_requested]}.")
    if pool.interval_note:
        parts.append(f"Here {pool.interval_note}.")
    if isinstance(pool.prediction, Interval):
        parts.append(f"The prediction interval uses {PREDICTION_WORDS[pool.prediction.method]}.")
    return " ".join(parts)


def _plural(name: str) -> str:
    """The name of a measure in the plural: ratio of means, ratios of means."""
    head, of, rest = name.partition(" of ")
    return f"{head}s{of}{rest}"


def to_dict(pool: Pool) -> dict[str, Any]:
    """Plain JSON types; floats to twelve significant digits; the table is told by its labels."""
    skipped = ("table", "left_out", "b", "vb", "names")
    plain = {one.name: _plain(getattr(pool, one.name)) for one in fields(pool) if one.name not in skipped}
    plain["left_out"] = [
        {"study": one.study, "label": one.label, "reason": one.reason} for one in pool.left_out
    ]
    plain["headline"] = pool.headline
    return plain


def _plain(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return [_plain(one) for one in value.tolist()]
    if isinstance(value, NotDefined):
        return {"not_defined": value.reason}
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, float):
        return emitted(value)
    return value
