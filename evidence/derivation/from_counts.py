"""Counts or percentages of arms to the inputs of a yes/no measure."""

from __future__ import annotations

from collections.abc import Sequence

from evidence.claims import Share
from evidence.derivation.counts import count_of
from evidence.derivation.inputs import ArmData, Inputs, Missing
from evidence.rounding import bounds
from evidence.values import Derived, Reported


def from_counts(shares: Sequence[Share], names: tuple[str, ...]) -> Inputs | Missing:
    """The inputs of a measure of events and n, arm after arm in the order of ``names``, or why not.

    Percentages become counts by `evidence.derivation.counts.count_of`.
    """
    if len(names) != 2 * len(shares):
        return Missing(f"the measure cannot be had from the counts of {len(shares)} arm(s)")
    if any(share.survival for share in shares):
        return Missing("prints Kaplan-Meier percentages, which are not counts over n")
    known: list[tuple[str, Derived, Reported, float]] = []
    for share in shares:
        count, n = count_of(share), share.n
        if count is None or not isinstance(n, Reported) or not n.is_number or n.exact == 0:
            return Missing(f"the number of people behind the result of {share.arm} is not known")
        size = bounds(n).floats[1]
        if not 0 <= count.value <= size:
            return Missing(f"prints {count.value:g} events among {size:g} people of {share.arm}")
        known.append((share.arm, count, n, size))
    return _inputs(known, names)


def _inputs(known: list[tuple[str, Derived, Reported, float]], names: tuple[str, ...]) -> Inputs:
    flat = [value for _, count, _, size in known for value in (count.value, size)]
    printed = all(count.grade == "printed" for _, count, _, _ in known)
    return Inputs(
        values=dict(zip(names, flat, strict=True)),
        arms=tuple(
            ArmData(arm, n=size, events=count.value, approximate=count.grade in ("nearest", "range"))
            for arm, count, _, size in known
        ),
        numbers=tuple(number for _, count, n, _ in known for number in _numbers(count, n)),
        route="counts" if printed else "percentages",
        notes=tuple(note for _, count, _, _ in known for note in count.assumptions),
        ranges={
            name: (count.low, count.high) for name, (_, count, _, _) in zip(names[::2], known, strict=True)
        },
    )


def _numbers(count: Derived, n: Reported) -> tuple[Reported | Derived, ...]:
    return (count.sources[0], n) if count.grade == "printed" else (count,)
