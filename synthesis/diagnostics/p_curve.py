"""P-curve: whether the significant results, by the size of their p-values, have evidential value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt

import numpy as np

from evidence.distributions import normal_isf, normal_sf
from synthesis.arrays import FloatArray
from synthesis.describing import shown, shown_p
from synthesis.diagnostics.records import Record
from synthesis.fit import Interval, NotDefined, Pool

LEAST = 3
_ALPHA, _HALF = 0.05, 0.025
_BENCHMARK = 1.0 / 3.0
_LOWEST, _HIGHEST = 0.051, 0.99
_BOUND = 2.2e-16
"""The authors' programme keeps conditional p-values this far from 0 and 1."""


@dataclass(frozen=True, slots=True)
class Stouffer:
    """A sum of n normal scores over sqrt n, and the lower tail."""

    n: int
    z: float
    p: float


@dataclass(frozen=True, slots=True)
class PCurve(Record):
    """The result of a p-curve analysis.

    Attributes
    ----------
    k : studies; significant : of them, with p < .05; strong : with p < .025
    right_skew, right_skew_half : tests that the curve is flat against right skew, on p < .05 and on p < .025
    flatter, flatter_half : tests that the curve is that of 33 per cent power against a flatter one
    flatter_half_exact : as flatter_half, but with scores that are normal at 33 per cent power; see Notes
    right_skew_binomial, flatter_binomial : the same by the share of p < .025
    power : estimated mean power of the significant results, as a proportion, with its 90 per cent interval
    evidential, inadequate : the authors' rules
    """

    k: int
    significant: int
    strong: int
    right_skew: Stouffer
    right_skew_half: Stouffer | NotDefined
    flatter: Stouffer
    flatter_half: Stouffer | NotDefined
    flatter_half_exact: Stouffer | NotDefined
    right_skew_binomial: float
    flatter_binomial: float
    power: float
    power_ci: Interval
    evidential: bool
    inadequate: bool

    def summary(self) -> str:
        """The tests, the power and the rules' answers."""
        rows = [
            ("right skew", self.right_skew, self.right_skew_half, self.right_skew_binomial),
            ("flatter than 33 % power", self.flatter, self.flatter_half, self.flatter_binomial),
        ]
        lines = [
            f"P-curve: {self.significant} of {self.k} results with p < 0.05, {self.strong} with p < 0.025"
        ]
        for name, full, half, binomial in rows:
            told = f"{name}: full z = {shown(full.z)}, {shown_p(full.p)}"
            if isinstance(half, Stouffer):
                told += f"; half z = {shown(half.z)}, {shown_p(half.p)}"
            lines.append(f"{told}; binomial {shown_p(binomial)}")
        low, high = 100.0 * self.power_ci.low, 100.0 * self.power_ci.high
        lines.append(f"power {100.0 * self.power:.0f} % [{low:.0f}, {high:.0f}] (90 % interval)")
        lines.append(f"evidential value {'present' if self.evidential else 'not shown'}")
        return "\n".join([*lines, *(["evidential value inadequate"] if self.inadequate else [])])


