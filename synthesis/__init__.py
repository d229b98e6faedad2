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
    from synthesis.comparing import compare
    from synthesis.counting import mantel_haenszel, peto
    from synthesis.diagnostics.cumulative import cumulative
    from synthesis.diagnostics.excess_significance import excess_significance
    from synthesis.diagnostics.fail_safe_n import fail_safe_n
    from synthesis.diagnostics.gosh import gosh
    from synthesis.diagnostics.influence import baujat, influence, radial
    from synthesis.diagnostics.leave_one_out import leave_one_out
    from synthesis.diagnostics.limit_meta_analysis import limit_meta_analysis
    from synthesis.diagnostics.p_curve import p_curve
    from synthesis.diagnostics.precision_effect import pet_peese, unrestricted_mean
    from synthesis.diagnostics.small_study.asymmetry import small_study
    from synthesis.diagnostics.trim_and_fill import trim_and_fill
    from synthesis.estimating import effects
    from synthesis.every_way import multiverse
    from synthesis.fit import Pool
    from synthesis.indirect_comparison import indirect
    from synthesis.models.regression_comparing import likelihood_ratio
    from synthesis.models.regression_fit import Regression
    from synthesis.models.stratified import ZeroCells
    from synthesis.pooling import pool
    from synthesis.pooling_many import pool_many
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
    "compare": "synthesis.comparing",
    "cumulative": "synthesis.diagnostics.cumulative",
    "effects": "synthesis.estimating",
    "excess_significance": "synthesis.diagnostics.excess_significance",
    "fail_safe_n": "synthesis.diagnostics.fail_safe_n",
    "gosh": "synthesis.diagnostics.gosh",
    "indirect": "synthesis.indirect_comparison",
    "influence": "synthesis.diagnostics.influence",
    "leave_one_out": "synthesis.diagnostics.leave_one_out",
    "likelihood_ratio": "synthesis.models.regression_comparing",
    "limit_meta_analysis": "synthesis.diagnostics.limit_meta_analysis",
    "mantel_haenszel": "synthesis.counting",
    "multiverse": "synthesis.every_way",
    "p_curve": "synthesis.diagnostics.p_curve",
    "pet_peese": "synthesis.diagnostics.precision_effect",
    "peto": "synthesis.counting",
    "pool": "synthesis.pooling",
    "pool_many": "synthesis.pooling_many",
    "radial": "synthesis.diagnostics.influence",
    "regress": "synthesis.regressing",
    "report": "synthesis.reporting.assembly",
    "small_study": "synthesis.diagnostics.small_study.asymmetry",
    "subgroups": "synthesis.subgrouping",
    "trim_and_fill": "synthesis.diagnostics.trim_and_fill",
    "unrestricted_mean": "synthesis.diagnostics.precision_effect",
}

__all__ = [
    "EffectTable",
    "Pool",
    "Regression",
    "ZeroCells",
    "__version__",
    "baujat",
    "combine_p",
    "compare",
    "cumulative",
    "effects",
    "excess_significance",
    "fail_safe_n",
    "gosh",
    "indirect",
    "influence",
    "leave_one_out",
    "likelihood_ratio",
    "limit_meta_analysis",
    "mantel_haenszel",
    "multiverse",
    "p_curve",
    "pet_peese",
    "peto",
    "plot",
    "pool",
    "pool_many",
    "radial",
    "regress",
    "report",
    "small_study",
    "subgroups",
    "trim_and_fill",
    "unrestricted_mean",
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
