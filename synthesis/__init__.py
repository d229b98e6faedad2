"""What needs more than one study: comparing, pooling and showing them.

The names below are doors: each is imported from its own module when it is first used, so that
importing this package loads nothing else. `synthesis.plot` is a module of doors, one a figure.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import synthesis.plot as plot
    from evidence._version import __version__
    from synthesis.combining_p import combine_p
    from synthesis.counting import mantel_haenszel, peto
    from synthesis.diagnostics.cumulative import cumulative
    from synthesis.diagnostics.gosh import gosh
    from synthesis.diagnostics.influence import baujat, influence, radial
    from synthesis.diagnostics.leave_one_out import leave_one_out
    from synthesis.estimating import effects
    from synthesis.fit import Pool
    from synthesis.models.regression_comparing import likelihood_ratio
    from synthesis.models.regression_fit import Regression
    from synthesis.models.stratified import ZeroCells
    from synthesis.pooling import pool
    from synthesis.regressing import regress
    from synthesis.reporting.assembly import report
    from synthesis.subgrouping import subgroups
    from synthesis.table import EffectTable

_DOORS = {
    "EffectTable": "synthesis.table",
    "Pool": "synthesis.fit",
    "Regression": "synthesis.models.regression_fit",
    "ZeroCells": "synthesis.models.stratified",
    "__version__": "evidence._version",
    "baujat": "synthesis.diagnostics.influence",
    "combine_p": "synthesis.combining_p",
    "cumulative": "synthesis.diagnostics.cumulative",
    "effects": "synthesis.estimating",
    "gosh": "synthesis.diagnostics.gosh",
    "influence": "synthesis.diagnostics.influence",
    "leave_one_out": "synthesis.diagnostics.leave_one_out",
    "likelihood_ratio": "synthesis.models.regression_comparing",
    "mantel_haenszel": "synthesis.counting",
    "peto": "synthesis.counting",
    "pool": "synthesis.pooling",
    "radial": "synthesis.diagnostics.influence",
    "regress": "synthesis.regressing",
    "report": "synthesis.reporting.assembly",
    "subgroups": "synthesis.subgrouping",
}

__all__ = [
    "EffectTable",
    "Pool",
    "Regression",
    "ZeroCells",
    "__version__",
    "baujat",
    "combine_p",
    "cumulative",
    "effects",
    "gosh",
    "influence",
    "leave_one_out",
    "likelihood_ratio",
    "mantel_haenszel",
    "peto",
    "plot",
    "pool",
    "radial",
    "regress",
    "report",
    "subgroups",
]


def __getattr__(name: str) -> Any:
    if name == "plot":
        return import_module("synthesis.plot")
    if name not in _DOORS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_DOORS[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
