"""Many meta-analyses at once: the means, intervals and heterogeneity of each, as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from synthesis.arrays import SMALL_BLOCK, Batch, BoolArray, Common, FloatArray, along, in_blocks
from synthesis.errors import choose
from synthesis.intervals import (
    INTERVALS,
    PREDICTIONS,
    Inference,
    Spread,
    chi_square_p,
    hartung_knapp_se,
    two_sided_p,
)
from synthesis.intervals.kenward_roger import kenward_roger
from synthesis.intervals.moments import symmetric
from synthesis.tau2 import TAU2
from synthesis.tau2_kernels import ITERATED, KERNELS

if TYPE_CHECKING:
    from synthesis.fit import Pool

NEEDS_ERROR = ("KR", "KR(df-1)")


@dataclass(frozen=True, slots=True, eq=False)
class ManyPools:
    """The pools of a batch: what `synthesis.pool_many` gives.

    Every quantity is an array of the batch's shape, on the scale of the analysis.

    Attributes
    ----------
    mu, se, low, high, df : the mean, its standard error and interval; df is inf where it is normal
    k : studies used
    tau2, i2, h2, q : heterogeneity as in `synthesis.fit.Heterogeneity`; 0, 0, 1 and 0 for one study
    prediction_low, prediction_high : of a further study; -inf and inf with fewer than three studies
    weights_sum : the sum of 1 / (vi + tau2)
    converged : whether the estimator of tau2 did
    model, tau2_method, interval, prediction, level : what was asked for
    yi, vi, where : what was pooled; `where` is None when every study is used
    """

    mu: FloatArray
    se: FloatArray
    low: FloatArray
    high: FloatArray
    df: FloatArray
    k: NDArray[np.int64]
    tau2: FloatArray
    i2: FloatArray
    h2: FloatArray
    q: FloatArray
    prediction_low: FloatArray
    prediction_high: FloatArray
    converged: BoolArray
    model: str
    tau2_method: str
    interval: str
    prediction: str
    level: float
    yi: FloatArray
    vi: FloatArray
    where: BoolArray | None

    @property
    def statistic(self) -> FloatArray:
        """mu / se."""
        return self.mu / self.se

    @property
    def p(self) -> FloatArray:
        """The two-sided p of the statistic."""
        return two_sided_p(self.statistic, self.df)

    @property
    def q_p(self) -> FloatArray:
        """The p of Cochran's Q; 1 for one study."""
        return np.where(self.k > 1, chi_square_p(self.q, np.maximum(self.k - 1.0, 1.0)), 1.0)

    def __len__(self) -> int:
        return int(self.mu.shape[0]) if self.mu.ndim else 1

    def __getitem__(self, place: int | tuple[int, ...]) -> Pool:
        """The complete pool of one meta-analysis of the batch."""
        from synthesis.pooling import pool

        yi, vi = np.broadcast_arrays(self.yi, self.vi)
        used = slice(None) if self.where is None else np.broadcast_to(self.where, yi.shape)[place]
        given = self.tau2_method not in TAU2 and self.model == "random-effects"
        return pool(
            yi=yi[place][used],
            vi=vi[place][used],
            model=self.model,
            tau2=float(self.tau2[place])
            if given
            else "REML"
            if self.model != "random-effects"
            else self.tau2_method,
            interval=self.interval,
            level=self.level,
            prediction=self.prediction,
        )

    def tau2_bounds(self, method: str = "Q-profile") -> tuple[FloatArray, FloatArray, BoolArray]:
        """The bounds of tau2 by a key of `TAU2_INTERVALS`, and whether they were found."""
        from synthesis.tau2_intervals import TAU2_INTERVALS

        interval = choose("tau2 interval", method, TAU2_INTERVALS)
        return interval(self.yi, self.vi, self.level, self.where)

    def to_frame(self) -> Any:
        """A pandas DataFrame with a row a meta-analysis."""
        from synthesis.describing_tables import batch_frame

        return batch_frame(self)

    def __str__(self) -> str:
        from synthesis.describing_tables import batch_summary

        return batch_summary(self)


@dataclass(frozen=True, slots=True)
class ManyChoices:
    """What was asked for; `tau2` is an estimator's key, or "given" or "none" with numbers beside it."""

    model: str
    tau2: str
    interval: str
    level: float
    prediction: str


