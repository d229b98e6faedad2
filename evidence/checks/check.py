"""What a check is, and the few ways of saying what it found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from evidence.claims import Place
from evidence.findings import (
    CONSISTENT,
    CONSISTENT_UNDER,
    IMPOSSIBLE,
    INCONSISTENT,
    NO_DECISION,
    NOT_CHECKABLE,
    SCREEN,
    SLIP,
    Finding,
    severity_of,
)
from evidence.values import Printed, Reported, numbers_in

About = tuple[Printed | None, ...]
"""The numbers a finding speaks of, the one it is about first; None is passed over."""


class Rule(NamedTuple):
    """A code and its slug: one of each a rule, never used again for another."""

    code: str
    slug: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One rule: what it asks of which claims, and why, with claims that keep it and claims that break it.

    ``run`` takes a claim of a type in ``on`` and gives findings, consistent ones too. ``fails``, where there
    is one, is a quick no: True only where ``run`` finds fault. ``allows``, where there is one, is a quick no
    for many values of one printed number of a claim: given the ends of what is printed so, False only where
    ``run`` would find fault; None where it cannot tell. ``keeps`` and ``breaks`` make example claims, the
    check's first tests; they are made when asked for, since an audit needs none.
    ``false_alarms`` says when a finding need not mean that anything is wrong.
    """

    rule: Rule
    title: str
    what: str
    why: str
    formula: str
    reference: str
    on: tuple[type, ...]
    run: Callable[[Any], Iterator[Finding]]
    keeps: Callable[[], tuple[Any, ...]]
    breaks: Callable[[], tuple[Any, ...]]
    fails: Callable[[Any], bool] | None = None
    allows: Callable[[Any, Reported], Callable[[float, float], bool] | None] | None = None
    false_alarms: str = ""

    @property
    def code(self) -> str:
        """The rule's code, such as AUD103."""
        return self.rule.code

    @property
    def consistent(self) -> tuple[Any, ...]:
        """Claims that keep the rule."""
        return self.keeps()

    @property
    def inconsistent(self) -> tuple[Any, ...]:
        """Claims that break it."""
        return self.breaks()

    @property
    def slug(self) -> str:
        """The rule's name in words, such as percent-attainable."""
        return self.rule.slug


def found(verdict: str, rule: Rule, place: Place, about: About, message: str, **more: Any) -> Finding:
    """A finding of this verdict, with the verdict's usual severity unless ``severity`` is given."""
    return _made(verdict, rule, place, about, message, more)


def _made(
    verdict: str, rule: Rule, place: Place, about: About, message: str, more: dict[str, Any]
) -> Finding:
    decision = more.pop("decision", NO_DECISION)
    severity = more.pop("severity", None) or severity_of(verdict, decision)
    return Finding(rule.code, rule.slug, verdict, message, _once(about), place, decision, severity, **more)


def _once(about: About) -> tuple[Reported, ...]:
    """Every printed number in these once, in their order."""
    seen: dict[tuple[str, str], Reported] = {}
    for each in about:
        for n in (each,) if type(each) is Reported else numbers_in(each):
            seen[n.address, n.text] = n
    return tuple(seen.values())


def consistent(rule: Rule, place: Place, about: About, message: str, **more: Any) -> Finding:
    """The numbers agree."""
    return _made(CONSISTENT, rule, place, about, message, more)


def consistent_under(rule: Rule, place: Place, about: About, message: str, **more: Any) -> Finding:
    """The numbers agree only under the test or convention that ``by`` names."""
    return _made(CONSISTENT_UNDER, rule, place, about, message, more)


def slip(rule: Rule, place: Place, about: About, message: str, **more: Any) -> Finding:
    """The numbers miss each other by no more than one unit of the last printed digit."""
    return _made(SLIP, rule, place, about, message, more)


def inconsistent(rule: Rule, place: Place, about: About, message: str, **more: Any) -> Finding:
    """The numbers contradict each other."""
    return _made(INCONSISTENT, rule, place, about, message, more)


def impossible(rule: Rule, place: Place, about: About, message: str, **more: Any) -> Finding:
    """A number that nothing can have."""
    return _made(IMPOSSIBLE, rule, place, about, message, more)


def not_checkable(rule: Rule, place: Place, about: About, message: str, **more: Any) -> Finding:
    """What was printed does not let anyone tell; the message says why."""
    return _made(NOT_CHECKABLE, rule, place, about, message, more)


def screen(rule: Rule, place: Place, about: About, message: str, **more: Any) -> Finding:
    """Something to look at, which need not be wrong."""
    return _made(SCREEN, rule, place, about, message, more)


def is_number(value: Printed | None) -> bool:
    """Whether one plain number was printed, and not a word, a choice or a range."""
    return isinstance(value, Reported) and value.is_number


def stands_at(value: Printed | None, number: Reported) -> bool:
    """Whether a value of a claim is the printed number of this address."""
    return isinstance(value, Reported) and value.address == number.address
