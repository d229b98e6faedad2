"""Findings as text: one output format a file, `as_NAME.py`, found by listing this folder.

Each holds `render(audit, texts, root) -> str`, where `texts` maps the name of each study file, as findings
cite it, to its text (a file that is missing there is cited without its line), and `root` is the folder to
show before each name.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evidence.findings import Audit


class Render(Protocol):
    """Turns an audit into text; the same audit gives the same text."""

    def __call__(self, audit: Audit, texts: Mapping[str, str], root: str = "") -> str: ...


def formats() -> tuple[str, ...]:
    """The names of the output formats, in alphabetical order.

    Examples
    --------
    >>> formats()
    ('concise', 'github', 'json', 'junit', 'md', 'sarif', 'text')
    """
    names = (item.name for item in iter_modules(__path__))
    return tuple(sorted(name.removeprefix("as_") for name in names if name.startswith("as_")))


def get(name: str) -> Render:
    """The `render` of one output format.

    Raises
    ------
    ValueError
        No format has this name; the message lists those that exist.
    """
    if name not in formats():
        raise ValueError(f'unknown output format "{name}"; choose {", ".join(formats())}')
    render: Render = import_module(f"{__name__}.as_{name}").render
    return render
