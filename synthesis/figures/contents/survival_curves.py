"""What the figure of survival curves says: steps as read from a paper, held against what it prints."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp, log, sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING

from synthesis.errors import FigureError
from synthesis.figures.chart import Chart, Curve, Dot, Under
from synthesis.figures.contents.of_review import arm_label, endpoint_label, entries
from synthesis.figures.contents.printed import text_of, value_of
from synthesis.figures.forest_words import sentence
from synthesis.figures.numbers import fixed
from synthesis.figures.of_pool import plain_scale
from synthesis.figures.page import DASHES, Key, Words

if TYPE_CHECKING:
    from evidence.entry import Entry
    from evidence.review import Review
    from evidence.study import Study

ROLES = ("dot", "second", "third", "secondary")
PATTERNS: tuple[tuple[float, ...], ...] = ((), (6.0, 2.0), (2.0, 1.6), (6.0, 2.0, 1.5, 2.0))


@dataclass(frozen=True, slots=True)
class Arm:
    """One curve: its points (time, survival in per cent) and how many were at risk when."""

    key: str
    label: str
    points: tuple[tuple[float, float], ...]
    at_risk: tuple[tuple[float, str], ...]

    def at(self, time: float) -> float | None:
        """Survival at a time; None before the first point and behind the last."""
        if not self.points or not self.points[0][0] <= time <= self.points[-1][0]:
            return None
        return next(survival for when, survival in reversed(self.points) if when <= time)

    def around(self, time: float) -> tuple[float, float] | None:
        """Survival between the points before and behind a time, greatest and least."""
        before, behind = self.at(time), next((s for t, s in self.points if t >= time), None)
        return None if before is None or behind is None else (before, behind)


@dataclass(frozen=True, slots=True)
class Printed:
    """A point of a curve that the paper prints as a number."""

    arm: str
    time: float
    survival: float
    words: str


def content(review: "Review", endpoint: str, study: str | None = None) -> Chart:
    """The curves of one study on one endpoint, with the printed medians and landmarks on them.

    Raises
    ------
    FigureError
        No study has a curve, or several have and none was chosen.
    """
    found = entries(review, endpoint, study)
    drawn = [(one, entry) for one, entry in found if any(r.points for r in entry.results)]
    keys = list(dict.fromkeys(one.study for one, _ in drawn))
    if not keys:
        raise FigureError(f"no study has a curve of {endpoint}; curves are CSV files named under results")
    if len(keys) > 1 and study is None:
        raise FigureError(f"{len(keys)} studies have curves of {endpoint}; choose one: {', '.join(keys)}")
    chosen, entry = drawn[0]
    arms = _arms(review, chosen, entry)
    printed = _printed([e for one, e in found if one.study == chosen.study])
    last = max(t for arm in arms for t, _ in [*arm.points, *((t, 0.0) for t, _ in arm.at_risk)])
    unit = entry.unit or ""
    x = plain_scale(0.0, last, f"Time ({unit})" if unit else "Time")
    y = plain_scale(0.0, 100.0, f"{endpoint_label(review, endpoint)} (%)")
    roles = {arm.key: (ROLES[i % 4], PATTERNS[i % 4]) for i, arm in enumerate(arms)}
    half = Curve(((x.low, 50.0), (x.high, 50.0)), "secondary", 0.4, DASHES)
    curves = [Curve(_steps(arm.points), *_pen(roles[arm.key]), arm.label) for arm in arms]
    for arm in arms:
        limits = band(arm.points, [(t, value) for t, n in arm.at_risk if (value := _count(n)) is not None])
        curves += [Curve(_steps(side), roles[arm.key][0], 0.5, (1.0, 1.6)) for side in limits]
    dots = [
        Dot(p.time, p.survival, p.words, role=roles[p.arm][0], hollow=True) for p in printed if p.arm in roles
    ]
    under = tuple(Under(arm.label, arm.at_risk, roles[arm.key][0]) for arm in arms if arm.at_risk)
    return Chart(
        _words(review, chosen, endpoint, arms, printed, roles),
        x,
        y,
        (),
        (half, *curves),
        tuple(dots),
        under=under,
        under_head="Number at risk" if under else "",
        height=170.0,
    )


Times = Sequence[tuple[float, float]]


def band(points: Times, at_risk: Times, level: float = 95.0) -> tuple[tuple[tuple[float, float], ...], ...]:
    """The lower and upper limit of survival in per cent by Greenwood's formula; empty where it has none.

    Notes
    -----
    Between two printed numbers at risk people are taken to leave evenly; each fall of the curve by a share h
    with n at risk adds h / (n (1 - h)) to the variance of log survival, whose limits are drawn on the log of
    its logarithm. Behind the last number at risk there is no band.

    References
    ----------
    Kalbfleisch JD, Prentice RL. The statistical analysis of failure time data, 2nd edition, 2002, 1.4.

    Examples
    --------
    >>> low, high = band([(0, 100), (6, 50)], [(0, 40), (6, 20), (12, 5)])
    >>> low[-1][0], round(low[-1][1], 1), round(high[-1][1], 1)
    (6, 27.1, 69.2)
    """
    if len(at_risk) < 2 or not points:
        return ()
    z = NormalDist().inv_cdf(0.5 + level / 200)
    variance, before = 0.0, points[0][1]
    low, high = [points[0]], [points[0]]
    for time, survival in points[1:]:
        n = _at_risk(at_risk, time)
        if n is None or n <= 1 or not 0 < survival < 100:
            break
        fall = 1.0 - survival / before
        variance += fall / (n * (1.0 - fall))
        before = survival
        spread = z * sqrt(variance) / abs(log(survival / 100))
        low.append((time, 100 * (survival / 100) ** exp(spread)))
        high.append((time, 100 * (survival / 100) ** exp(-spread)))
    return (tuple(low), tuple(high)) if len(low) > 1 else ()


def _at_risk(at_risk: Times, time: float) -> float | None:
    """How many were at risk just before a time, evenly fewer between two printed numbers."""
    for (t1, n1), (t2, n2) in pairwise(sorted(at_risk)):
        if t1 <= time <= t2 and t2 > t1:
            return n1 + (n2 - n1) * (time - t1) / (t2 - t1)
    return None


def _count(text: str) -> float | None:
    return float(text.replace(",", "")) if text.replace(",", "").isdigit() else None


def _pen(look: tuple[str, tuple[float, ...]]) -> tuple[str, float, tuple[float, ...]]:
    return look[0], 1.2, look[1]


def _arms(review: "Review", study: "Study", entry: "Entry") -> tuple[Arm, ...]:
    return tuple(
        Arm(
            result.arm,
            arm_label(review, study, result.arm),
            _points(result.points),
            tuple((float(t), text_of(n)) for t, n in (result.at_risk or {}).items()),
        )
        for result in entry.results
        if result.points
    )


def _points(points: Sequence["object"]) -> tuple[tuple[float, float], ...]:
    """Times and survival in per cent; fractions when none is above 1."""
    pairs = [(value_of(getattr(p, "time", None)), value_of(getattr(p, "survival", None))) for p in points]
    known = [(t, s) for t, s in pairs if t is not None and s is not None]
    scale = 100.0 if max((s for _, s in known), default=0.0) <= 1.0 else 1.0
    return tuple((t, s * scale) for t, s in sorted(known, key=lambda pair: (pair[0], -pair[1])))


def _steps(points: Sequence[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """Level until the next point, then down to it."""
    steps = list(points[:1])
    for time, survival in points[1:]:
        steps += [(time, steps[-1][1]), (time, survival)]
    return tuple(steps)


def _printed(entries_of_study: Sequence["Entry"]) -> list[Printed]:
    """Medians as 50 per cent, and survival at landmarks, of the entries without curves."""
    found = []
    for entry in entries_of_study:
        for result in entry.results:
            median = value_of(result.median)
            if median is not None and not result.points:
                words = f"printed median {text_of(result.median)}"
                found.append(Printed(result.arm, median, 50.0, words))
            survival, time = value_of(result.survival), _time(entry, result.time)
            if survival is not None and time is not None:
                words = f"printed {text_of(result.survival)}% at {result.time or entry.at[0]}"
                found.append(Printed(result.arm, time, survival, words))
    return found


def _time(entry: "Entry", time: str | None) -> float | None:
    """When a landmark is: the number it begins with, where it has the unit of the curve."""
    said = time or (entry.at[0] if entry.at else "")
    number, _, unit = said.partition(" ")
    try:
        value = float(number)
    except ValueError:
        return None
    return value * 12 if unit.startswith("year") else value if unit.startswith("month") else None


def _words(
    review: "Review",
    study: "Study",
    endpoint: str,
    arms: Sequence[Arm],
    printed: Sequence[Printed],
    roles: dict[str, tuple[str, tuple[float, ...]]],
) -> Words:
    gaps = [gap for arm in arms for p in printed if p.arm == arm.key and (gap := _gap(arm, p)) is not None]
    told = [
        f"{arm.label}: curve of {len(arm.points)} points to {fixed(arm.points[-1][0], 1)}" for arm in arms
    ]
    lines = []
    if gaps:
        most = fixed(max(gaps), 1)
        lines.append(f"The greatest gap between a curve and a printed number is {most} percentage points")
    keys = [Key("dash" if roles[arm.key][1] else "line", roles[arm.key][0], arm.label) for arm in arms]
    keys += [Key("hollow", "secondary", "printed median or landmark")] if printed else []
    banded = any(len(arm.at_risk) > 1 for arm in arms)
    notes = ["Curves were read from the paper's figure; steps lie where points were read."]
    notes += ["Dotted: 95% limits by Greenwood's formula from the numbers at risk."] if banded else []
    label = endpoint_label(review, endpoint)
    return Words(
        name=f"survival-curves-{study.study}-{endpoint}",
        kind="Survival curves",
        title=f"{study.label}: {label}",
        description=" ".join(sentence(one) for one in (*told, *lines, *(p.words for p in printed))),
        lines=tuple(sentence(one) for one in lines),
        notes=tuple(notes),
        keys=tuple(keys),
    )


def _gap(arm: Arm, printed: Printed) -> float | None:
    """How far a printed number lies above or below the curve at its time; 0 within a step."""
    around = arm.around(printed.time)
    if around is None:
        return None
    high, low = max(around), min(around)
    return max(0.0, printed.survival - high, low - printed.survival)
