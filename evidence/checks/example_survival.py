"""Short ways of writing the example time-to-event claims that stand in check files."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from evidence.checks.examples import effect, number, place, printed
from evidence.claims import (
    Calendar,
    HazardRatio,
    Landmark,
    Paper,
    PrintedTest,
    SurvivalArm,
    SurvivalClaim,
    Time,
)
from evidence.values import reported


def point(
    time: str,
    survival: str | None = None,
    *,
    at_risk: str | None = None,
    events: str | None = None,
    unit: str = "months",
    arm: str = "a",
    label: str = "endpoint",
) -> Landmark:
    """What is printed of an arm at a time."""
    where = f"{arm}@{time}"
    return Landmark(
        Time(f"{time} {unit}", Fraction(time), unit),
        number(survival, f"{where}/survival", label),
        number(events, f"{where}/events", label),
        number(at_risk, f"{where}/at_risk", label),
    )


def group(
    n: str,
    *landmarks: Landmark,
    name: str = "a",
    events: str | None = None,
    expected: str | None = None,
    median: str | None = None,
    ci: tuple[str, str] | None = None,
    rmst: tuple[str, str] | None = None,
    label: str = "endpoint",
) -> SurvivalArm:
    """One arm; ``ci`` is the 95 % interval of the median, ``rmst`` the restricted mean and its horizon."""
    low, high = ci or (None, None)
    mean, tau = rmst or (None, None)
    return SurvivalArm(
        name,
        number(n, f"{name}/n"),
        "months",
        number(events, f"{name}/events", label),
        number(expected, f"{name}/expected", label),
        number(median, f"{name}/median", label),
        number(low, f"{name}/low", label),
        number(high, f"{name}/high", label),
        Fraction(95),
        number(mean, f"{name}/rmst", label),
        number(tau, f"{name}/tau", label),
        tuple(landmarks),
    )


def named(first: SurvivalArm, second: SurvivalArm) -> tuple[SurvivalArm, SurvivalArm]:
    """Two arms, the second called b, with numbers of its own."""
    return first, _called(second, "b")


def _called(one: SurvivalArm, name: str) -> SurvivalArm:
    fields = ("n", "events", "expected", "median", "low", "high", "rmst", "tau")
    old = {field: getattr(one, field) for field in fields}
    new = {f: x and replace(x, address=x.address.replace("/a/", f"/{name}/")) for f, x in old.items()}
    return replace(one, arm=name, **new)


def hazard_ratio(
    estimate: str, low: str, high: str, *, crude: bool | None = None, level: str = "95"
) -> HazardRatio:
    """A hazard ratio of a against b."""
    return HazardRatio(effect("HR", estimate, low, high, level=level), crude)


def log_rank(chi2: str | None, p: str | None = None, *, arms: tuple[str, ...] = ("a", "b")) -> PrintedTest:
    """A log-rank test between arms."""
    where = "-".join(arms)
    test = printed("chi2" if chi2 else None, chi2, p, n=("0",) * len(arms), named="log-rank")
    statistic = None if chi2 is None else reported(chi2, address=f"example/endpoint/{where}/chi2")
    chance = None if p is None else reported(p, address=f"example/endpoint/{where}/p")
    return replace(test, arms=arms, sizes=(None,) * len(arms), statistic=statistic, p=chance)


def survival(
    *arms: SurvivalArm,
    ratios: tuple[HazardRatio, ...] = (),
    logranks: tuple[PrintedTest, ...] = (),
    events: str | None = None,
    label: str = "endpoint",
    cut: str | None = None,
) -> SurvivalClaim:
    """A time-to-event endpoint."""
    return SurvivalClaim(place(label), arms, ratios, logranks, number(events, "all/events", label), cut)


def of_endpoint(key: str, *arms: SurvivalArm, cut: str | None = None) -> SurvivalClaim:
    """A time-to-event endpoint of this name."""
    claim = survival(*arms, label=key, cut=cut)
    return replace(claim, place=replace(claim.place, endpoint=key, label=key.replace("-", " ")))


def whole(
    *claims: SurvivalClaim,
    design: str = "randomised-trial",
    recruitment: str | None = None,
    until: str | None = None,
    followed: str | None = None,
) -> Paper:
    """A study of which these endpoints are printed, with its dates and its longest follow-up in months."""
    longest = () if followed is None else ((reported(followed, address="example/follow-up/max"), "months"),)
    return Paper("example", design, claims, calendar=Calendar(recruitment, until, longest))
