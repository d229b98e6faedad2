"""From a study to its time-to-event claims: one endpoint gathered from all the places it is printed in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from evidence.claims import (
    EffectClaim,
    HazardRatio,
    Landmark,
    Place,
    PrintedTest,
    SurvivalArm,
    SurvivalClaim,
    Time,
)
from evidence.denominators import ALL, denominator
from evidence.values import Printed, Reported

if TYPE_CHECKING:
    from evidence.entry import Effect, Entry, Result, Test
    from evidence.study import Study

KIND = "time-to-event"
_TIME = r"(\d{1,5}(?:\.\d{1,3})?)[\s-]*(?:(day|week|month|year)s?)?"
_TESTS = ("log-rank", "stratified-log-rank", "gehan", "cox")
_SAME = ("endpoint", "cut", "set", "assessor", "criteria", "source", "subgroup", "id")
"""Entries alike in these are about the same people and the same events."""
_FIGURE = "figure"
"""Of a figure only the numbers at risk are printed; what is read off its curves is too rough."""


@dataclass(frozen=True, slots=True)
class Reader:
    """How claims are made of the parts of an entry: the functions of ``claiming``."""

    place: Callable[[Entry], Place]
    effect: Callable[[Effect, Place], EffectClaim]
    test: Callable[[Entry, Test, Place], PrintedTest]


@dataclass(slots=True)
class _Arm:
    """What has been seen of one arm so far."""

    numbers: dict[str, Reported] = field(default_factory=dict)
    level: Fraction | None = None
    unit: str | None = None
    times: dict[Time, dict[str, Reported]] = field(default_factory=dict)


def survival_claims(study: Study, reader: Reader) -> Iterator[SurvivalClaim]:
    """The time-to-event endpoints of a study, those of which two things can be compared."""
    groups: dict[tuple[str | None, ...], list[tuple[Entry, Place]]] = {}
    timed = {entry.endpoint for entry in study.entries if _looks_timed(entry)}
    for entry in study.entries:
        if not entry.baseline and entry.origin != "derived":
            place = reader.place(entry)
            if place.kind == KIND or (place.kind is None and entry.endpoint in timed):
                key = tuple(getattr(entry, name) for name in _SAME)
                groups.setdefault(key, []).append((entry, place))
    for found in groups.values():
        claim = _claim(study, found, reader)
        if _says_something(claim):
            yield claim


def _looks_timed(entry: Entry) -> bool:
    """Whether an entry of an endpoint whose kind nobody states is about time to an event."""
    timed = any(n is not None for r in entry.results for n in (r.survival, r.expected, r.rmst))
    tested = any(test.test in _TESTS for test in entry.tests)
    return (
        timed
        or tested
        or entry.endpoint.endswith("survival")
        or any(e.measure == "HR" for e in entry.effects)
    )


def _says_something(claim: SurvivalClaim) -> bool:
    printed = [arm for arm in claim.arms if arm.landmarks or _counted(arm)]
    return bool(printed) or bool(claim.ratios) or bool(claim.logranks)


def _counted(arm: SurvivalArm) -> bool:
    return any(n is not None for n in (arm.events, arm.expected, arm.median, arm.rmst))


def _claim(study: Study, found: list[tuple[Entry, Place]], reader: Reader) -> SurvivalClaim:
    first, place = next((pair for pair in found if not pair[0].at), found[0])
    arms = {arm: _Arm() for arm in (*study.arms, ALL)}
    for entry, _ in found:
        for result in entry.results:
            if result.arm in arms and _same_people(result, denominator(study, first, result.arm)):
                _read(arms[result.arm], entry, result)
    return SurvivalClaim(
        place=place if not first.at else replace(place, at=(), label=place.label.split(" at ")[0]),
        arms=tuple(_arm(arm, arms[arm], denominator(study, first, arm)) for arm in study.arms),
        ratios=tuple(_ratios(found, reader)),
        logranks=tuple(_logranks(found, reader)),
        events=arms[ALL].numbers.get("events"),
        cut=first.cut,
        set=first.set,
        subgroup=first.subgroup,
    )


def _arm(name: str, seen: _Arm, n: Printed | None) -> SurvivalArm:
    order = sorted(seen.times, key=lambda time: (time.unit or "", time.exact))
    landmarks = tuple(Landmark(time, **seen.times[time]) for time in order)
    return SurvivalArm(name, n, seen.unit, level=seen.level, landmarks=landmarks, **seen.numbers)


# --- results ----------------------------------------------------------------------------------------------


def _same_people(result: Result, n: Printed | None) -> bool:
    """Whether a result is out of the arm's n, and not out of another that stands beside it."""
    own = result.n
    return own is None or (isinstance(own, Reported) and isinstance(n, Reported) and own.exact == n.exact)


