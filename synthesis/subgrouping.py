"""`subgroups`: pools of groups of studies, and whether they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from synthesis.errors import PoolingError, choose
from synthesis.fit import Pool
from synthesis.models.regression import refuse_unlike, shared_tau2
from synthesis.models.studies import Studies, given_tau2, keys_of, studies_of
from synthesis.models.subgroups import Group, Subgroups, compare, group_of, within
from synthesis.pooling import MODELS, OF_COUNTS, pool


def subgroups(
    table: Any = None,
    by: Mapping[str, Any] | Sequence[Any] | ArrayLike | None = None,
    *,
    yi: ArrayLike | None = None,
    vi: ArrayLike | None = None,
    labels: Sequence[str] | None = None,
    measure: str | None = None,
    model: str = "random-effects",
    tau2: str | float = "REML",
    common_tau2: bool = False,
    interval: str | None = None,
    level: float = 95.0,
) -> Subgroups:
    """The pool of each group of studies, the pool of all, and the test whether the groups differ.

    Parameters
    ----------
    table : EffectTable, the effects; or
    yi, vi : (k,) effects and their sampling variances, logs for ratios
    by : (k,) the group of each study; with a table also {study: group}
    labels, measure : names of the studies, code of the measure
    model : "random-effects" or "common-effect"
    tau2 : an estimator, or a number, for every group
    common_tau2 : whether the groups share one tau2, estimated from all of them; better where groups are small
    interval : as in `pool`; level : per cent

    Raises
    ------
    PoolingError
        When effects or groups cannot be used; it names the rows.
    UnknownName
        When a method does not exist; it lists those that do.

    Notes
    -----
    The groups' means are compared with the standard errors of their intervals. A group of one study has its
    own result, and takes part in the comparison. For several moderators, or an F test, see `regress`.

    References
    ----------
    Borenstein M, Higgins JPT. Prev Sci 2013;14:134-43. Cochrane Handbook, version 6.5, section 10.11.3.

    Examples
    --------
    >>> found = subgroups(yi=[0.1, 0.3, 0.7, 0.9], vi=[0.02, 0.03, 0.02, 0.04], by=["a", "a", "b", "b"])
    >>> found.levels, [round(group.mean.mu, 4) for group in found.groups]
    (('a', 'b'), [0.18, 0.7667])
    """
    choose("model", model, {name: name for name in MODELS if name not in OF_COUNTS})
    studies = studies_of(table, yi, vi, labels, measure)
    names = _names(by, studies)
    places = {name: np.array([one == name for one in names]) for name in dict.fromkeys(names)}
    between = given_tau2(tau2) if model == "random-effects" else "none"
    shared = _shared(studies, list(places.values()), between) if common_tau2 else None
    chosen = tau2 if shared is None or model == "common-effect" else shared
    options = {"model": model, "tau2": chosen, "interval": interval, "level": level}
    groups = tuple(_group(name, _part(studies, at), options, shared) for name, at in places.items())
    return Subgroups(
        groups=groups,
        overall=_pool(studies, options | {"tau2": tau2}),
        between=compare([group.mean for group in groups], "between groups"),
        between_common=compare([group.common for group in groups], "between groups, common effect"),
        within=within([group.pool for group in groups]),
        common_tau2=common_tau2,
        interval=MODELS[model] if interval is None else interval,
        level=float(level),
    )


def _names(by: Any, studies: Studies) -> list[str]:
    """The group of each study."""
    if by is None:
        raise PoolingError("say with by= which group each study belongs to")
    if isinstance(by, Mapping):
        keys = keys_of(studies)
        missing = [key for key in keys if key not in by]
        if missing:
            raise PoolingError(f"no group is given for: {', '.join(missing)}")
        by = [by[key] for key in keys]
    values = list(by)
    if len(values) != studies.k:
        raise PoolingError(f"by holds {len(values)} groups but there are {studies.k} effects")
    bad = [f"row {i + 1} ({studies.labels[i]})" for i, one in enumerate(values) if _missing(one)]
    if bad:
        raise PoolingError(f"no group is given for: {', '.join(bad)}")
    return [str(one) for one in values]


def _missing(value: Any) -> bool:
    return value is None or value == "" or value != value  # the last for NaN


def _shared(studies: Studies, places: list[Any], between: str | float) -> float:
    if between == "none" or not isinstance(between, str):
        return 0.0 if isinstance(between, str) else between
    if len(places) >= studies.k:
        raise PoolingError("every group is one study, so nothing tells a tau2 common to them")
    refuse_unlike(studies)
    return shared_tau2(between, np.column_stack(places).astype(np.float64), studies.yi, studies.vi)


def _part(studies: Studies, at: Any) -> Studies:
    labels = tuple(label for label, kept in zip(studies.labels, at, strict=True) if kept)
    return Studies(studies.yi[at], studies.vi[at], labels, studies.measure, (), None)


def _group(name: str, part: Studies, options: dict[str, Any], shared: float | None) -> Group:
    return group_of(name, _pool(part, options), shared)


def _pool(part: Studies, options: dict[str, Any]) -> Pool:
    if part.table is not None:
        return pool(part.table, **options)
    return pool(yi=part.yi, vi=part.vi, labels=part.labels, measure=part.measure, **options)
