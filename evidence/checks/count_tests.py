"""A printed test against everything that counts can give: which test, of which counts, reproduces it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import inf
from typing import Any

import numpy as np

from evidence.checks.check import (
    About,
    Rule,
    consistent,
    consistent_under,
    inconsistent,
    not_checkable,
    slip,
)
from evidence.checks.other_tests import near_that_of_counts
from evidence.checks.printed_tests import (
    ALPHA,
    box,
    by_words,
    decision_of,
    distance,
    meets,
    printed_p,
    region,
    size,
)
from evidence.checks.wording import a_few, as_float, chance, chances, counts, equation, figures, symbol
from evidence.claims import PrintedTest
from evidence.findings import (
    DEPENDS_ON_TEST,
    ERROR,
    FLIPS,
    NO_DECISION,
    NONE,
    NOTE,
    SAME,
    WARNING,
    Finding,
    Range,
    Tried,
)
from evidence.reanalysis.counts import Count
from evidence.reanalysis.t import Box
from evidence.rounding import PRegion
from evidence.values import Reported

LARGEST_EXPECTED = 10.0
"""Statistics up to this size are usual, larger ones only when printed so: for saying what a match means."""


ANOTHER = "another test of the same data"
NEAR = "near enough for a log-rank, stratified or adjusted test of the same people"
SAME_TEST = {"chi2": ("z with pooled variance",), "z": ("Pearson chi-square without correction",)}
"""The pooled z is the root of Pearson's chi-square: one of them is enough for a letter."""


@dataclass(frozen=True, slots=True, eq=False)
class Computed:
    """One test of every admissible table: statistics on its own scale (nan where only a p), and p."""

    test: str
    scale: str
    values: np.ndarray
    p: np.ndarray
    df: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """Every admissible table with its tests; ``shown`` says each table's counts, ``said`` all of them.

    ``common`` are the tests whose decisions are compared; ``exact`` gives the p of tests without a statistic.
    """

    shown: tuple[tuple[Count, ...], ...]
    computed: tuple[Computed, ...]
    said: str
    assumed: str = ""
    survival: bool = False
    exact: Callable[[tuple[Count, ...]], dict[str, float]] = lambda counts: {}
    common: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


def on_scale(computed: Computed, letter: str | None) -> np.ndarray:
    """A test's statistics as the printed letter would show them, their size alone; nan where it cannot."""
    if computed.scale == letter or (letter == "statistic" and computed.scale in ("chi2", "z", "h")):
        return np.abs(computed.values)
    if letter == "chi2" and computed.scale in ("z", "h"):
        return computed.values**2 if computed.scale == "z" else computed.values
    if letter in ("z", "t") and computed.scale == "chi2" and computed.df == 1:
        return np.sqrt(computed.values)
    if letter == "t" and computed.scale == "z":
        return np.abs(computed.values)
    if letter == "h" and computed.scale == "chi2":
        return computed.values
    return np.full_like(computed.values, np.nan)


def judge(rule: Rule, test: PrintedTest, about: About, tables: Tables) -> Iterator[Finding]:
    """What the counts say of the printed statistic, or of the printed p where there is no statistic."""
    if test.statistic is not None and test.letter not in ("u", "w", "f", "q", "rho"):
        yield _judge_statistic(rule, test, test.statistic, about, tables)
    elif (p := printed_p(test)) is not None:
        yield _judge_p(rule, test, p, about, tables)


def _judge_statistic(
    rule: Rule, test: PrintedTest, statistic: Reported, about: About, tables: Tables
) -> Finding:
    printed, unit = size(box(statistic)), as_float(statistic.ulp)
    tried = tuple(_tried(each, test.letter or "statistic", printed, unit, tables) for each in tables.computed)
    tried = tuple(
        t for t in tried if t.statistic is not None and t.test not in SAME_TEST.get(test.letter or "", ())
    )
    said = equation(symbol(test.letter), statistic)
    power = _power(tried, tables, printed, unit)
    hits = [t for t in tried if t.hit]
    if hits:
        return _reproduced(rule, test, about, tables, said, hits, tried, power)
    best = min(tried, key=lambda t: inf if t.distance is None else t.distance, default=None)
    if best is None or best.distance is None:
        message = f"{said}: no test is defined for {tables.said}"
        return not_checkable(rule, test.place, about, message)
    message = f"no test of {tables.said} gives {said}: {_usual(tried, statistic.decimals)}"
    if tables.survival:
        text = f"{message}; survival percentages need not be counts"
        return not_checkable(rule, test.place, about, text, tried=tried)
    more = {"recomputed": _whole(tried), "tried": tried, "relaxation": best.distance, "power": power}
    if best.distance <= 1:
        text = f"{said} is the {best.test} of {counts(best.counts)} but for the last digit"
        return slip(rule, test.place, about, text, by=best.test, **more)
    details = (*_assumed(tables), *_p_details(test, tables))
    return inconsistent(rule, test.place, about, message, details=details, **more)


