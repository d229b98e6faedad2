"""The test of excess significance: are more results significant than the power of the studies allows?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import comb, copysign, inf, sqrt

import numpy as np

from evidence.distributions import chi2_sf, normal_isf
from synthesis.arrays import FloatArray
from synthesis.describing import shown, shown_p
from synthesis.diagnostics.records import Record, too_few
from synthesis.errors import PoolingError, choose
from synthesis.fit import NotDefined, Pool

LEAST = 2
ENUMERABLE = 1_000_000
"""metafor enumerates so many outcomes for its exact test, and takes chi-square beyond."""
_ROUNDING = 1.0 + 1e-7


@dataclass(frozen=True, slots=True, eq=False)
class ExcessSignificance(Record):
    """The result of the test.

    Attributes
    ----------
    observed, expected : significant results; their ratio
    p : of the test asked for; chi_square its statistic, NotDefined for other tests
    mu, tau2 : the effect and variance at which power was computed; power : (k,) of each study
    limits : values of the effect at which p would be the level `limit_alpha`, one, or two for a two-sided
        alternative (fewer and more significant results than expected); NotDefined where none is
    """

    labels: tuple[str, ...]
    observed: int
    expected: float
    ratio: float
    p: float
    chi_square: float | NotDefined
    test: str
    alternative: str
    mu: float
    tau2: float
    power: FloatArray
    limits: tuple[float | NotDefined, ...]
    limit_alpha: float

    def summary(self) -> str:
        """Observed and expected numbers and the test."""
        k = len(self.labels)
        lines = [
            f"Excess significance: {self.observed} of {k} results are significant, {shown(self.expected)}"
            f" expected; {shown_p(self.p)} ({self.test}, {self.alternative})"
        ]
        for one in self.limits:
            if not isinstance(one, NotDefined):
                lines.append(f"p would be {self.limit_alpha:g} for an effect of {shown(one)}")
        return "\n".join(lines)


@dataclass(frozen=True, slots=True, eq=False)
class _Studies:
    sei: FloatArray
    tau2: float
    critical: float
    observed: int

    def power(self, mu: float) -> FloatArray:
        """The probability of each result being significant, either way."""
        from scipy.special import ndtr

        spread = np.sqrt(np.square(self.sei) + self.tau2)
        far = self.critical * self.sei
        found: FloatArray = ndtr((mu - far) / spread) + ndtr((-mu - far) / spread)
        return found


def excess_significance(
    pool: Pool,
    *,
    alternative: str = "greater",
    test: str | None = None,
    mu: float | None = None,
    tau2: float = 0.0,
    alpha: float = 0.05,
    limit_alpha: float = 0.1,
) -> ExcessSignificance | NotDefined:
    """The test of excess significance of Ioannidis and Trikalinos.

    Parameters
    ----------
    pool : what `synthesis.pool` gave
    alternative : "greater" (more significant results than expected), "less" or "two-sided"
    test : "exact" (Poisson binomial), "chi-square" or "binomial"; by default exact where metafor's would be,
        which enumerates up to a million outcomes, else chi-square
    mu, tau2 : at which power is computed; by default the common-effect mean, and 0
    alpha : two-sided level of the single results
    limit_alpha : of the test, for its limit estimates

    Returns
    -------
    ExcessSignificance; NotDefined for one study

    Raises
    ------
    UnknownName
        When an alternative or test does not exist.
    PoolingError
        When tau2 is negative, or a level not between 0 and 1.

    References
    ----------
    Ioannidis JPA, Trikalinos TA. Clin Trials 2007;4:245-53. Francis G. J Math Psychol 2013;57:153-69.

    Examples
    --------
    >>> from synthesis import pool
    >>> found = excess_significance(pool(yi=[0.5, 0.9, 0.4, 0.3], vi=[0.05, 0.08, 0.04, 0.01]))
    >>> found.observed, round(found.expected, 3), round(found.p, 4)
    (4, 2.159, 0.0555)
    """
    choose("alternative", alternative, dict.fromkeys(("greater", "less", "two-sided")))
    if test is not None:
        choose("test", test, TESTS)
    if not (tau2 >= 0.0 and 0.0 < alpha < 1.0 and 0.0 < limit_alpha < 1.0):
        raise PoolingError(f"tau2 ({tau2:g}) is 0 or more, alpha and limit_alpha are between 0 and 1")
    if pool.k < LEAST:
        return too_few("the test of excess significance", pool.k, LEAST)
    sei, critical = np.sqrt(pool.vi), normal_isf(alpha / 2.0)
    observed = int((np.abs(pool.yi / sei) >= critical).sum())
    studies = _Studies(sei, tau2, critical, observed)
    at = pool.common.mu if mu is None else mu
    power = studies.power(at)
    name = test or _usual(pool.k, observed, alternative)
    expected = float(power.sum())
    return ExcessSignificance(
        labels=pool.labels,
        observed=observed,
        expected=expected,
        ratio=observed / expected,
        p=TESTS[name](power, observed, alternative),
        chi_square=_chi_square(power, observed)
        if name == "chi-square"
        else NotDefined(f"the test is {name}"),
        test=name,
        alternative=alternative,
        mu=at,
        tau2=tau2,
        power=power,
        limits=_limits(studies, name, alternative, at, limit_alpha),
        limit_alpha=limit_alpha,
    )


def _usual(k: int, observed: int, alternative: str) -> str:
    """The test that metafor would choose, by how many outcomes it would have to enumerate."""
    reach = {"greater": range(k, observed - 1, -1), "less": range(observed + 1), "two-sided": range(k + 1)}
    outcomes = 0
    for j in reach[alternative]:
        outcomes += comb(k, j)
        if outcomes > ENUMERABLE:
            return "chi-square"
    return "exact"


def _chi_square(power: FloatArray, observed: int) -> float:
    expected, rest = float(power.sum()), float((1.0 - power).sum())
    if rest <= 0.0:
        return 0.0 if observed == power.size else inf
    return (observed - expected) ** 2 * (1.0 / expected + 1.0 / rest)


def _by_chi_square(power: FloatArray, observed: int, alternative: str) -> float:
    p = chi2_sf(_chi_square(power, observed), 1)
    if alternative == "two-sided":
        return p
    agrees = (observed > power.sum()) == (alternative == "greater")
    return p / 2.0 if agrees else 1.0 - p / 2.0


def _by_enumeration(power: FloatArray, observed: int, alternative: str) -> float:
    """The exact law of the number of significant results, one study after another."""
    share = np.ones(1)
    for one in power.tolist():
        share = np.convolve(share, [1.0 - one, one])
    return _tail(share, observed, alternative)


def _by_binomial(power: FloatArray, observed: int, alternative: str) -> float:
    from scipy.special import gammaln, xlog1py, xlogy

    k, mean = power.size, float(power.mean())
    j = np.arange(k + 1.0)
    logs = gammaln(k + 1.0) - gammaln(j + 1.0) - gammaln(k - j + 1.0)
    return _tail(np.exp(logs + xlogy(j, mean) + xlog1py(k - j, -mean)), observed, alternative)


def _tail(share: FloatArray, observed: int, alternative: str) -> float:
    """The tail of a law; two-sided, all that is no likelier than what was observed."""
    if alternative == "greater":
        return min(1.0, float(share[observed:].sum()))
    if alternative == "less":
        return min(1.0, float(share[: observed + 1].sum()))
    return min(1.0, float(share[share <= share[observed] * _ROUNDING].sum()))


TESTS: Mapping[str, Callable[[FloatArray, int, str], float]] = {
    "exact": _by_enumeration,
    "chi-square": _by_chi_square,
    "binomial": _by_binomial,
}


def _limits(
    studies: _Studies, name: str, alternative: str, mu: float, level: float
) -> tuple[float | NotDefined, ...]:
    """The limit estimates, on the side of 0 where the effect lies."""
    side = copysign(1.0, mu)
    at_expectation = _where_expected(studies)
    found: list[float | NotDefined] = []
    if alternative in ("greater", "two-sided"):
        found.append(_crossing(studies, name, alternative, level, (0.0, at_expectation), side))
    if alternative in ("less", "two-sided"):
        found.append(_crossing(studies, name, alternative, level, (_far(studies), at_expectation), side))
    return tuple(found)


def _far(studies: _Studies) -> float:
    return 40.0 * float(studies.sei.max()) + 40.0 * sqrt(studies.tau2)


def _where_expected(studies: _Studies) -> float:
    """The size of effect at which as many results are expected as were observed."""
    low, high = 0.0, _far(studies)
    for _ in range(200):
        middle = 0.5 * (low + high)
        if float(studies.power(middle).sum()) < studies.observed:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)


def _crossing(
    studies: _Studies, name: str, alternative: str, level: float, ends: tuple[float, float], side: float
) -> float | NotDefined:
    """The effect between two sizes at which p rises through the level, from the first end on."""

    def below(size: float) -> bool:
        return TESTS[name](studies.power(size), studies.observed, alternative) < level

    out, inside = ends
    if not below(out) or below(inside):
        return NotDefined("p is not at the level for any effect")
    for _ in range(200):
        middle = 0.5 * (out + inside)
        out, inside = (middle, inside) if below(middle) else (out, middle)
    return side * 0.5 * (out + inside)