def fit_many(
    yi: FloatArray, vi: FloatArray, where: BoolArray | None, tau2: FloatArray, choices: ManyChoices
) -> ManyPools:
    """The pools of a batch of checked studies, (..., k); `tau2` is used unless an estimator is named."""
    if choices.tau2 in TAU2 and (choices.tau2 not in KERNELS or choices.tau2 in ITERATED):
        tau2, done = TAU2[choices.tau2](yi, vi, where)
    else:
        done = np.ones(tau2.shape, np.bool_)
    k, mu, se, q_model, q, typical, between, converged = in_blocks(
        _kernel(choices.tau2), yi, vi, where, tau2.reshape(-1), done.reshape(-1), together=SMALL_BLOCK
    )
    shown, errors = _shown(vi, where, between, (mu, se, q_model, k), choices)
    low, high = _predicted(Spread(mu, between, se, *errors, shown, k), choices)
    common = choices.model == "common-effect"
    share, ratio = _heterogeneity(q, k, between, typical, common)
    return ManyPools(
        mu=mu,
        se=shown.se,
        low=shown.low,
        high=shown.high,
        df=shown.df,
        k=k.astype(np.int64),
        tau2=between,
        i2=share,
        h2=ratio,
        q=q,
        prediction_low=low,
        prediction_high=high,
        converged=converged,
        model=choices.model,
        tau2_method=choices.tau2,
        interval=choices.interval,
        prediction=choices.prediction,
        level=choices.level,
        yi=yi,
        vi=vi,
        where=where,
    )


def _kernel(method: str) -> Any:
    def kernel(batch: Batch, tau2: FloatArray, done: BoolArray) -> tuple[NDArray[Any], ...]:
        square = batch.unit * batch.unit
        closed = method in KERNELS and method not in ITERATED
        between, converged = KERNELS[method](batch) if closed else (tau2, done)
        if not batch.several:
            between = np.where(batch.k > 1.0, between, 0.0)  # one study has its own interval
        one = batch.common
        w = batch.v + between / square
        np.reciprocal(w, out=w)
        total = np.add.reduce(w, axis=0)
        shift = along(w, one.r) / total  # from the common-effect mean, near which most weight lies
        q_model = along(w, one.r, one.r) - total * shift * shift
        mu = batch.centre + (one.mu + shift) * batch.unit
        least = (16 * np.finfo(np.float64).eps * batch.centre / batch.unit) ** 2
        q, q_model = _beyond(one.q, least * one.s1), _beyond(q_model, least * total)
        typical = _typical(one, batch.k) * square
        return batch.k, mu, batch.unit / np.sqrt(total), q_model, q, typical, between, converged

    return kernel


def _beyond(q: FloatArray, least: FloatArray) -> FloatArray:
    """Weighted sums of squares, 0 where they are mere rounding."""
    rounding = q <= least
    return np.where(rounding, 0.0, q) if rounding.any() else q


def _typical(one: Common, k: FloatArray) -> FloatArray:
    with np.errstate(invalid="ignore", divide="ignore"):
        typical = (k - 1.0) / one.spread
    single = k <= 1.0
    return np.where(single, np.inf, typical) if single.any() else typical


def _shown(
    vi: ArrayLike,
    where: BoolArray | None,
    tau2: FloatArray,
    numbers: tuple[FloatArray, FloatArray, FloatArray, FloatArray],
    choices: ManyChoices,
) -> tuple[Inference, tuple[FloatArray, FloatArray, FloatArray]]:
    """The interval, and the Hartung-Knapp and Kenward-Roger standard errors with the latter's df."""
    mu, se, q, k = numbers
    knapp = hartung_knapp_se(se, q, k)
    if choices.interval not in NEEDS_ERROR and choices.prediction not in NEEDS_ERROR:
        return INTERVALS[choices.interval](mu, se, q, k, choices.level), (knapp, se, k)
    se_kr, df_kr = kenward_roger(vi, tau2, where)
    if choices.interval == "KR":
        return symmetric(mu, se_kr, df_kr, choices.level), (knapp, se_kr, df_kr)
    return INTERVALS[choices.interval](mu, se, q, k, choices.level), (knapp, se_kr, df_kr)


def _predicted(spread: Spread, choices: ManyChoices) -> tuple[FloatArray, FloatArray]:
    unbounded = np.full(spread.mu.shape, np.inf)
    if choices.model == "common-effect":
        return -unbounded, unbounded
    low, high = PREDICTIONS[choices.prediction](spread, choices.level)
    few = spread.k < 3.0
    if not few.any():
        return low, high
    return np.where(few, -unbounded, low), np.where(few, unbounded, high)


def _heterogeneity(
    q: FloatArray, k: FloatArray, tau2: FloatArray, typical: FloatArray, common: bool
) -> tuple[FloatArray, FloatArray]:
    """I2 in per cent and H2, from tau2, or from Q under the common-effect model."""
    if common:
        df = np.maximum(k - 1.0, 1.0)
        ratio = np.where(k > 1.0, q / df, 1.0)
        return 100.0 * np.maximum(0.0, 1.0 - df / np.maximum(q, df)), ratio
    return 100.0 * tau2 / (tau2 + typical), tau2 / typical + 1.0