def p_curve(pool: Pool) -> PCurve | NotDefined:
    """The p-curve of the studies' own two-sided tests that their effect is 0.

    Parameters
    ----------
    pool : what `synthesis.pool` gave; z = yi / sqrt(vi)

    Returns
    -------
    PCurve; NotDefined for fewer than three results with p < .05

    Notes
    -----
    Given significance, p / .05 is uniform if there is no effect, and so is 1 - S(z) / S(1.96), S the tail
    area at the noncentrality of a given power; these are turned into normal scores and added (Stouffer).
    Power is where the sum is 0, its interval where it is 1.645 each way, both between 5.1 and 99 per cent.
    Directions of effects are not used. For the half curve at 33 per cent power the authors' programme (and
    dmetar) divides by the share of p < .025 among significant results, S(2.24) / S(1.96), where S(2.24)
    would make the scores normal; `flatter_half` follows it, `flatter_half_exact` does not.

    References
    ----------
    Simonsohn U, Nelson LD, Simmons JP. J Exp Psychol Gen 2014;143:534-47; Perspect Psychol Sci 2014;9:666-81.
    Simonsohn U, Simmons JP, Nelson LD. J Exp Psychol Gen 2015;144:1146-52 (half curve).

    Examples
    --------
    >>> from synthesis import pool
    >>> found = p_curve(pool(yi=[0.5, 0.9, 0.8, 0.3], vi=[0.05, 0.08, 0.04, 0.01]))
    >>> found.significant, found.evidential
    (4, True)
    """
    z = np.abs(pool.yi) / np.sqrt(pool.vi)
    kept = z[z > normal_isf(_ALPHA / 2.0)]
    if kept.size < LEAST:
        return NotDefined(f"p-curve needs at least {LEAST} results with p < .05; there are {kept.size}")
    strong = kept[kept > normal_isf(_HALF / 2.0)]
    shift = _noncentrality(_BENCHMARK)
    share = float(_tail(np.array(normal_isf(_HALF / 2.0)), shift)) / _BENCHMARK
    none = NotDefined("no result has p < .025")
    full, flat = _stouffer(kept, 0.0, _ALPHA), _stouffer(kept, shift, _ALPHA)
    half = _stouffer(strong, 0.0, _HALF) if strong.size else none
    flat_half = _scored(strong, shift, share) if strong.size else none
    exact = _stouffer(strong, shift, _HALF) if strong.size else none
    n, m = int(kept.size), int(strong.size)
    right, flatter = _at_least(m, n, 0.5), 1.0 - _at_least(m + 1, n, share)
    low, power, high = (_power(kept, target) for target in (normal_isf(0.05), 0.0, -normal_isf(0.05)))
    return PCurve(
        k=pool.k,
        significant=n,
        strong=m,
        right_skew=full,
        right_skew_half=half,
        flatter=flat,
        flatter_half=flat_half,
        flatter_half_exact=exact,
        right_skew_binomial=right,
        flatter_binomial=flatter,
        power=power,
        power_ci=Interval(low, high, 90.0, "p-curve"),
        evidential=isinstance(half, Stouffer) and (half.p < 0.05 or (half.p < 0.1 and full.p < 0.1)),
        inadequate=flat.p < 0.05 or (isinstance(flat_half, Stouffer) and max(flat_half.p, flatter) < 0.1),
    )


def _tail(z: FloatArray, shift: float) -> FloatArray:
    """The probability of a result at least this extreme, either way."""
    from scipy.special import ndtr

    found: FloatArray = ndtr(shift - z) + ndtr(-z - shift)
    return found


def _noncentrality(power: float) -> float:
    """The mean of z at which a two-sided 5 per cent test has this power."""
    critical = np.array(normal_isf(_ALPHA / 2.0))
    return _root(lambda shift: power - float(_tail(critical, shift)), 0.0, 40.0)


def _stouffer(z: FloatArray, shift: float, alpha: float) -> Stouffer:
    """Normal scores of the conditional p-values: low where results are stronger than at this shift."""
    return _scored(z, shift, float(_tail(np.array(normal_isf(alpha / 2.0)), shift)))


def _scored(z: FloatArray, shift: float, share: float) -> Stouffer:
    """The scores of tail areas divided by the share of all results that are in the curve."""
    from scipy.special import ndtri

    beyond = np.clip(_tail(z, shift) / share, _BOUND, 1.0 - _BOUND)
    # Without an effect low p are evidence; with one it is results weaker than the effect would give.
    score = float((ndtri(beyond) if shift == 0.0 else -ndtri(beyond)).sum()) / sqrt(z.size)
    return Stouffer(int(z.size), score, normal_sf(-score))


def _at_least(m: int, n: int, share: float) -> float:
    """The probability of at least m of n."""
    from scipy.special import bdtrc

    return 1.0 if m <= 0 else float(bdtrc(m - 1, n, share)) if m <= n else 0.0


def _power(z: FloatArray, target: float) -> float:
    """The power at which the Stouffer score is the target; the score falls as power rises."""
    critical = np.array(normal_isf(_ALPHA / 2.0))
    low, high = _noncentrality(_LOWEST), _noncentrality(_HIGHEST)

    def above(shift: float) -> float:
        return _stouffer(z, shift, _ALPHA).z - target

    if above(low) <= 0.0:
        return _LOWEST
    if above(high) >= 0.0:
        return _HIGHEST
    return float(_tail(critical, _root(above, low, high)))


def _root(falls: Callable[[float], float], low: float, high: float) -> float:
    """Where a falling function is 0, by bisection to the last bit but few."""
    for _ in range(100):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if falls(middle) > 0.0 else (low, middle)
    return 0.5 * (low + high)
