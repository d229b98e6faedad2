"""What to write instead of a value that says no statistic: asked only where something is wrong."""

from __future__ import annotations

import re

_FIGURE = r"[-+−–]?\d[\d,]*(?:[.·]\d+)?"
_TO = r"\s*(?:,|;|–|—|-|−|to)\s*"


def _cell(written: str) -> re.Pattern[str]:
    """The expression of a cell: # is a number, ~ stands between two limits, a space may be missing."""
    parts = {"#": rf"({_FIGURE})\s*%?", "~": _TO, " ": r"\s*", "(": r"[(\[]", ")": r"[)\]]"}
    return re.compile("".join(parts.get(c, re.escape(c)) for c in written), re.IGNORECASE)


# How a cell looks, the pattern that `as:` would give it, and its statistics in figures.
_LOOKS = (
    (_cell("#/# (#)"), "events/n (percent)", "events: {0}, n: {1}, percent: {2}"),
    (_cell("# (#/#)"), "percent (events/n)", "percent: {0}, events: {1}, n: {2}"),
    (_cell("# of # (#)"), "", "events: {0}, n: {1}, percent: {2}"),
    (_cell("#/#"), "events/n", "events: {0}, n: {1}"),
    (_cell("# ± #"), "mean ± sd", "mean: {0}, sd: {1}"),
    (_cell("# (#~#)"), "median (ci95)", "median: {0}, ci95: [{1}, {2}]"),
    (_cell("# (95% CI:? #~#)"), "", "median: {0}, ci95: [{1}, {2}]"),
    (_cell("# (#)"), "events (percent)", "events: {0}, percent: {1}"),
)
_PERCENT = re.compile(rf"({_FIGURE})\s*%")
_TIMED = re.compile(rf"({_FIGURE})\s*(days?|weeks?|wks?|months?|mo|years?|yrs?)", re.IGNORECASE)


def _looks(text: str) -> tuple[str, str] | None:
    """The pattern and the statistics that a cell looks like."""
    for expression, pattern, statistics in _LOOKS:
        found = expression.fullmatch(text.strip())
        if found is not None:
            if pattern == "events (percent)" and "." in found[1]:
                pattern, statistics = "percent (events)", "percent: {0}, events: {1}"
            return pattern, statistics.format(*found.groups())
    return None


def of_bare_text(key: str, text: str) -> str:
    """What to write for a result that is text, in an entry without `as:`.

    Examples
    --------
    >>> of_bare_text("active", "33 (28.2%)")
    'write active: {events: 33, percent: 28.2}, or give the entry `as: events (percent)`'
    >>> of_bare_text("active", "10.0 months")
    'write active: {median: 10.0} and `unit: months` on the entry, if it is a median'
    """
    known = _looks(text)
    if known is not None:
        pattern, statistics = known
        other = f", or give the entry `as: {pattern}`" if pattern else ""
        return f"write {key}: {{{statistics}}}{other}"
    percent, timed = _PERCENT.fullmatch(text.strip()), _TIMED.fullmatch(text.strip())
    if percent:
        other = f"or {{survival: {percent[1]}}} where it is a Kaplan-Meier per cent"
        return f"write {key}: {{percent: {percent[1]}}}, {other}"
    if timed:
        return f"write {key}: {{median: {timed[1]}}} and `unit: {timed[2]}` on the entry, if it is a median"
    if text.strip().isdigit():
        return f"name the statistic, such as {key}: {{events: {text}}}, or give the entry `as: events`"
    return f"name the statistic, such as {key}: {{percent: 12.2}}, or give the entry `as: ...`"


def of_cell(text: str, examples: str) -> str:
    """What to write for a cell that is unlike the pattern of its entry.

    Examples
    --------
    >>> of_cell("9 (4.1%)", "percent")
    'write {events: 9, percent: 4.1}, or give the row its own: NAME: {as: events (percent), cells: [...]}'
    """
    if re.search(r"\d,\d{1,2}(?!\d)", text) and "(" in text:
        return "decimal commas are written as points"
    known = _looks(text)
    if known is not None:
        own = f"NAME: {{as: {known[0] or '...'}, cells: [...]}}"
        return f"write {{{known[1]}}}, or give the row its own: {own}"
    if re.search(r"[A-Za-z]{4}", text):
        figures = "write the figures alone, as the pattern has them"
        return f"{figures}, or name the statistics; a pattern is {examples}"
    return f"give the row its own `as:`, or name the statistics; a pattern is {examples}"
