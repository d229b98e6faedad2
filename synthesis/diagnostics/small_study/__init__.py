"""Tests of small-study effects, one file each, ending in `TEST = Test(...)`.

Nothing else is needed to add one. Files are imported when a test is first asked for.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from synthesis.diagnostics.small_study.asymmetry import Test


@cache
def all_tests() -> dict[str, Test]:
    """Every test by its key, in alphabetical order.

    Examples
    --------
    >>> "egger" in all_tests()
    True
    """
    from importlib import import_module
    from pkgutil import iter_modules

    names = sorted(module.name for module in iter_modules(__path__))
    modules = [import_module(f"{__name__}.{name}") for name in names]
    found = [module.TEST for module in modules if hasattr(module, "TEST")]
    return {test.key: test for test in sorted(found, key=lambda test: test.key)}
