"""Several arms of one study as one group, so that nobody is counted twice.

References
----------
Higgins JPT, Eldridge S, Li T. Cochrane Handbook for Systematic Reviews of Interventions, 23.3.4, and its
section 6.5.2.10 for means and standard deviations.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from evidence.claims import Share, Summary
from evidence.derivation.from_counts import from_counts
from evidence.derivation.from_means import from_means
from evidence.derivation.inputs import ArmData, Inputs, Missing

_COUNTS = ("events", "n")
_MEANS = ("mi", "sdi", "ni")


def counts_of_sides(sides: Sequence[Sequence[Share]], names: tuple[str, ...]) -> Inputs | Missing:
    """The inputs of a measure of events and n, the arms of each side added up; or why not."""
    if all(len(side) == 1 for side in sides) or len(names) != 2 * len(sides):
        return from_counts([side[0] for side in sides], names)
    found: list[Inputs] = []
    for side in sides:
        arms = [from_counts([share], _COUNTS) for share in side]
        known = [arm for arm in arms if isinstance(arm, Inputs)]
        if len(known) < len(arms):
            return next(arm for arm in arms if isinstance(arm, Missing))
        found.append(_added(known))
    return _side_by_side(found, [_COUNTS] * len(sides), names)


def means_of_sides(sides: Sequence[Sequence[Summary]], names: tuple[str, ...]) -> Inputs | Missing:
    """The inputs of a measure of means, the arms of each side as one group; or why not."""
    if all(len(side) == 1 for side in sides):
        return from_means([side[0] for side in sides], names)
    found: list[Inputs] = []
    for side in sides:
        arms = [from_means([summary], _MEANS) for summary in side]
        known = [arm for arm in arms if isinstance(arm, Inputs)]
        if len(known) < len(arms):
            return next(arm for arm in arms if isinstance(arm, Missing))
        found.append(_merged(known))
    parts = ("m{}i", "sd{}i", "n{}i") if len(sides) == 2 else _MEANS
    wanted = [tuple(part.format(i) for part in parts) for i, _ in enumerate(sides, 1)]
    together = _side_by_side(found, [_MEANS] * len(sides), tuple(name for side in wanted for name in side))
    values = {name: value for name, value in together.values.items() if name in names}
    return Inputs(values, together.arms, together.numbers, together.route, notes=together.notes)


def _added(arms: Sequence[Inputs]) -> Inputs:
    """Events and people of several arms, added."""
    if len(arms) == 1:
        return arms[0]
    totals = {name: sum(arm.values[name] for arm in arms) for name in _COUNTS}
    ends = [arm.ranges["events"] for arm in arms]
    data = [arm.arms[0] for arm in arms]
    return Inputs(
        totals,
        (
            ArmData(
                "+".join(one.arm for one in data),
                n=totals["n"],
                events=totals["events"],
                approximate=any(one.approximate for one in data),
            ),
        ),
        tuple(number for arm in arms for number in arm.numbers),
        _route(arms),
        notes=tuple(note for arm in arms for note in arm.notes),
        ranges={"events": (sum(low for low, _ in ends), sum(high for _, high in ends))},
    )


def _merged(arms: Sequence[Inputs]) -> Inputs:
    """Mean, standard deviation and size of several groups as one."""
    if len(arms) == 1:
        return arms[0]
    m, sd, n = (arms[0].values[name] for name in _MEANS)
    for _, arm in pairwise(arms):
        m2, sd2, n2 = (arm.values[name] for name in _MEANS)
        between = n * n2 / (n + n2) * (m - m2) ** 2
        sd = (((n - 1) * sd**2 + (n2 - 1) * sd2**2 + between) / (n + n2 - 1)) ** 0.5
        m, n = (n * m + n2 * m2) / (n + n2), n + n2
    data = [arm.arms[0] for arm in arms]
    key, approximate = "+".join(one.arm for one in data), any(one.approximate for one in data)
    return Inputs(
        dict(zip(_MEANS, (m, sd, n), strict=True)),
        (ArmData(key, n=n, mean=m, sd=sd, approximate=approximate),),
        tuple(number for arm in arms for number in arm.numbers),
        _route(arms),
        notes=tuple(note for arm in arms for note in arm.notes),
    )


def _route(arms: Sequence[Inputs]) -> str:
    return next((arm.route for arm in arms if arm.route not in ("counts", "means")), arms[0].route)


def _side_by_side(sides: Sequence[Inputs], own: Sequence[tuple[str, ...]], names: tuple[str, ...]) -> Inputs:
    """The sides under the names of a measure's arguments."""
    flat = [side.values[name] for side, keys in zip(sides, own, strict=True) for name in keys]
    given = [side.ranges.get(name) for side, keys in zip(sides, own, strict=True) for name in keys]
    return Inputs(
        dict(zip(names, flat, strict=True)),
        tuple(arm for side in sides for arm in side.arms),
        tuple(number for side in sides for number in side.numbers),
        _route(sides),
        notes=tuple(note for side in sides for note in side.notes),
        ranges={name: ends for name, ends in zip(names, given, strict=True) if ends is not None},
    )