def _tried(computed: Computed, letter: str, printed: Box, unit: float, tables: Tables) -> Tried:
    values = on_scale(computed, letter).tolist()
    known = [i for i, v in enumerate(values) if v == v]
    if not known:
        return Tried(computed.test, None, _p_range(computed.p))
    seen = [values[i] for i in known]
    away = [_away(v, printed, unit) for v in seen]
    best = away.index(min(away))
    at = known[best]
    p = float(computed.p[at])
    return Tried(
        computed.test,
        Range(min(seen), seen[best], max(seen)),
        Range(p, p, p),
        counts=tables.shown[at],
        hit=meets(seen[best], seen[best], printed),
        distance=away[best],
    )


def _away(value: float, printed: Box, unit: float) -> float:
    away = distance(value, value, printed, unit)
    return inf if away is None else away


def _p_range(p: np.ndarray) -> Range | None:
    known = np.sort(p[~np.isnan(p)])
    return Range(float(known[0]), float(known[known.size // 2]), float(known[-1])) if known.size else None


def _whole(tried: tuple[Tried, ...]) -> Range:
    """What the usual test gives over all counts: the first of those tried."""
    first = tried[0].statistic
    assert first is not None  # those without were left out
    return first


def _usual(tried: tuple[Tried, ...], decimals: int) -> str:
    shown = [f"{t.test} {figures(t.statistic, decimals)}" for t in tried if t.statistic is not None]
    return a_few(shown, 2)


def _power(tried: tuple[Tried, ...], tables: Tables, printed: Box, unit: float) -> float:
    """How likely a wrong statistic would be caught: the share of usual values that nothing here gives."""
    fitting = len(tables.shown) * len(tried)
    usual = max(LARGEST_EXPECTED, printed[2]) / unit if unit > 0 else np.inf
    return float(max(0.0, 1.0 - fitting / max(usual, 1.0)))


def _reproduced(
    rule: Rule,
    test: PrintedTest,
    about: About,
    tables: Tables,
    said: str,
    hits: list[Tried],
    tried: tuple[Tried, ...],
    power: float,
) -> Finding:
    named = [t for t in hits if t.test in tables.named]
    scales = {c.test: c.scale for c in tables.computed}
    best = min(named or hits, key=lambda t: scales[t.test] != test.letter)
    message = f"{said} is the {best.test} of {counts(best.counts)}"
    decision, why = _decision(test, tables, best)
    more: dict[str, Any] = {
        "by": best.test,
        "recomputed": best.statistic,
        "tried": tried,
        "power": power,
        "decision": decision,
        "details": (*why, *_assumed(tables)),
    }
    contradicts = bool(tables.named) and not named
    if contradicts or tables.assumed:
        text = f"{message}, not {test.named} as named" if contradicts else f"{message}: {tables.assumed}"
        more["severity"] = NOTE
        return consistent_under(rule, test.place, about, text, **more)
    if decision != NO_DECISION:
        more["severity"] = NOTE if decision == DEPENDS_ON_TEST else NONE  # a flip is AUD302's to count
    return consistent(rule, test.place, about, message, **more)


def _decision(test: PrintedTest, tables: Tables, best: Tried) -> tuple[str, tuple[str, ...]]:
    """Whether the usual tests of the reproducing counts decide as printed: all, some or none of them."""
    printed = decision_of(test)
    if printed is None or best.counts not in tables.shown:
        return NO_DECISION, ()
    at = tables.shown.index(best.counts)
    compared = {best.test, *(name for name in tables.common if name in tables.named or not tables.named)}
    ps = {c.test: float(c.p[at]) for c in tables.computed if c.test in compared}
    ps |= {name: p for name, p in tables.exact(best.counts).items() if name in compared}
    unlike = {name: p for name, p in ps.items() if p == p and (p < ALPHA) != printed}
    if not unlike:
        return SAME, ()
    why = a_few([f"{name} has p {chance(p)}" for name, p in unlike.items()])
    if len(unlike) == len(ps):
        return FLIPS, (f"at {ALPHA:g} the data decide differently: {why}",)
    return DEPENDS_ON_TEST, (f"whether p is below {ALPHA:g} depends on the test: {why}",)


def _assumed(tables: Tables) -> tuple[str, ...]:
    return (tables.assumed,) if tables.assumed else ()


def _p_details(test: PrintedTest, tables: Tables) -> tuple[str, ...]:
    allowed, p = region(test), printed_p(test)
    if allowed is None or p is None:
        return ()
    fits = [c.test for c in tables.computed if any(allowed.meets(x, x) for x in c.p.tolist() if x == x)]
    if not fits:
        return (f"no test agrees with {equation('P', p)} either",)
    every = len(fits) == len(tables.computed)
    return (f"{equation('P', p)} agrees with {'every test' if every else a_few(fits)} of these counts",)


def _judge_p(rule: Rule, test: PrintedTest, p: Reported, about: About, tables: Tables) -> Finding:
    allowed = region(test)
    if allowed is None:
        return not_checkable(rule, test.place, about, f"{p.text} is no probability")
    tried = tuple(_p_tried(each, allowed, tables) for each in tables.computed)
    hits = [t for t in tried if t.hit]
    said = equation("P", p)
    if hits:
        best = next((t for t in hits if t.test in tables.named), hits[0])
        decision, why = _decision(test, tables, best)
        more: dict[str, Any] = {"by": best.test, "tried": tried, "recomputed": best.p, "power": 0.0}
        more |= {"decision": decision, "details": (*why, *_assumed(tables))}
        more["severity"] = NOTE if decision == DEPENDS_ON_TEST else NONE
        message = _p_agrees(said, best, hits, tried)
        if tables.assumed:
            return consistent_under(rule, test.place, about, f"{message}: {tables.assumed}", **more)
        return consistent(rule, test.place, about, message, **more)
    spans = [t.p for t in tried if t.p is not None]
    if not spans:
        return not_checkable(rule, test.place, about, f"{said}: no test is defined for {tables.said}")
    if tables.survival:
        message = f"{said} is not the p of these as counts; survival percentages need not be counts"
        return not_checkable(rule, test.place, about, message, tried=tried)
    whole = Range(min(s.low for s in spans), spans[0].mid, max(s.high for s in spans))
    if not (tables.named or tables.assumed) and any(near_that_of_counts(span, allowed) for span in spans):
        usual = f"{tried[0].test} has p {chances(spans[0])}"
        text = f"{said} is the p of no test of {tables.said} ({usual}), but {NEAR}"
        more = {"recomputed": whole, "tried": tried, "details": _assumed(tables), "power": 0.0}
        return consistent_under(rule, test.place, about, text, by=ANOTHER, severity=NOTE, **more)
    decision = _p_decision(test, whole)
    severity = ERROR if decision == FLIPS or tables.named else WARNING
    message = f"no test of {tables.said} gives {said}: {tried[0].test} has p {chances(spans[0])}"
    facts: dict[str, Any] = {"recomputed": whole, "tried": tried, "details": _assumed(tables), "power": 0.0}
    return inconsistent(rule, test.place, about, message, decision=decision, severity=severity, **facts)


def _p_tried(computed: Computed, allowed: PRegion, tables: Tables) -> Tried:
    fits = [i for i, x in enumerate(computed.p.tolist()) if x == x and allowed.meets(x, x)]
    counts_ = tables.shown[fits[0]] if fits else ()
    chosen = computed.p[fits] if fits else computed.p
    return Tried(computed.test, None, _p_range(chosen), counts=counts_, hit=bool(fits))


def _p_agrees(said: str, best: Tried, hits: list[Tried], tried: tuple[Tried, ...]) -> str:
    others = len(hits) - 1
    more = (
        "" if not others else ", as do all others" if len(hits) == len(tried) else f", as do {others} others"
    )
    assert best.p is not None  # it hit
    return f"{said} agrees with {best.test} of {counts(best.counts)}, p {chances(best.p)}{more}"


def _p_decision(test: PrintedTest, whole: Range) -> str:
    printed = decision_of(test) if by_words(test) is None else by_words(test)
    if printed is None:
        return NO_DECISION
    if (whole.high < ALPHA and not printed) or (whole.low >= ALPHA and printed):
        return FLIPS
    return SAME if (whole.high < ALPHA) == printed or whole.low >= ALPHA else DEPENDS_ON_TEST
