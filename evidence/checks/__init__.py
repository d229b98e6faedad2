"""One check a file, each ending in ``CHECK``: listing the folder finds them, importing it loads none."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evidence.checks.check import Check


@cache
def all_checks() -> tuple[Check, ...]:
    """Every check of this folder, in order of code.

    Examples
    --------
    >>> "AUD103" in [check.code for check in all_checks()]
    True
    """
    names = sorted(module.name for module in iter_modules(__path__))
    modules = [import_module(f"{__name__}.{name}") for name in names]
    checks = [module.CHECK for module in modules if hasattr(module, "CHECK")]
    return tuple(sorted(checks, key=lambda check: check.code))


def checks_on(claim_type: type) -> tuple[Check, ...]:
    """The checks that ask something of claims of this type, in order of code."""
    return _by_type().get(claim_type, ())


@cache
def _by_type() -> dict[type, tuple[Check, ...]]:
    types = dict.fromkeys(claim_type for check in all_checks() for claim_type in check.on)
    return {each: tuple(check for check in all_checks() if each in check.on) for each in types}