def _read(seen: _Arm, entry: Entry, result: Result) -> None:
    """Take in a result; what was printed first stays."""
    for key, number in (result.at_risk or {}).items():
        _take_at(seen, _time(key, entry.unit), at_risk=number)
    if entry.origin == _FIGURE:
        return
    said = result.time or (entry.at[0] if len(entry.at) == 1 else None)
    if said is not None or entry.at:
        _take_landmark(seen, said, result)
        return
    for name in ("events", "expected", "median", "rmst", "tau"):
        _take(seen.numbers, name, getattr(result, name))
    if result.median is not None or result.rmst is not None:
        seen.unit = seen.unit or entry.unit
    if result.median is not None and result.interval is not None and result.interval.kind == "ci":
        seen.level = result.interval.level
        _take(seen.numbers, "low", result.interval.low)
        _take(seen.numbers, "high", result.interval.high)


def _take_landmark(seen: _Arm, said: str | None, result: Result) -> None:
    if said is not None:
        _take_at(seen, _time(said, None), survival=result.survival, events=result.events)


def _take_at(seen: _Arm, time: Time | None, **numbers: Printed | None) -> None:
    if time is not None and any(isinstance(n, Reported) and n.is_number for n in numbers.values()):
        for name, number in numbers.items():
            _take(seen.times.setdefault(time, {}), name, number)


def _take(into: dict[str, Reported], name: str, number: Printed | None) -> None:
    word = name in ("median", "high")  # "not reached" says something of these
    if isinstance(number, Reported) and (number.is_number or (word and number.word == "not-reached")):
        into.setdefault(name, number)


def _time(said: str, unit: str | None) -> Time | None:
    """The time that a name or a column stands for: ``1 year``, or ``12`` in the entry's unit.

    A landmark at ``12 months`` and a number at risk at ``12``, of an entry in months, are at the same time.
    """
    match = re.fullmatch(_TIME, said.strip(), re.ASCII)
    if match is None:
        return None
    exact, named = Fraction(match[1]), f"{match[2]}s" if match[2] else unit
    words = match[2] if match[2] and exact == 1 else named
    return Time(f"{match[1]} {words}" if words else match[1], exact, named)


# --- contrasts --------------------------------------------------------------------------------------------


def _ratios(found: Iterable[tuple[Entry, Place]], reader: Reader) -> Iterator[HazardRatio]:
    for entry, place in found:
        for effect in entry.effects if not entry.at else ():
            if effect.measure == "HR":
                yield HazardRatio(reader.effect(effect, place), _crude(effect), _plain(effect))


def _crude(effect: Effect) -> bool | None:
    """Whether a ratio is neither adjusted nor stratified; None where the study does not say."""
    if effect.adjusted or effect.stratified:
        return False
    return None if effect.adjusted is None and effect.stratified is None else True


def _plain(effect: Effect) -> bool:
    cox = effect.method is None or "cox" in effect.method.lower()
    return cox and effect.crossover is None and effect.interval_kind is None


def _logranks(found: Iterable[tuple[Entry, Place]], reader: Reader) -> Iterator[PrintedTest]:
    for entry, place in found:
        for test in entry.tests:
            if test.test == "log-rank" and test.within is None and test.across is None:
                yield reader.test(entry, test, place)
