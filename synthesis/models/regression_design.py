"""Moderators to a design matrix: numbers as they are, words by treatment contrasts, products by name.

A term is the name of a moderator, `"a:b"` for the product of two or more, or `"a*b"` for both and their
product. Words become columns for every level but the first in alphabetical order (or the `reference`);
where what a contrast is taken from is not in the model, a column for every level, as in R.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from math import prod
from typing import Any

import numpy as np

from synthesis.arrays import FloatArray
from synthesis.errors import PoolingError, choose

INTERCEPT = "intercept"
Term = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Factor:
    """The levels of a moderator of words, the reference first."""

    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coding:
    """How moderators become columns; it is kept so that new values are coded in the same way.

    Attributes
    ----------
    terms : the terms in order; factors : the moderators of words, by name
    full : for each term the factors in it that have a column for every level
    names : of the columns; intercept : whether the first is constant
    """

    terms: tuple[Term, ...]
    factors: Mapping[str, Factor]
    full: tuple[frozenset[str], ...]
    names: tuple[str, ...]
    intercept: bool

    @property
    def moderators(self) -> tuple[str, ...]:
        """The moderators used, in order of appearance."""
        return tuple(dict.fromkeys(name for term in self.terms for name in term))

    def columns_of(self, term: str) -> tuple[str, ...]:
        """The columns of a term, such as all contrasts of "design"; none where there is no such term."""
        wanted = tuple(part.strip() for part in term.split(":"))
        at = int(self.intercept)
        for one, full in zip(self.terms, self.full, strict=True):
            width = prod(len(_labels(name, self.factors.get(name), name in full)) for name in one)
            if set(one) == set(wanted):
                return self.names[at : at + width]
            at += width
        return ()

    def matrix(self, values: Mapping[str, Any], k: int) -> FloatArray:
        """The (k, p) design matrix of (k,) values of each moderator."""
        columns = [np.ones(k)] if self.intercept else []
        for term, full in zip(self.terms, self.full, strict=True):
            parts = [_columns(name, values[name], self.factors.get(name), name in full) for name in term]
            columns += [_multiplied(chosen) for chosen in _combined(parts)]
        return np.array(columns).T


def _multiplied(chosen: tuple[FloatArray, ...]) -> FloatArray:
    product_of_all = chosen[0]
    for one in chosen[1:]:
        product_of_all = product_of_all * one
    return product_of_all


def code(
    values: Mapping[str, Any],
    terms: str | Sequence[str] | None = None,
    intercept: bool = True,
    reference: Mapping[str, str] | None = None,
) -> Coding:
    """How the moderators in `values` enter a regression.

    Parameters
    ----------
    values : name -> (k,) numbers, or words for a categorical moderator
    terms : as the module says, a sequence or one string with "+" between them; all moderators when None
    intercept : whether there is a constant; reference : moderator -> its first level

    Raises
    ------
    PoolingError, UnknownName
        For values that are neither numbers nor words, and for terms that name no moderator.

    Examples
    --------
    >>> code({"dose": [1, 2, 3], "design": ["cohort", "trial", "cohort"]}, "dose * design").names
    ('intercept', 'dose', 'design[trial]', 'dose:design[trial]')
    """
    parsed = _terms(terms, values)
    used = dict.fromkeys(name for term in parsed for name in term)
    factors = {name: _factor(name, values[name], reference) for name in used if _is_words(values[name])}
    full = tuple(_uncontrasted(parsed, factors, intercept))
    names = [INTERCEPT] if intercept else []
    for term, whole in zip(parsed, full, strict=True):
        parts = [_labels(name, factors.get(name), name in whole) for name in term]
        names += [":".join(chosen) for chosen in _combined(parts)]
    return Coding(tuple(parsed), factors, full, tuple(names), intercept)


def _combined(parts: list[Any]) -> Iterator[tuple[Any, ...]]:
    """One column of each part, the first changing fastest, as R orders them."""
    return (chosen[::-1] for chosen in product(*parts[::-1]))


def _terms(terms: str | Sequence[str] | None, values: Mapping[str, Any]) -> list[Term]:
    if terms is None:
        return [(name,) for name in values]
    written = terms.replace("~", "").split("+") if isinstance(terms, str) else list(terms)
    found: dict[frozenset[str], Term] = {}
    for one in written:
        for term in _expanded(one):
            for name in term:
                choose("moderator", name, dict(values))
            found.setdefault(frozenset(term), term)
    return sorted(found.values(), key=len)


def _expanded(written: str) -> list[Term]:
    """`"a:b"` as it is; `"a*b"` as a, b and a:b."""
    if "*" not in written:
        return [tuple(part.strip() for part in written.split(":"))]
    parts = [part.strip() for part in written.split("*")]
    return [chosen for size in range(1, len(parts) + 1) for chosen in combinations(parts, size)]


def _is_words(values: Any) -> bool:
    return np.asarray(values).dtype.kind in "UO" and any(isinstance(one, str) for one in np.ravel(values))


def _factor(name: str, values: Any, reference: Mapping[str, str] | None) -> Factor:
    words = np.ravel(np.asarray(values, dtype=object)).tolist()
    odd = [i + 1 for i, one in enumerate(words) if not isinstance(one, str) or not one]
    if odd:
        raise PoolingError(f"moderator {name}: rows {_listed(odd)} hold no word, though others do")
    levels = sorted(set(words))
    if len(levels) < 2:
        raise PoolingError(f"moderator {name} has a single level, {levels[0]!r}; it explains nothing")
    if reference and name in reference:
        first = choose(f"level of {name}", reference[name], {level: level for level in levels})
        levels = [first, *(level for level in levels if level != first)]
    return Factor(tuple(levels))


def _listed(rows: list[int]) -> str:
    shown = ", ".join(map(str, rows[:10]))
    return shown + (f" and {len(rows) - 10} more" if len(rows) > 10 else "")


def _uncontrasted(
    terms: list[Term], factors: Mapping[str, Factor], intercept: bool
) -> Iterator[frozenset[str]]:
    """For each term its factors that no other term leaves room to contrast."""
    present: set[frozenset[str]] = {frozenset(term) for term in terms} | (
        {frozenset()} if intercept else set()
    )
    for term in terms:
        whole = set()
        for name in term:
            if name in factors and frozenset(term) - {name} not in present:
                whole.add(name)
                if len(term) == 1:  # the columns of all its levels add up to the constant
                    present.add(frozenset())
        yield frozenset(whole)


def _labels(name: str, factor: Factor | None, whole: bool) -> list[str]:
    if factor is None:
        return [name]
    return [f"{name}[{level}]" for level in factor.levels[0 if whole else 1 :]]


def _columns(name: str, values: Any, factor: Factor | None, whole: bool) -> list[FloatArray]:
    if factor is None:
        return [_numbers(name, values)]
    words = np.ravel(np.asarray(values, dtype=object))
    for word in sorted(set(words.tolist()) - set(factor.levels), key=str):
        choose(f"level of {name}", word, {level: level for level in factor.levels})
    chosen = factor.levels[0 if whole else 1 :]
    return [np.asarray(words == level, dtype=np.float64) for level in chosen]


def _numbers(name: str, values: Any) -> FloatArray:
    try:
        numbers = np.array(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise PoolingError(f"moderator {name} holds neither numbers nor words: {error}") from error
    if numbers.ndim != 1:
        raise PoolingError(f"moderator {name} has shape {numbers.shape}; it is one row of values")
    if not np.isfinite(numbers).all():
        bad = np.flatnonzero(~np.isfinite(numbers)) + 1
        raise PoolingError(
            f"moderator {name}: rows {_listed(bad.tolist())} hold no finite number; leave those studies out "
            "or the moderator"
        )
    return numbers
