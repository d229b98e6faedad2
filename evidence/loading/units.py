"""Units that convert into each other, to say which would do."""

from __future__ import annotations

import difflib

FAMILIES = (
    ("seconds", "minutes", "hours", "days", "weeks", "months", "years"),
    ("μg/L", "ng/mL", "ug/L", "mcg/L", "ng/ml", "μg/l", "μg·L-1", "ng·mL-1", "mg/L", "pg/mL", "ng/L"),
    ("mm3", "cm3", "mL", "ml", "L", "mm³", "cm³"),
    ("mm", "cm", "m"),
    ("g", "kg", "mg", "μg"),
    ("percent",),
)


def plain(unit: str) -> str:
    """A unit with one spelling of micro, for comparing."""
    return unit.replace("\u00b5", "\u03bc")


def relatives(unit: str) -> tuple[str, ...]:
    """The units that a unit converts to, itself among them."""
    for family in FAMILIES:
        if plain(unit) in family:
            return family
    return (plain(unit),)


def is_like(unit: str, other: str) -> bool:
    """Whether two units convert into each other."""
    return plain(unit) in relatives(other)


def misspelt(unit: str, other: str) -> str | None:
    """The relative of another unit that this one is probably meant to be."""
    known = [u for u in relatives(other) if u not in ("m", "g", "L")]
    near = difflib.get_close_matches(plain(unit).lower(), [u.lower() for u in known], n=1, cutoff=0.7)
    return next((u for u in known if near and u.lower() == near[0]), None)
