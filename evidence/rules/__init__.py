"""Every rule explained: the checks of the audit, and what can be wrong with files and options.

The pages are made from the check files (`of_checks`) and from the tables of the others (`of_files`), with
their examples tried when a page is asked for.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from evidence.rules.page import Example, Page, Said

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evidence.checks.check import Check

__all__ = ["Example", "Page", "Said", "UnknownRuleError", "codes", "explained", "page_of", "pages"]


class UnknownRuleError(ValueError):
    """A code or slug that no rule has."""


def codes(more: Iterable[Check] = ()) -> tuple[str, ...]:
    """The code of every rule, in order; ``more`` are checks kept elsewhere, such as those of many studies.

    Examples
    --------
    >>> {"AUD103", "YML010", "CFG901"} <= set(codes())
    True
    """
    return tuple(sorted(slugs(tuple(more))))


def pages(more: Iterable[Check] = ()) -> tuple[Page, ...]:
    """The page of every rule, in order of code."""
    further = tuple(more)
    return tuple(_made(code, further) for code in codes(further))


def explained(name: str, more: Iterable[Check] = ()) -> Page:
    """The page of one rule, by its code or its slug.

    Raises
    ------
    UnknownRuleError
        No rule is called so; the message names the nearest, or the families there are.
    """
    further = tuple(more)
    known = slugs(further)
    wanted = name.strip()
    for code, slug in known.items():
        if wanted.upper() == code or wanted.lower() == slug:
            return _made(code, further)
    raise UnknownRuleError(unknown(wanted, known))


def page_of(code: str, more: Iterable[Check] = ()) -> Page | None:
    """The page of a rule, or None where there is none of this code."""
    further = tuple(more)
    return _made(code, further) if code in slugs(further) else None


def unknown(name: str, slugs: dict[str, str]) -> str:
    """What to say of a name that no rule has."""
    from evidence.rules.choosing import nearest

    near = nearest(name, slugs)
    families = ", ".join(sorted({code[:3] for code in slugs}))
    hint = (
        f"did you mean {near} ({slugs[near]})?"
        if near
        else f"codes begin with {families}; evidence rules lists them"
    )
    return f'there is no rule "{name}"; {hint}'


@cache
def slugs(more: tuple[Check, ...] = ()) -> dict[str, str]:
    """The slug of every rule by its code."""
    from evidence.checks import all_checks
    from evidence.rules.of_files import FILE_RULES

    checks = {check.code: check.slug for check in (*all_checks(), *more)}
    return {**checks, **{rule.code: rule.slug for rule in FILE_RULES}}


@cache
def _made(code: str, more: tuple[Check, ...]) -> Page:
    from evidence.checks import all_checks
    from evidence.rules.of_checks import check_page
    from evidence.rules.of_files import FILE_RULES, file_page

    for check in (*all_checks(), *more):
        if check.code == code:
            return check_page(check)
    return file_page(next(rule for rule in FILE_RULES if rule.code == code))
