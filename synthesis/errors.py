"""What can go wrong when studies are pooled.

SynthesisError (ValueError)
├── PoolingError      effects or variances that cannot be pooled, naming the rows
├── FigureError       a figure that cannot be drawn as asked, or from so little
├── ReportError       a file that is no report, or none that can be compared with
├── UnknownName       a method that does not exist, with the ones that do
└── MissingPackage    an optional package that is not installed
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

Choice = TypeVar("Choice")


class SynthesisError(ValueError):
    """The root of every error that `synthesis` raises about its input."""


class PoolingError(SynthesisError):
    """Effects or variances that cannot be pooled; the message names the rows."""


class FigureError(SynthesisError):
    """A figure that cannot be drawn as asked, or from so little; the message says what it needs."""


class ReportError(SynthesisError):
    """A file that is no report, or none that this version can compare with."""


class UnknownName(SynthesisError):
    """A name that is not among the choices; the message lists them."""


class MissingPackage(SynthesisError):
    """An optional package is not installed; the message says how to get it."""


def choose(kind: str, name: object, choices: Mapping[str, Choice]) -> Choice:
    """The entry of `choices` called `name`.

    Raises
    ------
    UnknownName
        When there is none; the message lists the choices and the nearest name.

    Examples
    --------
    >>> choose("tau2 estimator", "RELM", {"REML": 1, "DL": 2})
    Traceback (most recent call last):
    ...
    synthesis.errors.UnknownName: unknown tau2 estimator 'RELM'; choose REML, DL (did you mean REML?)
    """
    if isinstance(name, str) and name in choices:
        return choices[name]
    from difflib import get_close_matches

    folded = {choice.lower(): choice for choice in choices}
    near = get_close_matches(str(name).lower(), folded, n=1, cutoff=0.5)
    hint = f" (did you mean {folded[near[0]]}?)" if near else ""
    raise UnknownName(f"unknown {kind} {name!r}; choose {', '.join(choices)}{hint}")
