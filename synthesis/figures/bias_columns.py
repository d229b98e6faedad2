"""The risk-of-bias columns of a forest plot: a sign for each domain and overall, and their legend."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from synthesis.drawing.text_metrics import clean
from synthesis.figures.bias_signs import SIGNS, sign_of, sign_words
from synthesis.figures.entries import Entry
from synthesis.figures.numbers import DASH
from synthesis.figures.rows import Column

OVERALL = "Overall"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_TITLES = {"RoB2": "RoB 2"}
_HEAD = "Risk of bias"


@dataclass(frozen=True, slots=True)
class BiasColumns:
    """The columns, their cells for the entries in their order, what letters mean, and what signs do."""

    columns: tuple[Column, ...]
    cells: tuple[dict[str, str], ...]
    note: str
    legend: tuple[tuple[str, str], ...]


def bias_columns(bias: Mapping[str, Any], entries: Sequence[Entry], endpoint: str) -> BiasColumns | None:
    """The columns for these studies; None when none of them was judged.

    Parameters
    ----------
    bias : mapping of study keys (or labels) to its judgements
        One `evidence.study.Bias`, or several, of which the one about `endpoint` counts.
    entries : the studies shown
    endpoint : key of what the figure is about
    """
    found = [_one(bias.get(entry.study or entry.label), endpoint) for entry in entries]
    judged = [one for one in found if one is not None]
    if not judged:
        return None
    tools = list(dict.fromkeys(one.tool for one in judged))
    domains = list(dict.fromkeys(name for one in judged for name in one.domains)) if len(tools) == 1 else []
    letters = dict(zip(domains, _LETTERS, strict=False))
    columns = [Column(f"bias-{letter}", letter, "sign", _HEAD) for letter in letters.values()]
    if any(one.overall is not None for one in judged) or not columns:
        columns.append(
            Column("bias-overall", OVERALL if columns else _HEAD, "sign", _HEAD if columns else "")
        )
    legend = tuple(pair for tool in tools for pair in _legend(tool, judged))
    cells = tuple(_cells(one, letters) for one in found)
    return BiasColumns(tuple(columns), cells, _note(tools, letters), tuple(dict(legend).items()))


def with_risk(bias: Mapping[str, Any], entries: Sequence[Entry], endpoint: str) -> tuple[Entry, ...]:
    """The entries with the rank of their overall risk of bias: signs from the best, then no judgement."""
    ranks = {sign.text: rank for rank, sign in enumerate(SIGNS.values())}
    found = [_one(bias.get(entry.study or entry.label), endpoint) for entry in entries]
    signs = [None if one is None or one.overall is None else _said(one.tool, one.overall) for one in found]
    return tuple(
        replace(entry, risk=ranks.get(sign or "", len(ranks)))
        for entry, sign in zip(entries, signs, strict=True)
    )


def _one(judged: Any, endpoint: str) -> Any:
    """The judgement about this endpoint: one that names it, else one that names none."""
    if judged is None or hasattr(judged, "tool"):
        return judged
    named = [one for one in judged if endpoint in one.outcomes]
    return next(iter(named or [one for one in judged if not one.outcomes]), None)


def _cells(one: Any, letters: Mapping[str, str]) -> dict[str, str]:
    if one is None:
        return {f"bias-{key}": DASH for key in (*letters.values(), "overall")}
    judged = {f"bias-{letter}": one.domains.get(name) for name, letter in letters.items()}
    return {key: _said(one.tool, said) for key, said in (judged | {"bias-overall": one.overall}).items()}


def _said(tool: str, judged: Any) -> str:
    """The sign of a judgement; its own words where there is none, a dash where nothing was judged."""
    if judged is None:
        return DASH
    sign = sign_of(tool, judged.judgement)
    return clean(judged.judgement) if sign is None else sign.text


def _note(tools: Sequence[str], letters: Mapping[str, str]) -> str:
    """The tool, and the domains behind the letters."""
    named = ", ".join(f"{letter}\xa0{name.replace('-', ' ')}" for name, letter in letters.items())
    said = f"{_HEAD} judged with {' and '.join(_TITLES.get(tool, tool) for tool in tools)}"
    return f"{said}: {named}" if named else said


def _legend(tool: str, judged: Sequence[Any]) -> tuple[tuple[str, str], ...]:
    mine = [one for one in judged if one.tool == tool]
    every = [j for one in mine for j in (*one.domains.values(), one.overall) if j is not None]
    return sign_words(tool, [one.judgement for one in every])
