"""For a measure, the inputs of one endpoint of one study: what is used, why, and what is passed over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from evidence.alike_entries import brought_together, likeness
from evidence.claiming import Book, effect_claim
from evidence.denominators import denominator
from evidence.derivation.from_estimate import from_estimate
from evidence.derivation.inputs import ArmData, Inputs, Missing
from evidence.entry_inputs import Sides, own_data
from evidence.qualifiers import RANKED, Wanted, Words, said, words_of
from evidence.rounding import bounds
from evidence.values import Reported

if TYPE_CHECKING:
    from evidence.entry import Effect, Entry
    from evidence.measures.measure import Measure

__all__ = ["Wanted", "choose"]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """One way to the inputs, an entry's own numbers or a printed effect of it, with its qualifiers."""

    entry: Entry
    words: Words
    found: Inputs | Missing
    whole: bool = True  # of the arms asked for, not of some of them


def choose(
    book: Book, endpoint: str, sides: Sides, measure: Measure, wanted: Wanted | None = None
) -> Inputs | Missing:
    """The best inputs a study prints for an effect between ``sides`` (first, versus; or one) on an endpoint.

    Only entries and effects with the qualifiers ``wanted`` asks for are looked at: by default of any grade or
    none stated, never of a certain one. Among those its preferences decide, in the order of
    `evidence.qualifiers.RANKED`: effects as allocated come before those adjusted for crossover, unadjusted
    before adjusted ones, unless it prefers otherwise. Then the order of the study's sources, then that of its
    file; within an entry counts and means come before printed estimates. Arms that are printed in several
    places under the same qualifiers are brought together. What could have served too is in ``passed_over``,
    each with the reason, and ``because`` sums these up.
    """
    asked = wanted or Wanted()
    own = [e for e in book.study.entries if e.endpoint == endpoint and not e.baseline]
    own = [e for e in own if e.subgroup == asked.subgroup]
    every = [c for entry in own for c in _candidates(book, entry, sides, measure)]
    every += _together(book, own, every, sides, measure)
    taken = [c for c in every if not any(asked.refused(c.words))]
    if not taken:
        return Missing(_why_none(every, asked))
    usable = [c for c in taken if isinstance(c.found, Inputs)]
    if not usable:
        return Missing(
            "; ".join(dict.fromkeys(c.found.reason for c in taken if isinstance(c.found, Missing)))
        )
    first, *others = sorted(usable, key=lambda c: _rank(book, asked, c))
    passed = dict.fromkeys(_passed_over(book, asked, first, other) for other in others)
    because = dict.fromkeys(reason for _, reason in passed)
    assert isinstance(first.found, Inputs)
    return replace(
        first.found,
        passed_over=tuple(f"{what}: {reason}" for what, reason in passed),
        because="; ".join(because),
    )


def _rank(book: Book, wanted: Wanted, one: _Candidate) -> tuple[int, ...]:
    preferred = (wanted.rank(name, one.words) for name in RANKED)
    return (*preferred, int(not one.whole), _source(book, one.entry))


def _source(book: Book, entry: Entry) -> int:
    sources = list(book.study.sources)
    return sources.index(entry.source) if entry.source in sources else 0


def _why_none(every: list[_Candidate], wanted: Wanted) -> str:
    """Why no entry is as asked: the first qualifier that keeps each out."""
    if not every:
        return "does not report this endpoint so"
    names = [next(wanted.refused(one.words)) for one in every]
    found = dict.fromkeys(said(name, one.words.get(name, ())) for name, one in zip(names, every, strict=True))
    return f"reports it otherwise ({', '.join(found)})"


# --- what is passed over, in words -------------------------------------------------------------------------


def _passed_over(book: Book, wanted: Wanted, first: _Candidate, other: _Candidate) -> tuple[str, str]:
    """What else could have served, and why the first came before it."""
    assert isinstance(first.found, Inputs) and isinstance(other.found, Inputs)
    unlike = [name for name in RANKED if first.words.get(name) != other.words.get(name)]
    words = [said(name, other.words[name]) for name in unlike if name in other.words and name != "unit"]
    label = "" if other.found.label == first.found.label else f"{other.found.label}, "
    what = ", ".join([f"{label}{_shown(other.found)}", *words])
    return what, _reason(book, wanted, first, other, unlike)


def _reason(book: Book, wanted: Wanted, first: _Candidate, other: _Candidate, unlike: list[str]) -> str:
    for name in RANKED:
        if wanted.rank(name, first.words) != wanted.rank(name, other.words):
            one, two = (said(name, candidate.words.get(name, ())) for candidate in (first, other))
            return f"{one} comes before {two}"
    if first.whole and not other.whole:
        return "it is of some of these arms only"
    if _source(book, first.entry) != _source(book, other.entry):
        return "its source is listed later"
    if not unlike:
        same = first.entry is other.entry
        return "counts and means come before printed effects" if same else "it stands later in the file"
    one, two = (said(unlike[0], candidate.words.get(unlike[0], ())) for candidate in (first, other))
    return f"nothing is preferred between {one} and {two}, and it stands later in the file"


