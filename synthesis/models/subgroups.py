"""Groups of studies pooled apart, and the test whether their means differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np

from synthesis.fit import ChiSquare, Estimate, Interval, NotDefined, Pool
from synthesis.intervals import chi_square_p, wald

ONE_GROUP = "there is one group only"


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """One group of studies.

    Attributes
    ----------
    level : what the studies share; k : how many they are
    pool : their pool; of one study its own result
    mean : their mean under the model, with which groups are compared: the pool's, but for one study
        beside a tau2 common to all groups, which widens its interval too
    common : their common-effect mean
    tau2 : the variance between studies, NotDefined for one study with a tau2 of its own
    """

    level: str
    k: int
    pool: Pool
    mean: Estimate
    common: Estimate
    tau2: float | NotDefined


@dataclass(frozen=True, slots=True, eq=False)
class Subgroups:
    """Groups of studies side by side: what `synthesis.subgroups` gives.

    Attributes
    ----------
    groups : in order of appearance; overall : the pool of all studies
    between : the test that the groups' means are equal, NotDefined for one group
    between_common : the same of the groups' common-effect means
    within : the sum of the groups' Q, with its test; NotDefined where every group is one study
    common_tau2 : whether the groups share one tau2; interval, level : as asked for
    """

    groups: tuple[Group, ...]
    overall: Pool
    between: ChiSquare | NotDefined
    between_common: ChiSquare | NotDefined
    within: ChiSquare | NotDefined
    common_tau2: bool
    interval: str
    level: float

    @property
    def levels(self) -> tuple[str, ...]:
        """The groups' names."""
        return tuple(group.level for group in self.groups)

    def group(self, level: str) -> Group:
        """The group of this name.

        Raises
        ------
        UnknownName
            When there is none.
        """
        from synthesis.errors import choose

        return choose("group", level, {group.level: group for group in self.groups})

    def to_frame(self) -> Any:
        """A pandas DataFrame with a row a group and one for all studies.

        Raises
        ------
        MissingPackage
            When pandas is not installed.
        """
        from synthesis.describing_subgroups import to_frame

        return to_frame(self)

    def _repr_html_(self) -> str:
        """The groups as a small table, for notebooks."""
        from synthesis.describing_subgroups import to_html

        return to_html(self)

    def summary(self) -> str:
        """The groups as a few lines of text."""
        from synthesis.describing_subgroups import summary

        return summary(self)

    def explain(self) -> str:
        """A few sentences for a methods section, naming what was used."""
        from synthesis.describing_subgroups import explain

        return explain(self)

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON types, floats to twelve significant digits."""
        from synthesis.describing_subgroups import to_dict

        return to_dict(self)

    def __str__(self) -> str:
        return self.summary()


def group_of(level: str, pool: Pool, shared: float | None) -> Group:
    """A group from its pool; `shared` is the tau2 that the groups have in common, if they have one."""
    single = pool.k == 1
    mean = _widened(pool, shared) if single and shared is not None else _mean(pool)
    tau2: float | NotDefined = NotDefined("one study")
    if shared is not None:
        tau2 = shared
    elif not isinstance(pool.heterogeneity, NotDefined):
        tau2 = pool.heterogeneity.tau2
    return Group(level, pool.k, pool, mean, pool.common, tau2)


def _mean(pool: Pool) -> Estimate:
    return Estimate(pool.mu, pool.se, pool.ci, pool.statistic, pool.df, pool.p, pool.interval_method)


def _widened(pool: Pool, tau2: float) -> Estimate:
    """The mean of one study when effects of other groups tell how much effects vary."""
    told = wald(pool.mu, sqrt(float(pool.vi[0]) + tau2), 0.0, 1, pool.level)
    ci = Interval(float(told.low), float(told.high), pool.level, "Wald")
    return Estimate(pool.mu, float(told.se), ci, float(told.statistic), None, float(told.p), "Wald")


def compare(estimates: Sequence[Estimate], name: str) -> ChiSquare | NotDefined:
    """The test that means are equal: their weighted sum of squares, chi-square on one df fewer.

    References
    ----------
    Borenstein M, Higgins JPT. Prev Sci 2013;14:134-43.
    """
    if len(estimates) < 2:
        return NotDefined(ONE_GROUP)
    mu = np.array([one.mu for one in estimates])
    w = np.array([one.se**-2 for one in estimates])
    centred = mu - mu[int(np.argmax(w))]
    centred = centred - np.sum(w * centred) / np.sum(w)
    q, df = float(np.sum(w * centred * centred)), len(estimates) - 1
    return ChiSquare(name, q, df, float(chi_square_p(q, df)))


def within(pools: Sequence[Pool]) -> ChiSquare | NotDefined:
    """The groups' Q added up, and the test of it."""
    parts = [one.heterogeneity for one in pools if not isinstance(one.heterogeneity, NotDefined)]
    if not parts:
        return NotDefined("every group is one study")
    q, df = sum(one.q for one in parts), sum(one.df for one in parts)
    return ChiSquare("within groups", q, df, float(chi_square_p(q, df)))
