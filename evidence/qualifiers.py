"""What qualifies a printed result: the words it stands under, those asked for, and those preferred."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from evidence.durations import within
from evidence.planned import NONE, Qualified

if TYPE_CHECKING:
    from evidence.entry import Effect, Entry

Words = Mapping[str, tuple[str, ...]]

RANKED = (
    *("assessor", "cut", "set", "criteria", "confirmed", "at", "grade", "unit"),
    *("crossover", "adjusted", "source"),
)
"""The qualifiers in the order in which preferences about them are followed."""
ANY_GRADE = (NONE, "any")
_DEFAULTS: Words = {"crossover": (NONE,), "adjusted": (NONE, "adjusted")}
_SINGLE = ("assessor", "cut", "set", "criteria", "grade", "unit", "source")
_UNSTATED = {"crossover": "as allocated", "adjusted": "unadjusted", "grade": "any grade"}
_STATED = {("confirmed", "true"): "confirmed", ("confirmed", "false"): "unconfirmed"}


def words_of(entry: Entry, effect: Effect | None = None) -> dict[str, tuple[str, ...]]:
    """The qualifiers of an entry, and of one of its effects; none for one that is not stated."""
    single = {
        name: getattr(entry, name)
        for name in ("assessor", "cut", "set", "criteria", "grade", "unit", "source")
    }
    single["confirmed"] = None if entry.confirmed is None else str(entry.confirmed).lower()
    if effect is not None:
        single["crossover"] = effect.crossover
        single["adjusted"] = "adjusted" if effect.adjusted else None
    return {"at": tuple(entry.at)} | {name: (value,) for name, value in single.items() if value is not None}


def said(name: str, values: Sequence[str]) -> str:
    """A qualifier in words: ``grade 3+``, ``unconfirmed``, ``assessor not stated``.

    Examples
    --------
    >>> said("grade", ("3+",)), said("adjusted", ()), said("assessor", ()), said("crossover", ("RPSFTM",))
    ('grade 3+', 'unadjusted', 'assessor not stated', 'adjusted for crossover (RPSFTM)')
    """
    if not values or tuple(values) == (NONE,):
        return _UNSTATED.get(name, f"{name} not stated")
    if name == "crossover":
        return f"adjusted for crossover ({', '.join(values)})"
    text = ", ".join(_STATED.get((name, value), value) for value in values)
    return f"{name} {text}" if name in ("grade", "set") and text != "any" else text


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of an entry, and what is preferred among those that have it.

    ``only`` and ``prefer`` hold words by qualifier; ``windows`` times that count as one; ``subgroup`` the
    level an entry is about, None for everybody.
    """

    only: Words = field(default_factory=dict)
    prefer: Words = field(default_factory=dict)
    windows: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    subgroup: str | None = None

    def about(self, level: str | None) -> Wanted:
        """The same, asked of a subgroup level."""
        return replace(self, subgroup=level)

    def refused(self, words: Words) -> Iterator[str]:
        """The qualifiers of an entry or effect that are not those asked for."""
        for name in RANKED:
            allowed = self.only.get(name) or (ANY_GRADE if name == "grade" else ())
            if allowed and not any(self._is(name, own, allowed) for own in words.get(name) or (NONE,)):
                yield name

    def rank(self, name: str, words: Words) -> int:
        """Where a qualifier stands among the preferred ones; what is not among them comes after."""
        order = self.prefer.get(name) or self.only.get(name) or _DEFAULTS.get(name, ())
        places = [i for i, one in enumerate(order) for own in words.get(name) or (NONE,)
                  if self._is(name, own, (one,))]  # fmt: skip
        return min(places, default=len(order))

    def _is(self, name: str, own: str, allowed: Sequence[str]) -> bool:
        if own in allowed:
            return True
        return name == "at" and any(within(own, self.windows[one]) for one in allowed if one in self.windows)


def qualified(record: Qualified) -> dict[str, tuple[str, ...]]:
    """The qualifiers that a plan or a preference states."""
    return {name: tuple(getattr(record, name)) for name in RANKED if getattr(record, name)}
