"""The example claims of check files as text: every printed number and word, a line each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from evidence.claims import Calendar, EffectClaim, Place, PrintedTest
from evidence.values import Reported

MOST_LINES = 16
_PREFIXES = ("example/endpoint/", "example/")
_WORDS = ("named", "claim", "higher")
"""What a test says in words rather than numbers."""


def shown(claim: Any) -> str:
    """A claim as text: where each number would stand, and its characters.

    Examples
    --------
    >>> from evidence.checks.examples import bare
    >>> print(shown(bare("t", "2.31", "0.003", n=("30",))))
    test/t: 2.31
    test/p: 0.003
    a/n: 30
    """
    lines = [f"{key}: {text}" for key, text in dict(_printed(claim)).items()]
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], f"and {len(lines) - MOST_LINES + 1} more"]
    return "\n".join(lines)


def _printed(value: Any) -> Iterator[tuple[str, str]]:
    """Everything printed in a claim, in the order of its fields, each with where it stands."""
    if isinstance(value, Reported):
        yield _short(value.address) or value.text, value.text
    elif isinstance(value, (tuple, list)):
        for item in value:
            yield from _printed(item)
    elif isinstance(value, Calendar):
        yield from ((field.name, getattr(value, field.name) or "not printed") for field in fields(value))
    elif is_dataclass(value) and not isinstance(value, Place):
        if isinstance(value, EffectClaim):
            yield f"{_short(value.address)}/measure", value.measure
        yield from _of_fields(value)


def _of_fields(value: Any) -> Iterator[tuple[str, str]]:
    """What the fields of a claim hold; a statistic is called by its letter, as in a study file."""
    letter = value.letter if isinstance(value, PrintedTest) else None
    for field in fields(value):
        inside = getattr(value, field.name)
        if field.name == "calendar" and inside == Calendar():
            continue
        for key, text in _printed(inside):
            yield (key.replace("/statistic", f"/{letter}") if letter else key), text
        if isinstance(value, PrintedTest) and field.name in _WORDS and inside is not None:
            yield f"{_short(value.address)}/{'test' if field.name == 'named' else field.name}", inside


def _short(address: str) -> str:
    for prefix in _PREFIXES:
        if address.startswith(prefix):
            return address.removeprefix(prefix)
    return address
