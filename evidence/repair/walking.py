"""Finding and exchanging printed numbers inside claims, by their address."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from typing import Any

from evidence.claims import Claim, Place
from evidence.values import Reported

_PLAIN = {"place", "address", "contrast", "letter", "named", "claim", "higher", "of", "what", "unit"}
_PLAIN |= {"items", "scale", "others"}  # what was said of the numbers, not the numbers themselves
_NAMES: dict[str, tuple[str, ...]] = {}


def _names(value: Any) -> tuple[str, ...]:
    """The fields of a claim that can hold numbers."""
    kind = type(value).__name__
    if kind not in _NAMES:
        _NAMES[kind] = tuple(f.name for f in fields(value) if f.name not in _PLAIN)
    return _NAMES[kind]


def numbers_of(value: Any) -> Iterator[Reported]:
    """Every printed number inside a claim, in the order of its fields.

    Examples
    --------
    >>> from evidence.checks.examples import share
    >>> [n.text for n in numbers_of(share("89.02", "82"))]
    ['82', '89.02']
    """
    if isinstance(value, Reported):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from numbers_of(each)
    elif hasattr(value, "__dataclass_fields__") and not isinstance(value, Place):
        for name in _names(value):
            yield from numbers_of(getattr(value, name))


def exchanged(value: Any, new: Mapping[str, Reported]) -> Any:
    """The same claim with the numbers at these addresses exchanged; itself where it holds none of them."""
    if isinstance(value, Reported):
        return new.get(value.address, value) if value.address else value
    if isinstance(value, tuple):
        found = tuple(exchanged(each, new) for each in value)
        return found if any(a is not b for a, b in zip(found, value, strict=True)) else value
    if hasattr(value, "__dataclass_fields__") and not isinstance(value, Place):
        changes = {}
        for name in _names(value):
            old = getattr(value, name)
            put = exchanged(old, new)
            if put is not old:
                changes[name] = put
        return replace(value, **changes) if changes else value
    return value


def by_address(claims: tuple[Claim, ...]) -> dict[str, list[int]]:
    """Which claims hold the number at each address, by their position."""
    found: dict[str, list[int]] = {}
    for i, claim in enumerate(claims):
        for address in dict.fromkeys(n.address for n in numbers_of(claim) if n.address):
            found.setdefault(address, []).append(i)
    return found
