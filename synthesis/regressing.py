"""`regress`: mean effects beside moderators, from a table of effects or from plain arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from synthesis.errors import PoolingError, choose
from synthesis.models.regression import INTERVALS, RegressionChoices, fit_regression
from synthesis.models.regression_design import code
from synthesis.models.regression_fit import Regression
from synthesis.models.studies import Studies, given_tau2, keys_of, percent, studies_of

MODELS = {"random-effects": "HKSJ-wider", "common-effect": "Wald"}
"""Each model and the interval it takes when none is asked for."""


def regress(
    table: Any = None,
    moderators: Mapping[str, Any] | ArrayLike | None = None,
    *,
    terms: str | Sequence[str] | None = None,
    intercept: bool = True,
    reference: Mapping[str, str] | None = None,
    yi: ArrayLike | None = None,
    vi: ArrayLike | None = None,
    labels: Sequence[str] | None = None,
    measure: str | None = None,
    model: str = "random-effects",
    tau2: str | float = "REML",
    interval: str | None = None,
    level: float = 95.0,
) -> Regression:
    """Mean effects as a linear function of moderators, with what they leave unexplained.

    Parameters
    ----------
    table : EffectTable, the effects; or
    yi, vi : (k,) effects and their sampling variances, logs for ratios
    moderators : name -> (k,) numbers or words (with a table, also name -> {study: value}); or a (k,) or
        (k, m) array of numbers, called x1, x2, ...; an intercept alone when None
    terms : the terms of the model, `"dose + design"`, `["dose", "dose:design"]`, `"dose * design"`; all
        moderators when None
    intercept : whether there is one; without it words have a coefficient for every level
    reference : moderator of words -> the level that the others are compared with; the first by the alphabet
    labels, measure : names of the studies, code of the measure
    model : "random-effects" or "common-effect" (tau2 = 0)
    tau2 : a key of `synthesis.models.regression_tau2.REGRESSION_TAU2`, or a number
    interval : "HKSJ-wider" (default), "HKSJ" (Knapp and Hartung, metafor `knha`), "HKSJ-floor" (`adhoc`),
        "Wald" (`z`, the common-effect model's default) or "t"; it rules the tests as well
    level : per cent

    Raises
    ------
    PoolingError
        When effects, variances or moderators cannot be used, studies are no more than coefficients, or
        columns repeat others; it names them.
    UnknownName
        When a method, moderator or level does not exist; it lists those that do.

    References
    ----------
    Thompson SG, Higgins JPT. Stat Med 2002;21:1559-73. Knapp G, Hartung J. Stat Med 2003;22:2693-710.

    Examples
    --------
    >>> fit = regress(yi=[0.1, 0.3, 0.7, 0.8], vi=[0.02, 0.03, 0.02, 0.04], moderators={"dose": [1, 2, 3, 4]})
    >>> fit.names, fit.b.round(4).tolist()
    (('intercept', 'dose'), [-0.16, 0.26])
    >>> fit.predict({"dose": [5]}).mu.round(4).tolist()
    [1.14]
    """
    default = choose("model", model, MODELS)
    method = default if interval is None else interval
    choose("interval", method, {name: name for name in INTERVALS})
    studies = studies_of(table, yi, vi, labels, measure)
    between = given_tau2(tau2) if model == "random-effects" else "none"
    values = _values(moderators, studies)
    coding = code(values, terms, intercept, reference)
    if not coding.names:
        raise PoolingError("nothing to estimate: there is no intercept and no moderator")
    x = coding.matrix(values, studies.k)
    return fit_regression(
        studies, x, coding.names, RegressionChoices(between, method, percent(level)), coding
    )


def _values(moderators: Mapping[str, Any] | ArrayLike | None, studies: Studies) -> dict[str, Any]:
    """name -> one value for each study."""
    if moderators is None:
        return {}
    if not hasattr(moderators, "keys"):
        return _of_array(moderators, studies.k)
    columns: Any = moderators
    found = {str(name): _of_studies(str(name), columns[name], studies) for name in columns}
    for name, values in found.items():
        if np.ndim(values) != 1 or len(values) != studies.k:
            raise PoolingError(
                f"moderator {name} has shape {np.shape(values)}, but there are {studies.k} studies"
            )
    return found


def _of_array(moderators: ArrayLike, k: int) -> dict[str, Any]:
    array = np.asarray(moderators)
    if array.ndim not in (1, 2) or array.shape[0] != k:
        raise PoolingError(f"moderators have shape {array.shape}, but there are {k} studies")
    columns = array.reshape(k, -1)
    return {f"x{j + 1}": columns[:, j] for j in range(columns.shape[1])}


def _of_studies(name: str, values: Any, studies: Studies) -> Any:
    """The values in the order of a table's rows, where they are given by study."""
    if not isinstance(values, Mapping):
        return np.asarray(values, dtype=object) if _mixed(values) else np.asarray(values)
    keys = keys_of(studies)
    missing = [key for key in keys if key not in values]
    if missing:
        raise PoolingError(f"moderator {name} has no value for: {', '.join(missing)}")
    return np.array([values[key] for key in keys])


def _mixed(values: Any) -> bool:
    """Whether words and other things stand together, which NumPy would all make words."""
    if getattr(values, "dtype", None) is not None:
        return False
    kinds = {isinstance(one, str) for one in values} if np.ndim(values) == 1 else set()
    return len(kinds) > 1
