"""A `Pool` in words, as text and as plain data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from math import isfinite
from typing import Any

import numpy as np

from evidence.emitting import emitted
from synthesis.describing_words import (
    INTERVAL_WORDS,
    MODEL_WORDS,
    PREDICTION_WORDS,
    TAU2_INTERVAL_WORDS,
    TAU2_WORDS,
    references,
)
from synthesis.fit import ChiSquare, Estimate, Interval, NotDefined, Pool
from synthesis.intervals import wald


def shown(value: float) -> str:
    """`value` to three significant digits; more where it would read as 1 without being 1.

    Examples
    --------
    >>> shown(-0.71453), shown(-1.996), shown(-0.0), shown(0.99962), shown(1234.5)
    ('-0.715', '-2.00', '0', '0.9996', '1234')
    """
    if value == 0.0 or not isfinite(value):
        return "0" if value == 0.0 else str(value)
    for digits in range(3, 18):
        text = f"{value:#.{digits}g}"
        if (float(text) == 1.0) == (value == 1.0):
            break
    if "e" in text and 1.0 <= abs(value) < 1e15:
        text = f"{value:.0f}"
    return text.removesuffix(".")


def shown_p(p: float) -> str:
    """`p` to three decimals; more where it would be rounded across 0.05.

    Examples
    --------
    >>> shown_p(0.0123), shown_p(0.04996), shown_p(1e-9), shown_p(0.9999)
    ('p = 0.012', 'p = 0.04996', 'p < 0.001', 'p > 0.999')
    """
    if p < 0.001 or p > 0.9995:
        return "p < 0.001" if p < 0.001 else "p > 0.999"
    for digits in range(3, 18):
        text = f"{p:.{digits}f}"
        if (float(text) < 0.05) == (p < 0.05):
            break
    return f"p = {text}"


@dataclass(frozen=True, slots=True)
class Shown:
    """How a pool's numbers are shown: the effect's name, its display scale, whether its test is of no effect.

    The test is of an effect of 0 on the scale of the analysis; a chance of 0.5 is not that.
    """

    name: str
    back: Callable[[Any], Any]
    has_null: bool

    def value(self, yi: float) -> str:
        return shown(float(self.back(yi)))

    def bounds(self, interval: Interval) -> str:
        return f"[{self.value(interval.low)}, {self.value(interval.high)}]"


def shown_as(pool: Pool) -> Shown:
    """How the numbers of a pool are shown."""
    return shown_by(pool.measure)


def shown_by(code: str | None) -> Shown:
    """How the numbers of a measure are shown; of none, as they are."""
    if code is None:
        return Shown("effect", float, True)
    from evidence.measures import get

    measure = get(code)
    return Shown(measure.name, measure.back, measure.null == 0.0)


def estimate_line(one: Estimate, code: str | None) -> str:
    """An estimate with its interval and test, on the scale that readers know."""
    scale = shown_by(code)
    value = f"{scale.name} {scale.value(one.mu)} {scale.bounds(one.ci)}"
    test = f"; z = {shown(one.statistic)}, {shown_p(one.p)}" if scale.has_null else ""
    return f"{value} ({one.ci.level:g} % interval, {one.ci.method}{test})"


def _mean_line(pool: Pool, scale: Shown) -> str:
    reference = f"t({pool.df:g})" if pool.df is not None else "z"
    test = f"; {reference} = {shown(pool.statistic)}, {shown_p(pool.p)}" if scale.has_null else ""
    value = f"{scale.name} {scale.value(pool.mu)} {scale.bounds(pool.ci)}"
    return f"{value} ({pool.level:g} % interval, {pool.ci.method}{test})"


def _estimate_lines(pool: Pool, scale: Shown) -> list[str]:
    """The mean first where it is worth a headline, else the studies and the common effect first."""
    mean = _mean_line(pool, scale)
    common = f"common effect {scale.value(pool.common.mu)} {scale.bounds(pool.common.ci)} (Wald)"
    if pool.k == 1 or pool.common_effect:
        return [mean]
    if pool.headline:
        return [mean, common]
    rows = zip(pool.labels, pool.yi.tolist(), pool.vi.tolist(), strict=True)
    return [*(_study_line(*row, pool.level, scale) for row in rows), common, mean]


def _study_line(label: str, yi: float, vi: float, level: float, scale: Shown) -> str:
    own = wald(yi, vi**0.5, 0.0, 1, level)
    bounds = scale.bounds(Interval(float(own.low), float(own.high), level, "Wald"))
    return f"study {label}: {scale.value(yi)} {bounds} (Wald)"


def _heterogeneity_lines(pool: Pool) -> list[str]:
    h = pool.heterogeneity
    if isinstance(h, NotDefined):
        return [f"heterogeneity not defined: {h.reason}"]
    lines = [f"Q = {shown(h.q)} on {h.df} df, {shown_p(h.p)}; I2 = {h.i2:.1f} %"]
    if isinstance(h.tau2_ci, Interval):
        bounds = f" [{shown(h.tau2_ci.low)}, {shown(h.tau2_ci.high)}] ({h.tau2_ci.method})"
        lines.append(f"tau2 = {shown(h.tau2)}{bounds}, by {h.tau2_method}")
    return lines


def _test_line(test: ChiSquare) -> str:
    return f"{test.name}: chi-square = {shown(test.statistic)} on {test.df} df, {shown_p(test.p)}"


def _prediction_line(pool: Pool, scale: Shown) -> str:
    if isinstance(pool.prediction, NotDefined):
        return f"prediction interval not defined: {pool.prediction.reason}"
    text = f"a further study {scale.bounds(pool.prediction)} ({pool.prediction.method})"
    other = pool.prediction_alternative
    if isinstance(other, Interval) and other.method != pool.prediction.method:
        text += f"; {scale.bounds(other)} ({other.method})"
    return text


def summary(pool: Pool) -> str:
    """The result as a few lines, on the scale readers know (ratios, not their logs)."""
    scale = shown_as(pool)
    studies = "1 study" if pool.k == 1 else f"{pool.k} studies"
    named = pool.model.capitalize().replace("-haenszel", "-Haenszel")
    model = studies if pool.k == 1 else f"{named} model, {studies}"
    lines = [model, *_estimate_lines(pool, scale)]
    lines += [*_heterogeneity_lines(pool), *map(_test_line, pool.tests), _prediction_line(pool, scale)]
    lines += _reach_lines(pool, scale)
    lines += _left_out_lines(pool)
    told = pool.interval_note if pool.k > 1 else ""
    note = f"{told[:1].upper()}{told[1:]}." if told else ""
    return "\n".join([*lines, *([note] if note else []), *pool.notes])


def _left_out_lines(pool: Pool) -> list[str]:
    if not pool.left_out:
        return []
    from synthesis.table import in_brief  # loads what plain arrays never need

    return [f"left out: {one.label}: {one.reason}" for one in in_brief(pool.left_out)]


def _reach_lines(pool: Pool, scale: Shown) -> list[str]:
    """How far the mean could lie, given the rounding of what was printed; nothing where that is not known."""
    found = NotDefined("plain arrays") if pool.table is None else pool.reach()
    if isinstance(found, NotDefined):
        return []
    of = " as common effect" if pool.k == 2 else ""
    return [
        f"rounding of the printed numbers allows {scale.value(found.low)} to {scale.value(found.high)}{of}"
    ]


_WEIGHTING_WORDS = {
    "equal": "with equal weights",
    "sample-size": "with weights by sample size",
    "given": "with weights given beforehand",
}


def explain(pool: Pool) -> str:
    """A methods paragraph naming what was used, and the papers behind it."""
    papers = references(_chosen(pool)) if pool.k > 1 else ()
    return " ".join([methods(pool), *([f"References: {'; '.join(papers)}."] if papers else [])])


def methods(pool: Pool) -> str:
    """A methods paragraph naming what was used."""
    name = _plural(shown_as(pool).name)
    studies = "1 study" if pool.k == 1 else f"{pool.k} studies"
    parts = [f"The {name} of {studies} were combined {MODEL_WORDS[pool.model]}."]
    if pool.k == 1:
        parts = [f"One study was available; its own {pool.level:g} % Wald interval is given."]
        return " ".join(parts)
    if pool.weighting != "inverse-variance":
        parts[0] = parts[0].replace("by inverse variance", _WEIGHTING_WORDS[pool.weighting])
    if pool.model == "random-effects":
        parts.append(_between_sentence(pool))
    parts.append(f"The {pool.level:g} % interval of the mean is {INTERVAL_WORDS[pool.interval_requested]}.")
    if pool.interval_note:
        parts.append(f"Here {pool.interval_note}.")
    if isinstance(pool.prediction, Interval):
        parts.append(f"The prediction interval uses {PREDICTION_WORDS[pool.prediction.method]}.")
    return " ".join(parts)


def _between_sentence(pool: Pool) -> str:
    if pool.tau2_method == "given":
        return "The between-study variance tau2 was given beforehand; I2 is computed from it."
    text = f"The between-study variance tau2 was estimated by {TAU2_WORDS[pool.tau2_method]}"
    h = pool.heterogeneity
    if not isinstance(h, NotDefined) and isinstance(h.tau2_ci, Interval):
        text += f", its interval by {TAU2_INTERVAL_WORDS[h.tau2_ci.method]}"
    return f"{text}; I2 is computed from tau2."


def _chosen(pool: Pool) -> list[tuple[str, str]]:
    """The choices that papers stand behind."""
    chosen = [("tau2", pool.tau2_method), ("interval", pool.interval_requested)]
    h = pool.heterogeneity
    if not isinstance(h, NotDefined) and isinstance(h.tau2_ci, Interval):
        chosen.append(("tau2 interval", h.tau2_ci.method))
    if isinstance(pool.prediction, Interval):
        chosen.append(("prediction", pool.prediction.method))
    return chosen


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
    plain["reach"] = _plain(NotDefined("plain arrays") if pool.table is None else pool.reach())
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
