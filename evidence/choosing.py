"""For a measure, the inputs of one endpoint of one study: what is used, why, and what is passed over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from evidence.claiming import Book, effect_claim, share_of, shared_shares, summary_of
from evidence.claims import Share, SharedShare, Summary
from evidence.derivation.from_counts import from_counts
from evidence.derivation.from_estimate import from_estimate
from evidence.derivation.from_means import from_change, from_means
from evidence.derivation.inputs import ArmData, Inputs, Missing
from evidence.reanalysis.counts import Unknown, assignments
from evidence.rounding import bounds
from evidence.values import Reported

if TYPE_CHECKING:
    from evidence.entry import Entry
    from evidence.measures.measure import Measure

_FOLLOW_UP = (None, "after", "end-of-treatment", "last", "best")
_NOT_LEVELS = ("before", "change", "percent-change")
_QUALIFIERS = ("assessor", "cut", "set", "criteria", "at", "grade")
_UNGRADED = (None, "any")


def choose(
    book: Book, endpoint: str, arms: tuple[str, ...], measure: Measure, only: Wanted | None = None
) -> Inputs | Missing:
    """The best inputs a study prints for an effect of its ``arms`` (first, versus; or one) on an endpoint.

    Among entries the review's ``prefer`` decides, then the order of the study's sources, then that of its
    file; within an entry counts and means come before printed estimates of the measure, and unadjusted
    estimates before adjusted ones unless ``prefer`` says otherwise. ``only`` keeps to entries of a time, set
    or grade. What could have served too is in ``passed_over``.
    """
    entries = [entry for entry in _ranked(book, endpoint) if only is None or only.takes(entry)]
    if not entries:
        return Missing("does not report this endpoint so")
    found = [inputs for entry in entries for inputs in _routes(book, entry, arms, measure)]
    usable = [inputs for inputs in found if isinstance(inputs, Inputs)]
    if not usable:
        return Missing("; ".join(dict.fromkeys(m.reason for m in found if isinstance(m, Missing))))
    first = usable[0]
    others = dict.fromkeys(f"{i.label} ({i.route})" for i in usable[1:])
    return replace(first, passed_over=tuple(o for o in others if o != f"{first.label} ({first.route})"))


@dataclass(frozen=True, slots=True)
class Wanted:
    """The qualifiers that a plan asks of an entry; empty ones ask nothing."""

    at: tuple[str, ...] = ()
    set: str | None = None
    grade: str | None = None

    def takes(self, entry: Entry) -> bool:
        """Whether an entry has them."""
        timely = not self.at or any(time in self.at for time in entry.at)
        return timely and self.set in (None, entry.set) and self.grade in (None, entry.grade)


def _ranked(book: Book, endpoint: str) -> list[Entry]:
    """The study's entries of an endpoint about everybody, the preferred first."""
    own = [e for e in book.study.entries if e.endpoint == endpoint and not e.baseline and e.subgroup is None]
    prefer = book.review.prefer if book.review is not None else None
    sources = list(book.study.sources)

    def rank(entry: Entry) -> tuple[int, ...]:
        places = [_rank_of(getattr(prefer, name, None), getattr(entry, name)) for name in _QUALIFIERS]
        source = sources.index(entry.source) if entry.source in sources else 0
        return (*places, int(entry.grade not in _UNGRADED), source)

    return sorted(own, key=rank)


def _rank_of(preferred: object, value: object) -> int:
    """Where a qualifier stands among the preferred ones; what is not among them comes after."""
    wanted = list(preferred) if isinstance(preferred, list | tuple) else []
    values = list(value) if isinstance(value, list | tuple) else [value]
    return min((wanted.index(item) for item in values if item in wanted), default=len(wanted))


def _routes(book: Book, entry: Entry, arms: tuple[str, ...], measure: Measure) -> Iterator[Inputs | Missing]:
    """Every way in which an entry could give the inputs, best first."""
    label = book.label(entry)
    if not (entry.results or entry.shared or entry.effects):
        yield Missing(f"{label}: prints no number of it")
        return
    for found in _own_data(book, entry, arms, measure):
        yield _described(book, entry, found, arms)
    own = [e for e in entry.effects if e.measure == measure.code and e.crossover is None]
    matching = [e for e in own if len(arms) == 2 and {"+".join(side) for side in e.compare} == set(arms)]
    for effect in sorted(matching, key=lambda e: _adjustment_rank(book, bool(e.adjusted))):
        claim = effect_claim(effect, book.place(entry))
        found = _described(book, entry, from_estimate(claim), arms)
        if isinstance(found, Inputs):
            found = replace(found, flipped=claim.compare != arms, address=claim.address)
        yield found
    if not matching and measure.kind == "time-to-event":
        yield Missing(f"{label}: {_why_no_hazard_ratio(entry)}")


