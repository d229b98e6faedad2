"""What may meet: which results may share a diamond, and what a plan put together that would not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from evidence.durations import days, within
from evidence.planned import NONE
from evidence.qualifiers import ANY_GRADE, said
from synthesis.table import LeftOut

if TYPE_CHECKING:
    from evidence.measures.measure import Measure
    from evidence.review import Synthesis
    from synthesis.table import EffectRow

RANDOMISED = "randomised"
ADJUSTED = "non-randomised, adjusted"
CRUDE = "non-randomised, crude"
SINGLE_ARM = "single-arm"
PEOPLE = "patients"

_SINGLE_REASON = (
    "arms of separate studies are shown side by side; pooling single arms takes a plan under `syntheses`"
)
_TIMES = {
    "last": "at the last follow-up",
    "best": "at best",
    "after": "after treatment",
    "end-of-treatment": "at the end of treatment",
}
_PLANNED_APART = "the plan sets these results side by side"
_NAMED = 3  # more studies of one word than these are counted, not named
_BOUND_TO_UNITS = ("MD", "MN", "MC", "GEN")


@dataclass(frozen=True, slots=True)
class Question:
    """What decides whether rows may meet: how many sides, the plan if there is one, windows, the measure."""

    sides: int
    measure: Measure
    plan: Synthesis | None = None
    windows: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why rows may not share a diamond, None where they may; and what a plan lets meet in it."""

    reason: str | None
    notes: tuple[str, ...] = ()


def design_class(kind: str | None, adjusted: bool | None, arms: int) -> str:
    """The class of a result, within which results may share a diamond."""
    if arms == 1:
        return SINGLE_ARM
    if kind == "randomised-trial":
        return RANDOMISED
    return ADJUSTED if adjusted else CRUDE


def may_meet(rows: Sequence[EffectRow], asked: Question) -> Verdict:
    """Whether these rows may share a diamond.

    Never: results that count unlike things (lesions and patients), raw results in unlike units. Unlike
    designs (randomised, adjusted, crude), grades or ways of handling crossover only where the plan names
    both: in ``designs``, ``adjusted``, ``grade``, ``crossover``. Unlike times where there is a plan, or where
    one of the endpoint's windows holds them all. Single arms need a plan, and a plan may keep results apart.
    What a plan lets meet is said.
    """
    apart = _SINGLE_REASON if asked.sides == 1 and asked.plan is None else None
    if asked.plan is not None and not asked.plan.pooled:
        apart = _PLANNED_APART
    if apart is not None:
        unlike = [reason for reason, _ in _unlike(rows, asked)] if len(rows) > 1 else []
        return Verdict("; ".join([apart, *unlike]))
    if len(rows) < 2:
        return Verdict(None)
    found = list(_unlike(rows, asked))
    refused = [reason for reason, allowed in found if not allowed]
    notes = tuple(f"By the plan, {reason} are taken together" for reason, allowed in found if allowed)
    return Verdict("; ".join(refused) or None, notes)


def of_people(rows: Sequence[EffectRow]) -> tuple[tuple[EffectRow, ...], tuple[LeftOut, ...]]:
    """The rows that count people, and the others left out with the reason; all, where none or each does.

    Lesions and patients never share a mean; a study of lesions must not keep those of patients from theirs.
    """
    people = tuple(row for row in rows if row.counted == PEOPLE)
    if not people:
        return tuple(rows), ()
    others = (row for row in rows if row.counted != PEOPLE)
    return people, tuple(
        LeftOut(row.study, row.label, f"counts {row.counted} where the others count {PEOPLE}")
        for row in others
    )


def _unlike(rows: Sequence[EffectRow], asked: Question) -> Iterable[tuple[str, bool]]:
    """Each way in which the rows are unlike, in words, and whether the plan lets them meet all the same."""
    plan = asked.plan
    counted = {row.label: row.counted for row in rows}
    if len(set(counted.values())) > 1:
        yield f"results that count unlike things ({_each(counted)})", False
    units = {row.label: said("unit", row.qualifiers.get("unit", ())) for row in rows}
    if asked.measure.code in _BOUND_TO_UNITS and len(set(units.values())) > 1:
        yield f"results in unlike units ({_each(units)})", False
    times = {row.label: row.time for row in rows}
    if asked.measure.kind != "time-to-event" and not same_time(times.values(), asked.windows):
        shown = {label: _at(time) for label, time in times.items()}
        yield f"results of unlike timepoints ({_each(shown)})", plan is not None
    classes = {row.label: design_class(row.design, row.adjusted, len(row.arms)) for row in rows}
    if len(set(classes.values())) > 1:
        yield f"results of unlike designs ({_each(classes)})", _names_designs(plan, set(classes.values()))
    for name, unstated in (("grade", ANY_GRADE), ("crossover", (NONE,))):
        words = {row.label: _words(row, name, unstated) for row in rows}
        if len(set(words.values())) > 1:
            shown = {label: said(name, own) for label, own in words.items()}
            yield f"results of unlike {name} ({_each(shown)})", _names(plan, name, set(words.values()))


def _at(time: str | None) -> str:
    return "time not stated" if not time else _TIMES.get(time, f"at {time}")


def _words(row: EffectRow, name: str, unstated: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in row.qualifiers.get(name, ()) if word not in unstated)


def _each(found: Mapping[str, str]) -> str:
    """``A and B randomised; C non-randomised, crude``: the labels of each word."""
    by_word: dict[str, list[str]] = {}
    for label, word in found.items():
        by_word.setdefault(word, []).append(label)
    return "; ".join(f"{_listed(who)} {word}" for word, who in by_word.items())


def _listed(who: Sequence[str]) -> str:
    if len(who) > _NAMED:
        return f"{len(who)} studies"
    return " and ".join(filter(None, (", ".join(who[:-1]), who[-1])))


def _names_designs(plan: Synthesis | None, classes: set[str]) -> bool:
    """Whether a plan names the designs that meet: randomised beside others, adjusted beside unadjusted."""
    if plan is None:
        return False
    mixed = RANDOMISED not in classes or len(set(plan.designs) - {"randomised-trial"}) > 0
    mixed = mixed and (RANDOMISED not in classes or "randomised-trial" in plan.designs)
    both = not {ADJUSTED, CRUDE} <= classes or {"adjusted", NONE} <= set(plan.adjusted)
    return mixed and both


def _names(plan: Synthesis | None, name: str, found: set[tuple[str, ...]]) -> bool:
    if plan is None:
        return False
    stated = set(getattr(plan, name))
    return all((word in stated) if words else bool(stated & {NONE, "any"}) for words in found
               for word in words or (NONE,))  # fmt: skip


def same_time(times: Iterable[str | None], windows: Mapping[str, tuple[str, str]]) -> bool:
    """Whether times are all one, or all within one of the windows.

    Examples
    --------
    >>> same_time(["6 months", "24 weeks"], {"6 months": ("5 months", "7 months")})
    True
    >>> same_time([None, "6 months"], {})
    False
    """
    distinct = set(times)
    if len(distinct) < 2:
        return True
    known = [time for time in distinct if time is not None and days(time) is not None]
    if len(known) < len(distinct):
        return False
    if len({days(time) for time in known}) == 1:
        return True
    return any(all(within(time, window) for time in known) for window in windows.values())