def _shown(inputs: Inputs) -> str:
    """The numbers of inputs, as printed."""
    texts = [number.text for number in inputs.numbers if isinstance(number, Reported)]
    if "level" in inputs.values and len(texts) == 3:
        level = inputs.values["level"]
        return f"{inputs.route.split()[-1]} {texts[0]} ({texts[1]} to {texts[2]}, {level:g} %)"
    if "estimate" in inputs.values:
        return f"{inputs.route.split()[-1]} {texts[0]}"
    counts = [(arm.events, arm.n) for arm in inputs.arms]
    known = [f"{events:g}/{n:g}" for events, n in counts if events is not None and n is not None]
    return " and ".join(known) if len(known) == len(counts) else inputs.route


# --- the ways to inputs ------------------------------------------------------------------------------------


def _candidates(book: Book, entry: Entry, sides: Sides, measure: Measure) -> Iterator[_Candidate]:
    """Every way in which an entry could give the inputs, its own numbers first."""
    label = book.label(entry)
    words = words_of(entry)
    if not (entry.results or entry.shared or entry.effects):
        yield _Candidate(entry, words, Missing(f"{label}: prints no number of it"))
        return
    for found in own_data(book, entry, sides, measure):
        yield _Candidate(entry, words, _described(book, entry, found, sides))
    matching = [e for e in entry.effects if e.measure == measure.code and _arms_of(e, sides)]
    for effect in matching:
        yield _of_effect(book, entry, effect, sides)
    if not matching and measure.kind == "time-to-event":
        yield _Candidate(entry, words, Missing(f"{label}: {_why_no_hazard_ratio(entry)}"))


def _together(
    book: Book, own: list[Entry], alone: list[_Candidate], sides: Sides, measure: Measure
) -> Iterator[_Candidate]:
    """Arms printed in several places under the same qualifiers, where no place gives all of them."""
    complete = {likeness(c.entry) for c in alone if isinstance(c.found, Inputs)}
    for entry in brought_together(own, list(book.study.sources)):
        if likeness(entry) not in complete:
            for found in own_data(book, entry, sides, measure):
                if isinstance(found, Inputs):
                    yield _Candidate(entry, words_of(entry), _described(book, entry, found, sides))


def _arms_of(effect: Effect, sides: Sides) -> Sides | None:
    """The arms that an effect compares, as the sides are asked for; None where it compares others."""
    if len(sides) != 2 or len(effect.compare) != 2:
        return None
    first, second = (set(side) for side in effect.compare)
    if first <= set(sides[0]) and second <= set(sides[1]):
        return effect.compare
    if first <= set(sides[1]) and second <= set(sides[0]):
        return effect.compare[::-1]
    return None


def _of_effect(book: Book, entry: Entry, effect: Effect, sides: Sides) -> _Candidate:
    claim = effect_claim(effect, book.place(entry))
    arms = _arms_of(effect, sides) or sides
    found = _described(book, entry, from_estimate(claim), arms)
    whole = [set(side) for side in arms] == [set(side) for side in sides]
    words = words_of(entry, effect)
    if isinstance(found, Inputs):
        said_too = [] if effect.crossover is None else [f"adjusted for crossover by {effect.crossover}"]
        if not whole:
            pair = " against ".join(_named(book, side) for side in arms)
            said_too.append(f"of {pair} only: rows of the other arms would share one of these")
        found = replace(
            found,
            flipped=effect.compare != arms,
            address=claim.address,
            qualifiers=words,
            notes=(*found.notes, *said_too),
        )
    return _Candidate(entry, words, found, whole)


def _described(book: Book, entry: Entry, found: Inputs | Missing, sides: Sides) -> Inputs | Missing:
    """The inputs with the words of their entry and arms, or the reason with the entry named."""
    label = book.label(entry)
    if isinstance(found, Missing):
        return Missing(f"{label}: {found.reason}")
    data = {arm.arm: arm for arm in found.arms}
    time = found.time or ", ".join(entry.at) or None
    together = [_named(book, side) for side in sides if len(side) > 1]
    return replace(
        found,
        arms=tuple(_arm(book, entry, data, side) for side in sides),
        address=entry.address,
        label=label,
        time=time,
        where=entry.where,
        qualifiers=words_of(entry),
        notes=(*found.notes, *(f"{names} are taken together as one group" for names in together)),
    )


def _arm(book: Book, entry: Entry, data: dict[str, ArmData], side: tuple[str, ...]) -> ArmData:
    """What a side contributed, with its name; of printed effects its size alone."""
    key = "+".join(side)
    own = [book.study.arms[arm] for arm in side]
    known = data.get(key)
    if known is None:
        counted = [denominator(book.study, entry, arm) for arm in side]
        sizes = [bounds(n).floats[1] for n in counted if isinstance(n, Reported) and n.is_number]
        known = ArmData(key, n=sum(sizes) if len(sizes) == len(side) else None)
    treatments = dict.fromkeys(arm.treatment for arm in own)
    return replace(known, label=_named(book, side), treatment="+".join(treatments))


def _named(book: Book, side: tuple[str, ...]) -> str:
    names = [book.study.arms[arm].label or arm for arm in side]
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def _why_no_hazard_ratio(entry: Entry) -> str:
    stated = (*entry.results, *entry.shared)
    printed = [
        word
        for name, word in (("median", "medians"), ("survival", "survival percentages"), ("events", "events"))
        if any(getattr(result, name) is not None for result in stated)
    ]
    if entry.tests:
        printed.append("a test")
    return f"prints {' and '.join(printed) or 'no effect'}, but no hazard ratio with its interval"
