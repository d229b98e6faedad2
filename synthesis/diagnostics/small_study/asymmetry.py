"""What the tests of small-study effects take and give, and the door to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from numpy.typing import ArrayLike

from synthesis.describing import shown, shown_p
from synthesis.diagnostics.records import Record, scale_of, too_few
from synthesis.errors import choose
from synthesis.fit import Interval, NotDefined, Pool

LEAST = 3
ADVISED = 10
"""Below ten studies the tests hardly tell chance from asymmetry (Sterne 2011; Cochrane Handbook 13.3.5.4)."""


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What a test is given: the pool, the options, and numbers that are not part of the pool."""

    pool: Pool
    predictor: str
    tau2: str | float
    interval: str
    ni: ArrayLike | None
    counts: Sequence[ArrayLike] | None


@dataclass(frozen=True, slots=True)
class Test:
    """A test: its key, name, what it does in a sentence, its reference, and the function."""

    key: str
    name: str
    about: str
    reference: str
    run: Callable[[Asked], Asymmetry | NotDefined]


@dataclass(frozen=True, slots=True)
class Asymmetry(Record):
    """The result of a test of small-study effects.

    Attributes
    ----------
    statistic, df, p : the test, on t with `df` degrees of freedom, normal where df is None; p two-sided
    bias, bias_se : the slope of the regression on `predictor`, or the score of a rank test
    limit, limit_ci : the effect expected of an infinitely large study, and its interval
    dispersion : the variance about the line in units of the sampling variances (multiplicative)
    tau2 : the residual variance between studies (additive)
    correlation : Kendall's tau
    """

    test: str
    name: str
    k: int
    predictor: str
    statistic: float
    df: float | None
    p: float
    bias: float
    bias_se: float
    limit: float | NotDefined
    limit_ci: Interval | NotDefined
    dispersion: float | NotDefined
    tau2: float | NotDefined
    correlation: float | NotDefined
    measure: str | None
    notes: tuple[str, ...]

    def summary(self) -> str:
        """The test in a few lines."""
        reference = "z" if self.df is None else f"t({self.df:g})"
        lines = [f"{self.name}, {self.k} studies: {reference} = {shown(self.statistic)}, {shown_p(self.p)}"]
        if isinstance(self.correlation, NotDefined):
            lines.append(f"slope on {self.predictor} {shown(self.bias)} (SE {shown(self.bias_se)})")
        else:
            lines.append(f"Kendall's tau = {shown(self.correlation)}")
        if isinstance(self.limit_ci, Interval) and not isinstance(self.limit, NotDefined):
            scale = scale_of(self.measure)
            bounds = scale.interval(self.limit_ci.low, self.limit_ci.high)
            lines.append(f"{scale.name} of an infinitely large study {scale.value(self.limit)} {bounds}")
        return "\n".join([*lines, *self.notes])


NO_LIMIT = NotDefined("the predictor does not tend to 0 in large studies")
NOT_A_LINE = NotDefined("this is no regression of the effects")
NOT_ADDITIVE = NotDefined("the dispersion of this test is multiplicative")
NOT_MULTIPLICATIVE = NotDefined("the residual variance of this test is additive")
NOT_RANKS = NotDefined("this is no rank test")
FLAT = NotDefined("the studies do not differ enough for a line: predictor or effects do not vary about it")


def small_study(
    pool: Pool,
    *,
    test: str = "egger",
    predictor: str = "sei",
    ni: ArrayLike | None = None,
    counts: Sequence[ArrayLike] | None = None,
    tau2: str | float = "REML",
    interval: str = "Wald",
    least: int = ADVISED,
) -> Asymmetry | NotDefined:
    """A test of whether small studies find other effects than large ones (funnel plot asymmetry).

    Parameters
    ----------
    pool : what `synthesis.pool` gave; only its effects and variances are used
    test : "egger" (the default: weighted regression with multiplicative dispersion), "egger-mixed" (the same
        with additive residual variance), "begg", "begg-asymptotic", "thompson", "pustejovsky"; for two-group
        counts "harbord", "peters", "deeks", "macaskill", "schwarzer"
    predictor : of the two Egger tests: "sei", "vi", or from participants "ni", "ninv", "sqrtni", "sqrtninv"
    ni : (k,) participants; counts : (ai, n1i, ci, n2i), events and participants of two groups; by default
        those of the pool's table
    tau2, interval : of "egger-mixed", as in `synthesis.regress`
    least : fewest studies to test. Ten by default, as the Cochrane Handbook advises; at least three

    Returns
    -------
    Asymmetry; NotDefined, with its reason, for fewer studies or where counts or sizes are not known

    Raises
    ------
    UnknownName
        When a test or predictor does not exist.
    PoolingError
        When `ni` or `counts` do not fit the pool.

    References
    ----------
    Sterne JAC, et al. BMJ 2011;343:d4002. The record of each test names its own.

    Examples
    --------
    >>> from synthesis import pool
    >>> few = pool(yi=[0.2, 0.9, 0.4, 0.3], vi=[0.05, 0.08, 0.04, 0.01])
    >>> small_study(few).reason
    "Egger's regression test needs at least 10 studies; there are 4 studies (least=3 asks for it anyway)"
    >>> round(small_study(few, least=3).p, 4)
    0.4099
    """
    from synthesis.diagnostics.small_study import all_tests

    chosen = choose("test", test, all_tests())
    fewest = max(least, LEAST)
    if pool.k < fewest:
        why = too_few(chosen.name, pool.k, fewest).reason
        anyway = f" (least={LEAST} asks for it anyway)" if pool.k >= LEAST else ""
        return NotDefined(why + anyway)
    return chosen.run(Asked(pool, predictor, tau2, interval, ni, counts))
