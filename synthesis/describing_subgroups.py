"""`Subgroups` in words, as text and as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidence.emitting import emitted
from synthesis.describing import shown, shown_p
from synthesis.fit import ChiSquare, Estimate, NotDefined

if TYPE_CHECKING:
    from synthesis.models.subgroups import Group, Subgroups


def summary(found: Subgroups) -> str:
    """A line a group, then whether they differ, on the scale of the analysis."""
    overall = found.overall
    lines = [f"{len(found.groups)} groups, {overall.k} studies", *(_line(group) for group in found.groups)]
    lines.append(f"all studies: {shown(overall.mu)} [{shown(overall.ci.low)}, {shown(overall.ci.high)}]")
    return "\n".join([*lines, f"groups differ: {_test(found.between)}", f"within: {_test(found.within)}"])


def _line(group: Group) -> str:
    mean = group.mean
    studies = "1 study" if group.k == 1 else f"{group.k} studies"
    spread = f"; tau2 = {shown(group.tau2)}" if isinstance(group.tau2, float) else ""
    return f"{group.level}: {shown(mean.mu)} [{shown(mean.ci.low)}, {shown(mean.ci.high)}], {studies}{spread}"


def _test(test: ChiSquare | NotDefined) -> str:
    if isinstance(test, NotDefined):
        return f"not defined, {test.reason}"
    return f"chi-square = {shown(test.statistic)} on {test.df} df, {shown_p(test.p)}"


def explain(found: Subgroups) -> str:
    """A methods paragraph naming what was used."""
    several = next((group.pool for group in found.groups if group.k > 1), found.overall)
    shared = "one tau2 common to all groups" if found.common_tau2 else "a tau2 of its own for each group"
    how = "" if several.common_effect else f", with {shared}"
    return (
        f"Studies were pooled in {len(found.groups)} groups{how}. {found.overall.explain()} Group means were "
        "compared by their weighted sum of squares, chi-square on one degree of freedom fewer than groups."
    )


def to_dict(found: Subgroups) -> dict[str, Any]:
    """Plain JSON types; floats to twelve significant digits."""
    tests = {name: _plain(getattr(found, name)) for name in ("between", "between_common", "within")}
    groups = [
        {
            "level": group.level,
            "k": group.k,
            "mean": _plain(group.mean),
            "common": _plain(group.common),
            "tau2": _plain(group.tau2),
            "pool": group.pool.to_dict(),
        }
        for group in found.groups
    ]
    rest = {"common_tau2": found.common_tau2, "interval": found.interval, "level": found.level}
    return {"groups": groups, "overall": found.overall.to_dict(), **tests, **rest}


def _plain(value: ChiSquare | Estimate | NotDefined | float) -> Any:
    if isinstance(value, NotDefined):
        return {"not_defined": value.reason}
    if isinstance(value, float):
        return emitted(value)
    from dataclasses import asdict

    return emitted(asdict(value))
