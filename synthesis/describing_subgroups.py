"""`Subgroups` in words, as text and as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidence.emitting import emitted
from synthesis.describing import shown, shown_p
from synthesis.describing_regression import frame, html_table
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


COLUMNS = ("level", "k", "mu", "se", "low", "high", "p", "tau2")


def to_frame(found: Subgroups) -> Any:
    """A pandas DataFrame of the groups and of all studies, its index their names."""
    rows: list[tuple[Any, ...]] = []
    for group in found.groups:
        mean, tau2 = group.mean, None if isinstance(group.tau2, NotDefined) else group.tau2
        rows.append((group.level, group.k, mean.mu, mean.se, mean.ci.low, mean.ci.high, mean.p, tau2))
    whole = found.overall
    tau2 = None if isinstance(whole.heterogeneity, NotDefined) else whole.heterogeneity.tau2
    rows.append(("all studies", whole.k, whole.mu, whole.se, whole.ci.low, whole.ci.high, whole.p, tau2))
    return frame(COLUMNS, rows)


def to_html(found: Subgroups) -> str:
    """A small HTML table of the groups, with the tests beneath it."""
    lines: list[tuple[str, int, Any]] = [(group.level, group.k, group.mean) for group in found.groups]
    rows = []
    for name, k, one in [*lines, ("all studies", found.overall.k, found.overall)]:
        rows.append([name, str(k), shown(one.mu), f"[{shown(one.ci.low)}, {shown(one.ci.high)}]"])
    head = ["", "studies", "mean", f"{found.level:g} % interval"]
    return html_table(head, rows, summary(found).split("\n")[-2:])


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
