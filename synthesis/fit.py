"""The answers of a model: frozen records, complete when built.

Every model gives one small shape: coefficients `b` with covariance `vb` and their `names`, the number of
studies `k`, what was chosen, whether it converged, what was left out. `Pool` is the shape with one
coefficient. All numbers are on the scale of the analysis (`yi`, so log for ratios).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from synthesis.arrays import FloatArray
    from synthesis.rounding_reach import Reach


@dataclass(frozen=True, slots=True)
class Interval:
    """Bounds, the level in per cent, and the name of the method they come from."""

    low: float
    high: float
    level: float
    method: str

    @property
    def width(self) -> float:
        """How far apart the bounds are."""
        return self.high - self.low


@dataclass(frozen=True, slots=True)
class NotDefined:
    """A quantity that has no value here, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean effect with its standard error, interval and test against the scale's zero.

    `df` is None where the reference distribution is normal.
    """

    mu: float
    se: float
    ci: Interval
    statistic: float
    df: float | None
    p: float
    method: str


@dataclass(frozen=True, slots=True)
class Heterogeneity:
    """How much effects differ: Cochran's Q and its test, tau2, and I2 (per cent) and H2 from tau2.

    Notes
    -----
    I2 = 100 tau2 / (tau2 + s2) and H2 = (tau2 + s2) / s2 with s2 the typical sampling variance
    (Higgins & Thompson 2002), as metafor does; in a common-effect fit, which has no tau2, they are
    max(0, (Q - df) / Q) and Q / df.
    """

    q: float
    df: int
    p: float
    i2: float
    h2: float
    tau2: float
    tau: float
    tau2_method: str
    tau2_ci: Interval | NotDefined
    i2_ci: Interval | NotDefined
    tau2_se: float | NotDefined = NotDefined("this model gives none")


@dataclass(frozen=True, slots=True)
class Likelihood:
    """How well a model fits: `criterion` "ML" or "REML", log-likelihood, deviance, information criteria.

    Notes
    -----
    As metafor's `fitstats`: the deviance of "ML" is from the saturated model, that of "REML" -2 `ll`; the
    parameters counted are the mean and, unless it was given or 0, tau2.
    """

    criterion: str
    ll: float
    deviance: float
    aic: float
    bic: float
    aicc: float


@dataclass(frozen=True, slots=True, eq=False)
class StudyEffects:
    """The true effects of the studies as the model sees them, (k,) arrays in the order of the studies.

    Attributes
    ----------
    effect, se, low, high : best linear unbiased predictions, each drawn from the study's own estimate
        towards the mean, with their standard errors and normal intervals
    residual, standardised : the estimate less the mean, and that in its own standard errors
    """

    effect: FloatArray
    se: FloatArray
    low: FloatArray
    high: FloatArray
    residual: FloatArray
    standardised: FloatArray


@dataclass(frozen=True, slots=True)
class ChiSquare:
    """A test whose statistic is chi-square on `df` degrees of freedom."""

    name: str
    statistic: float
    df: int
    p: float


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """One mean effect of several studies: what `synthesis.pool` gives.

    Attributes
    ----------
    b, vb : (1,) and (1, 1) arrays, the coefficient and its covariance
    names : ("mu",)
    k : studies pooled
    model : "random-effects", "common-effect", "mantel-haenszel" or "peto"
    tau2_method : key of `synthesis.tau2.TAU2`, "given" for a number, "none" for the common effect
    interval_method : the interval that applied, such as "HKSJ" or "Wald"
    interval_requested : the interval asked for; `interval_note` says why they differ, or ""
    level : per cent
    mu, se, ci, statistic, df, p : the mean effect; statistic, df and p belong to the interval shown
    common : the common-effect estimate with its Wald interval, whatever the model
    heterogeneity, prediction : NotDefined where there are too few studies
    prediction_alternative : the prediction interval on t(k - 2)
    weights : (k,) array, per cent of the model fitted; weighting : "inverse-variance", "equal",
        "sample-size" or "given"
    likelihood : of the model, NotDefined for a single study
    yi, vi, labels, measure, left_out, table : what was pooled
    converged : whether the estimator of tau2 did
    notes : sentences a reader should see beside the result
    tests : of the common effect and of homogeneity, where a model has its own (Mantel-Haenszel)
    """

    b: FloatArray
    vb: FloatArray
    names: tuple[str, ...]
    k: int
    model: str
    tau2_method: str
    interval_method: str
    interval_requested: str
    interval_note: str
    level: float
    mu: float
    se: float
    ci: Interval
    statistic: float
    df: float | None
    p: float
    common: Estimate
    heterogeneity: Heterogeneity | NotDefined
    prediction: Interval | NotDefined
    prediction_alternative: Interval | NotDefined
    weights: FloatArray
    yi: FloatArray
    vi: FloatArray
    labels: tuple[str, ...]
    measure: str | None
    left_out: tuple[Any, ...]
    table: Any
    converged: bool
    notes: tuple[str, ...]
    tests: tuple[ChiSquare, ...] = ()
    weighting: str = "inverse-variance"
    likelihood: Likelihood | NotDefined = NotDefined("this model gives none")

    @property
    def common_effect(self) -> bool:
        """Whether the model holds one effect common to all studies, by whatever weights."""
        return self.tau2_method == "none"

    @property
    def headline(self) -> bool:
        """Whether the mean is worth a diamond: not for one study, nor for two."""
        return self.k > 2

    def summary(self) -> str:
        """The result as a few lines of text."""
        from synthesis.describing import summary

        return summary(self)

    def explain(self) -> str:
        """A sentence or two for a methods section, naming what was used."""
        from synthesis.describing import explain

        return explain(self)

    def study_effects(self) -> StudyEffects:
        """What the model says of each study: predictions of its true effect (BLUPs), and residuals."""
        from synthesis.models.study_effects import study_effects

        return study_effects(self)

    def reach(self) -> Reach | NotDefined:
        """The least and the greatest mean over all numbers that round to those printed, by a search."""
        from synthesis.rounding_reach import reach

        return reach(self)

    def to_frame(self) -> Any:
        """A pandas DataFrame, a row a study and one for the mean, on the scale of the analysis.

        Raises
        ------
        MissingPackage
            When pandas is not installed.
        """
        from synthesis.describing_tables import to_frame

        return to_frame(self)

    def _repr_html_(self) -> str:
        """The result as a small table, for notebooks."""
        from synthesis.describing_tables import to_html

        return to_html(self)

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON types, floats to twelve significant digits."""
        from synthesis.describing import to_dict

        return to_dict(self)

    def __str__(self) -> str:
        return self.summary()
