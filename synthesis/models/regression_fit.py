"""The answer of a meta-regression: a frozen record, sibling of `Pool`, and what it answers when asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf, sqrt
from typing import TYPE_CHECKING, Any

import numpy as np

from synthesis.arrays import FloatArray
from synthesis.errors import PoolingError, choose
from synthesis.fit import Estimate, Heterogeneity, Interval, Likelihood, NotDefined
from synthesis.heterogeneity import h2_of, i2_of
from synthesis.intervals import chi_square_p, chi_square_quantile, two_sided_p
from synthesis.models.regression_basis import Basis
from synthesis.models.regression_design import INTERCEPT, Coding
from synthesis.models.regression_tau2 import profile_bounds
from synthesis.models.regression_traces import tau2_se, typical_residual_variance

if TYPE_CHECKING:
    from synthesis.models.regression_influence import Influence

COMMON = "the common-effect model has no variance between studies"


@dataclass(frozen=True, slots=True)
class Omnibus:
    """A test that several coefficients, or contrasts of them, are 0 together.

    `statistic` is chi-square on `df`, or F on `df` and `df2` where `df2` is not None.
    """

    names: tuple[str, ...]
    statistic: float
    df: int
    df2: float | None
    p: float


@dataclass(frozen=True, slots=True, eq=False)
class Predicted:
    """Mean effects at given moderators, (m,) arrays, with bounds of the mean and of a further study.

    `pi_low` and `pi_high` are bounds for the effect of a further study, or NotDefined.
    """

    mu: FloatArray
    se: FloatArray
    ci_low: FloatArray
    ci_high: FloatArray
    pi_low: FloatArray | NotDefined
    pi_high: FloatArray | NotDefined
    level: float
    method: str


@dataclass(frozen=True, eq=False)
class Regression:
    """Mean effects as a linear function of moderators: what `synthesis.regress` gives.

    Attributes
    ----------
    b, vb, names : (p,) coefficients, their (p, p) covariance, their names
    se, low, high, statistic : (p,) standard errors, bounds, test statistics; their two-sided `p`
    df : of the tests, None where the reference is normal
    k : studies; model : "meta-regression" or "common-effect meta-regression"
    tau2 : residual variance between studies; tau2_method : key of `REGRESSION_TAU2`, "given" or "none"
    interval_method, interval_requested, interval_note : as in `Pool`; level : per cent
    q : the residual sum of squares QE with weights 1 / vi
    factor : what the inverse-variance covariance was multiplied by (1 for Wald and t)
    residual_variance : the generalised Q at tau2 over its degrees of freedom, Knapp and Hartung's factor
    x, coding, basis : the (k, p) design matrix, how it was made, its orthonormal basis
    yi, vi, labels, measure, left_out, table : what was analysed
    converged : whether the estimator of tau2 did
    notes : sentences a reader should see beside the result
    """

    b: FloatArray
    vb: FloatArray
    names: tuple[str, ...]
    se: FloatArray
    low: FloatArray
    high: FloatArray
    statistic: FloatArray
    df: float | None
    k: int
    model: str
    tau2: float
    tau2_method: str
    interval_method: str
    interval_requested: str
    interval_note: str
    level: float
    q: float
    factor: float
    residual_variance: float
    x: FloatArray
    coding: Coding | None
    basis: Basis
    yi: FloatArray
    vi: FloatArray
    labels: tuple[str, ...]
    measure: str | None
    left_out: tuple[Any, ...]
    table: Any
    converged: bool
    notes: tuple[str, ...]

    @cached_property
    def p(self) -> FloatArray:
        """(p,) two-sided p of the statistics."""
        tails = two_sided_p(self.statistic, inf if self.df is None else self.df)
        tails.flags.writeable = False
        return tails

    @property
    def residual_df(self) -> int:
        """Studies less coefficients."""
        return self.k - len(self.names)

    @property
    def fitted(self) -> FloatArray:
        """(k,) mean effects at the studies' own moderators."""
        result: FloatArray = self.x @ self.b
        return result

    @property
    def residuals(self) -> FloatArray:
        """(k,) effects less their fitted means."""
        return self.yi - self.fitted

    @property
    def hat(self) -> FloatArray:
        """(k,) leverages, the diagonal of the hat matrix; they add up to the number of coefficients."""
        w = 1.0 / (self.vi + self.tau2)
        inverse = np.linalg.inv(self.basis.gram(w.reshape(-1, 1))[0])
        result: FloatArray = w * np.add.reduce((self.basis.q @ inverse) * self.basis.q, axis=1)
        return result

    @property
    def weights(self) -> FloatArray:
        """(k,) weights of the studies, per cent."""
        w = 1.0 / (self.vi + self.tau2)
        return 100.0 * w / w.sum()

    @property
    def prediction(self) -> Interval | NotDefined:
        """Not a number: what a further study may find depends on its moderators; see `predict`."""
        return NotDefined("it depends on the moderators; ask predict()")

    @cached_property
    def typical_variance(self) -> float:
        """The typical sampling variance beside the moderators, to which I2 and H2 compare tau2."""
        return typical_residual_variance(self.basis, self.vi)

    @cached_property
    def heterogeneity(self) -> Heterogeneity:
        """What the moderators leave: QE and its test, tau2 with its Q-profile interval, I2 and H2."""
        typical = self.typical_variance
        ratio, common = self.q / self.residual_df, self.tau2_method == "none"
        ci = NotDefined(COMMON) if common else self._tau2_interval()
        return Heterogeneity(
            q=self.q,
            df=self.residual_df,
            p=float(chi_square_p(self.q, self.residual_df)),
            i2=100.0 * max(0.0, 1.0 - 1.0 / ratio if ratio > 0 else 0.0)
            if common
            else float(i2_of(self.tau2, typical)),
            h2=ratio if common else float(h2_of(self.tau2, typical)),
            tau2=self.tau2,
            tau=sqrt(self.tau2),
            tau2_method=self.tau2_method,
            tau2_ci=ci,
            i2_ci=_i2_interval(ci, typical),
            tau2_se=self.tau2_se,
        )

    def _tau2_interval(self) -> Interval | NotDefined:
        share = (100.0 - self.level) / 200.0
        upper, lower = (float(chi_square_quantile(s, self.residual_df)) for s in (share, 1.0 - share))
        low, high, found = profile_bounds(self.basis, self.yi, self.vi, (upper, lower), self.tau2)
        if not found:
            return NotDefined("the Q-profile equations were not solved")
        return Interval(low, high, self.level, "Q-profile")

    @cached_property
    def tau2_se(self) -> float | NotDefined:
        """The standard error of tau2."""
        if self.tau2_method in ("none", "given"):
            return NotDefined(COMMON if self.tau2_method == "none" else "tau2 was given")
        return tau2_se(self.tau2_method, self.basis, self.yi, self.vi, self.tau2)

    @cached_property
    def r2(self) -> float | NotDefined:
        """The share of the variance between studies that the moderators explain, per cent."""
        from synthesis.models.regression_comparing import explained

        return explained(self)

    @cached_property
    def likelihood(self) -> Likelihood:
        """The likelihood at the estimates and what is computed from it (restricted for REML)."""
        from synthesis.models.regression_comparing import likelihood_of

        return likelihood_of(self)

    @cached_property
    def moderators(self) -> Omnibus:
        """The test of all coefficients but the intercept (QM, or F); of the intercept if it is alone."""
        tested = tuple(name for name in self.names if name != INTERCEPT)
        return self.test(*(tested or self.names))

    def coefficient(self, name: str) -> Estimate:
        """One coefficient with its interval and test.

        Raises
        ------
        UnknownName
            When there is none of this name.
        """
        at = self._place(name)
        ci = Interval(float(self.low[at]), float(self.high[at]), self.level, self.interval_method)
        values = float(self.b[at]), float(self.se[at])
        statistic, p = float(self.statistic[at]), float(self.p[at])
        return Estimate(*values, ci, statistic, self.df, p, self.interval_method)

    def _place(self, name: str) -> int:
        return choose("coefficient", name, {one: at for at, one in enumerate(self.names)})

    def test(self, *names: str) -> Omnibus:
        """The test that the coefficients named are 0 together (metafor's `btt`).

        A name is that of a coefficient, or of a term, which stands for all its coefficients.
        """
        columns = tuple(dict.fromkeys(column for name in names for column in self._columns(name)))
        rows = np.zeros((len(columns), len(self.names)))
        for row, column in zip(rows, columns, strict=True):
            row[self._place(column)] = 1.0
        return self.contrasts(rows, columns)

    def _columns(self, name: str) -> tuple[str, ...]:
        if name in self.names or self.coding is None:
            return (name,)
        return self.coding.columns_of(name) or (name,)

    def contrasts(self, rows: Any, names: Sequence[str] = ()) -> Omnibus:
        """The test that linear combinations of the coefficients are 0 together.

        Parameters
        ----------
        rows : (m, p) array, a combination in each row; names : what to call them

        Raises
        ------
        PoolingError
            When the shape does not fit the coefficients, or a combination repeats others.
        """
        combined = np.atleast_2d(np.asarray(rows, dtype=np.float64))
        m, p = combined.shape
        if p != len(self.names) or m == 0 or np.linalg.matrix_rank(combined) < m:
            raise PoolingError(
                f"contrasts of shape {combined.shape} are not distinct combinations of the "
                f"{len(self.names)} coefficients ({', '.join(self.names)})"
            )
        values = combined @ self.b
        q = float(values @ np.linalg.solve(combined @ self.vb @ combined.T, values))
        called = tuple(names) or tuple(f"contrast {i + 1}" for i in range(m))
        if self.df is None:
            return Omnibus(called, q, m, None, float(chi_square_p(q, m)))
        from evidence.distributions import f_sf

        return Omnibus(called, q / m, m, self.df, f_sf(q / m, m, self.df))

    def predict(self, moderators: Mapping[str, Any] | Any = None, prediction: str = "t(k-p)") -> Predicted:
        """Mean effects at new values of the moderators, with both kinds of interval.

        Parameters
        ----------
        moderators : name -> values, as given to `regress`; or an (m, columns) array of the design's columns
            without the intercept, as metafor's `newmods`; the studies' own when None
        prediction : a key of `regression_predicting.PREDICTIONS`
        """
        from synthesis.models.regression_predicting import predict

        return predict(self, moderators, prediction)

    def vif(self) -> dict[str, float]:
        """How much the variance of each coefficient grows because moderators go together.

        Notes
        -----
        The diagonal of the inverse of the coefficients' correlation matrix, the intercept left out.

        References
        ----------
        Fox J, Monette G. J Am Stat Assoc 1992;87:178-83.
        """
        kept = [at for at, name in enumerate(self.names) if name != INTERCEPT]
        cov = self.vb[np.ix_(kept, kept)]
        factors = np.diag(cov) * np.diag(np.linalg.inv(cov))
        return {self.names[at]: float(value) for at, value in zip(kept, factors, strict=True)}

    def influence(self) -> Influence:
        """What each study does to the fit: the values of a fit without it, compared."""
        from synthesis.models.regression_influence import influence

        return influence(self)

    def to_frame(self) -> Any:
        """A pandas DataFrame with a row a coefficient.

        Raises
        ------
        MissingPackage
            When pandas is not installed.
        """
        from synthesis.describing_regression import to_frame

        return to_frame(self)

    def _repr_html_(self) -> str:
        """The coefficients as a small table, for notebooks."""
        from synthesis.describing_regression import to_html

        return to_html(self)

    def summary(self) -> str:
        """The result as a few lines of text, on the scale of the analysis."""
        from synthesis.describing_regression import summary

        return summary(self)

    def explain(self) -> str:
        """A few sentences for a methods section, naming what was used."""
        from synthesis.describing_regression import explain

        return explain(self)

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON types, floats to twelve significant digits."""
        from synthesis.describing_regression import to_dict

        return to_dict(self)

    def __str__(self) -> str:
        return self.summary()


def _i2_interval(ci: Interval | NotDefined, typical: float) -> Interval | NotDefined:
    if isinstance(ci, NotDefined):
        return ci
    return Interval(float(i2_of(ci.low, typical)), float(i2_of(ci.high, typical)), ci.level, ci.method)
