"""The parts of a study that claims are made of: places, shares and summaries as printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from evidence.claims import Ordered, Place, Share, SharedShare, Summary
from evidence.denominators import ALL, denominator
from evidence.values import Between, Printed, Reported

if TYPE_CHECKING:
    from evidence.entry import Entry, Result
    from evidence.review import Review
    from evidence.study import Study


@dataclass(frozen=True, slots=True)
class Book:
    """A study beside the review that names its endpoints."""

    study: Study
    review: Review | None

    def place(self, entry: Entry) -> Place:
        return Place(
            study=self.study.study,
            address=entry.address,
            endpoint=entry.endpoint,
            label=self.label(entry),
            at=tuple(entry.at),
            where=entry.where,
            quotes=tuple(entry.quotes),
            kind=self.kind(entry.endpoint),
            design=self.study.design.kind,
            paired=bool(self.study.design.paired),
            baseline=entry.baseline,
        )

    def whole(self, what: str) -> Place:
        key = self.study.study
        design = self.study.design.kind
        return Place(study=key, address=f"{key}/{what}", endpoint=what, label=what, design=design)

    def label(self, entry: Entry) -> str:
        at = f" at {', '.join(entry.at)}" if entry.at else ""
        return (entry.label or self.endpoint_label(entry.endpoint)) + at

    def endpoint_label(self, key: str) -> str:
        named = self.review.endpoints.get(key) if self.review is not None else None
        named = named or self.study.endpoints.get(key)
        label = getattr(named, "label", None)
        return label or key.replace("-", " ").capitalize()

    def kind(self, key: str) -> str | None:
        named = self.review.endpoints.get(key) if self.review is not None else None
        named = named or self.study.endpoints.get(key)
        return getattr(named, "kind", None)


def share_of(study: Study, entry: Entry, result: Result, place: Place) -> Share | None:
    """The yes/no claim in a result, if it holds one."""
    survival = result.survival is not None
    percent = result.survival if survival else result.percent
    if result.events is None and percent is None:
        return None
    n, others = denominator(study, entry, result.arm, result.n), _others(study, entry, result.arm)
    events = None if survival else result.events
    elsewhere = _elsewhere(study, entry, result.arm, n)
    return Share(place, result.arm, n, events, percent, survival, others, elsewhere)


def _others(study: Study, entry: Entry, arm: str) -> tuple[Printed, ...]:
    """The n of the other arms, which a percentage may have been taken of by mistake."""
    found = (denominator(study, entry, other) for other in study.arms if other != arm)
    return tuple(n for n in found if n is not None)


def _elsewhere(study: Study, entry: Entry, arm: str, used: Printed | None) -> tuple[Printed, ...]:
    """The n of an arm as allocated and in every set of patients, without the one used."""
    if entry.subgroup is not None or arm not in study.arms:
        return ()
    if entry.set is not None and study.sets[entry.set].counts is not None:
        return ()
    sets = (each.n.get(arm) for each in study.sets.values() if each.counts is None)
    found = (n for n in (study.arms[arm].n, *sets) if isinstance(n, Reported) and n.is_number)
    own = used.text if isinstance(used, Reported) else ""
    return tuple({n.text: n for n in found if n.text != own}.values())


def summary_of(study: Study, entry: Entry, result: Result, place: Place) -> Summary | None:
    """The mean or median of a result, if it holds one. A ± whose kind is not said also stands as ``sd``."""
    if result.mean is None and result.median is None and result.sd is None and result.se is None:
        return None
    q1, q3 = result.iqr or (None, None)
    least, most = result.range or (None, None)
    unsaid = result.plusminus if result.sd is None and result.se is None else None
    return Summary(
        place,
        result.arm,
        result.time,
        denominator(study, entry, result.arm, result.n),
        unit=entry.unit,
        mean=one(result.mean),
        sd=one(result.sd if result.sd is not None else unsaid),
        se=one(result.se),
        plusminus=one(result.plusminus),
        median=one(result.median),
        q1=one(q1),
        q3=one(q3),
        minimum=one(least),
        maximum=one(most),
        correlation=one(result.r),
        items=one(entry.items),
        scale=scale_of(entry),
    )


def scale_of(entry: Entry) -> tuple[Reported, Reported] | None:
    least, most = map(one, entry.scale or (None, None))
    return (least, most) if least is not None and most is not None else None


def one(value: Printed | None) -> Reported | None:
    return value if isinstance(value, Reported) and value.is_number else None


def hundredth(value: Reported | None) -> Reported | None:
    """A number printed in per cent as the proportion it is; its text stays."""
    if value is None or value.exact is None:
        return value
    own = value.correction
    if own is not None and own.exact is not None:
        own = replace(own, exact=own.exact / 100, decimals=own.decimals + 2)
    return replace(value, exact=value.exact / 100, decimals=value.decimals + 2, correction=own)


def cells(study: Study, entry: Entry, result: Result, place: Place) -> tuple[Share, ...]:
    n = denominator(study, entry, result.arm, result.n)
    found = result.by_category or {}
    return tuple(Share(place, result.arm, n, cell.events, cell.percent) for cell in found.values())


def shared_shares(study: Study, entry: Entry, place: Place) -> Iterator[SharedShare]:
    """The percentages of an entry that are printed as one range for several arms."""
    for shared in entry.shared:
        percent = shared.percent
        if isinstance(percent, Between):
            arms = tuple(study.arms) if tuple(shared.arms) == (ALL,) else tuple(shared.arms)
            shares = tuple(Share(place, arm, denominator(study, entry, arm)) for arm in arms)
            yield SharedShare(place, shares, percent.low, percent.high)


def ordered(place: Place, what: str, *items: tuple[str, Reported | None] | None) -> Iterator[Ordered]:
    known = tuple((item[0], item[1]) for item in items if item is not None and item[1] is not None)
    if len(known) > 1:
        yield Ordered(place, what, known)
