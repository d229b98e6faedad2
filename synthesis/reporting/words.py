"""The words and signs of the report: verdicts, decisions, fields, and small English."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.emitting import shown
from evidence.findings import (
    CONSISTENT,
    CONSISTENT_UNDER,
    DEPENDS_ON_TEST,
    ERROR,
    FLIPS,
    IMPOSSIBLE,
    INCONSISTENT,
    NO_DECISION,
    NONE,
    NOT_CHECKABLE,
    NOTE,
    SAME,
    SCREEN,
    SLIP,
    WARNING,
    Finding,
    Range,
)


@dataclass(frozen=True, slots=True)
class Sign:
    """A word and the glyph that goes with it, so that colour carries nothing alone."""

    glyph: str
    word: str


VERDICTS = {
    CONSISTENT: Sign("✓", "consistent"),
    CONSISTENT_UNDER: Sign("✓", "consistent under one reading"),
    SLIP: Sign("≈", "off by the last digit"),
    INCONSISTENT: Sign("!", "inconsistent"),
    IMPOSSIBLE: Sign("×", "impossible"),
    NOT_CHECKABLE: Sign("?", "not checkable"),
    SCREEN: Sign("·", "worth a look"),
}
DECISIONS = {
    SAME: "the decision at 0.05 is the same",
    FLIPS: "the decision at 0.05 flips",
    DEPENDS_ON_TEST: "the decision at 0.05 depends on the test",
    NO_DECISION: "",
}
SEVERITIES = {ERROR: "error", WARNING: "warning", NOTE: "note", NONE: "agrees"}
SEVERITY_SIGNS = {ERROR: "×", WARNING: "!", NOTE: "?", NONE: "✓"}

FIELDS = {
    "chi2": "χ²",
    "p": "P",
    "f": "F",
    "u": "U",
    "w": "W",
    "h": "H",
    "q": "Q",
    "rho": "ρ",
    "percent": "percentage",
    "plusminus": "± value",
    "sd": "standard deviation",
    "se": "standard error",
    "survival": "survival",
    "iqr": "interquartile range",
    "df": "degrees of freedom",
    "n": "number of participants",
    "o_minus_e": "O − E",
}


def field_name(field: str) -> str:
    """How a statistic is called: ``χ²`` for ``chi2``, ``95 % interval`` for ``ci95``."""
    if field.startswith(("ci", "cri")) and field.lstrip("cri").replace(".", "").isdigit():
        return f"{field.lstrip('cri')} % {'credible ' if field.startswith('cri') else ''}interval"
    return FIELDS.get(field, field.replace("_", " ").replace("-", " "))


def verdict_word(finding: Finding) -> str:
    """The verdict in words, naming the test or convention where the verdict rests on one."""
    if finding.verdict == CONSISTENT_UNDER and finding.by:
        return f"consistent under {finding.by}"
    return VERDICTS[finding.verdict].word


def glyph_of(finding: Finding) -> str:
    """The sign of a finding: its verdict's, and that of a disagreement where it is a warning."""
    if finding.verdict == CONSISTENT_UNDER and finding.severity == WARNING:
        return VERDICTS[INCONSISTENT].glyph
    return VERDICTS[finding.verdict].glyph


def plural(count: int, one: str, many: str | None = None) -> str:
    """``1 study``, ``2 studies``: a count with its noun.

    Examples
    --------
    >>> plural(1, "arm"), plural(0, "study", "studies")
    ('1 arm', '0 studies')
    """
    return f"{count:,} {one}" if count == 1 else f"{count:,} {many or one + 's'}"


def listed(items: tuple[str, ...] | list[str], word: str = "and") -> str:
    """``a, b and c``.

    Examples
    --------
    >>> listed(["a", "b", "c"]), listed(["a"]), listed([])
    ('a, b and c', 'a', '')
    """
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {word} {items[-1]}"


def p_text(p: float) -> str:
    """A p value as journals print it.

    Examples
    --------
    >>> p_text(0.0000004), p_text(0.0312), p_text(0.51)
    ('P < 0.001', 'P = 0.031', 'P = 0.51')
    """
    if p < 0.001:
        return "P < 0.001"
    return f"P = {shown(p, 3 if p < 0.095 else 2)}"


def range_text(values: Range, decimals: int) -> str:
    """A recomputed range with one digit more than was printed; one number where both ends print the same.

    Examples
    --------
    >>> range_text(Range(4.2611, 4.262, 4.2629), 3), range_text(Range(2.0, 2.0, 2.0), 0)
    ('4.2611 to 4.2629', '2.0')
    """
    low, high = _signed(values.low, decimals + 1), _signed(values.high, decimals + 1)
    return low if low == high else f"{low} to {high}"


def _signed(value: float, decimals: int) -> str:
    return shown(value, decimals).replace("-", "−")


def units_text(distance: float) -> str:
    """How far apart, in units of the last printed digit."""
    digits = 0 if distance >= 10 else 1
    return f"{distance:,.{digits}f} units of the last printed digit"