def _adjustment_rank(book: Book, adjusted: bool) -> int:
    wanted = getattr(book.review.prefer, "adjusted", None) if book.review is not None else None
    order = list(wanted or ("none", "adjusted"))
    name = "adjusted" if adjusted else "none"
    return order.index(name) if name in order else len(order)


def _own_data(
    book: Book, entry: Entry, arms: tuple[str, ...], measure: Measure
) -> Iterator[Inputs | Missing]:
    """What the entry's own counts or means give."""
    if measure.kind in ("binary", "proportion"):
        shares = _shares(book, entry)
        wanted = [shares[arm] for arm in arms if arm in shares]
        if len(wanted) == len(arms):
            yield from_counts(wanted, measure.inputs)
        else:
            yield Missing(f"prints no counts or percentages of {_these(arms)}")
    elif measure.kind == "continuous":
        summaries = [_follow_up(book, entry, arm) for arm in arms]
        known = [summary for summary in summaries if summary is not None]
        if len(known) == len(arms):
            yield from_means(known, measure.inputs)
        else:
            yield Missing(f"prints no means of {_these(arms)}")
    elif measure.kind in ("within", "within-raw"):
        times = {s.time: s for s in _summaries(book, entry, arms[0]) if s.mean is not None}
        if "before" in times and "after" in times:
            by_before = measure.kind == "within-raw"
            yield from_change(times["before"], times["after"], measure.inputs, by_before=by_before)
        else:
            yield Missing(f"prints no means before and after for {arms[0]}")
    elif measure.kind not in ("time-to-event", "generic"):
        yield Missing(f"the {measure.name} needs {', '.join(measure.inputs)}, which no entry holds")


def _these(arms: tuple[str, ...]) -> str:
    return "both arms" if len(arms) == 2 else "the arm"


def _shares(book: Book, entry: Entry) -> dict[str, Share]:
    place = book.place(entry)
    found = {s.arm: s for group in shared_shares(book.study, entry, place) for s in _assigned(group)}
    for result in entry.results:
        share = share_of(book.study, entry, result, place)
        if share is not None and result.time is None:
            found[result.arm] = share
    return found


def _assigned(group: SharedShare) -> tuple[Share, ...]:
    """The shares behind a range printed for several arms, where only one assignment is possible."""
    ways = assignments(group)
    if isinstance(ways, Unknown) or len(ways) != 1:
        return ()
    printed = {ways[0].low: group.low, ways[0].high: group.high}
    return tuple(replace(s, percent=printed[s.arm]) for s in group.arms if s.arm in printed)


def _summaries(book: Book, entry: Entry, arm: str) -> list[Summary]:
    place = book.place(entry)
    found = (summary_of(book.study, entry, result, place) for result in entry.results if result.arm == arm)
    return [summary for summary in found if summary is not None]


def _follow_up(book: Book, entry: Entry, arm: str) -> Summary | None:
    """The mean (else the median) to compare arms by: without a time, else after treatment, never a change."""
    levels = [s for s in _summaries(book, entry, arm) if s.time not in _NOT_LEVELS]
    middles = [s for s in levels if s.mean is not None] or [s for s in levels if s.median is not None]
    order = {time: place for place, time in enumerate(_FOLLOW_UP)}
    return min(middles, key=lambda s: order.get(s.time, len(order)), default=None)


def _described(book: Book, entry: Entry, found: Inputs | Missing, arms: tuple[str, ...]) -> Inputs | Missing:
    """The inputs with the words of their entry and arms, or the reason with the entry named."""
    label = book.label(entry)
    if isinstance(found, Missing):
        return Missing(f"{label}: {found.reason}")
    data = {arm.arm: arm for arm in found.arms}
    described = []
    for key in arms:
        own = book.study.arms[key]
        data_of = data.get(key) or _sized(key, own.n)
        described.append(replace(data_of, label=own.label or key, treatment=own.treatment))
    time = found.time or ", ".join(entry.at) or None
    return replace(
        found, arms=tuple(described), address=entry.address, label=label, time=time, where=entry.where
    )


def _sized(arm: str, n: object) -> ArmData:
    return ArmData(arm, n=bounds(n).floats[1] if isinstance(n, Reported) and n.is_number else None)


def _why_no_hazard_ratio(entry: Entry) -> str:
    stated = (*entry.results, *entry.shared)
    printed = [
        word
        for name, word in (("median", "medians"), ("survival", "survival percentages"))
        if any(getattr(result, name) is not None for result in stated)
    ]
    if entry.tests:
        printed.append("a test")
    return f"prints {' and '.join(printed) or 'no effect'}, but no hazard ratio with its interval"
