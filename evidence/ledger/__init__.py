"""Findings as text: one output format a file, `as_NAME.py`, found by listing this folder.

Each holds `render(audit, texts) -> str`, where `texts` maps the name of each study file, as findings cite
it, to its text; a file that is missing there is cited without its line.
"""

from collections.abc import Mapping
from importlib import import_module
from importlib.resources import files
from typing import Protocol

from evidence.findings import Audit


class Render(Protocol):
    """Turns an audit into text; the same audit gives the same text."""

    def __call__(self, audit: Audit, texts: Mapping[str, str]) -> str: ...


def formats() -> tuple[str, ...]:
    """The names of the output formats.

    Examples
    --------
    >>> formats()
    ('concise', 'json', 'text')
    """
    names = (item.name for item in files(__name__).iterdir())
    return tuple(sorted(name[3:-3] for name in names if name.startswith("as_") and name.endswith(".py")))


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
