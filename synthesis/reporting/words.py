"""The words and signs of the report: verdicts, decisions, fields, and small English."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evidence.emitting import shown
from evidence.findings import (
    CONSISTENT,
    CONSISTENT_UNDER,
    DEPENDS_ON_TEST,
    FLIPS,
    IMPOSSIBLE,
    INCONSISTENT,
    NO_DECISION,
    NOT_CHECKABLE,
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


def said(text: str) -> str:
    """A message as a sentence: a capital at its head, unless a symbol stands there, and a full stop.

    Examples
    --------
    >>> said("no whole number of 78 prints so"), said("t = 1.661 has p 0.099")
    ('No whole number of 78 prints so.', 't = 1.661 has p 0.099.')
    """
    return headed(text) + ("" if text.endswith((".", "!", "?")) else ".")


def headed(text: str) -> str:
    """A text with a capital at its head, unless a symbol of one letter stands there.

    Examples
    --------
    >>> headed("between arms: P"), headed("t of change")
    ('Between arms: P', 't of change')
    >>> headed("hand-foot reaction"), headed("χ² = 5.8"), headed("t-test")
    ('Hand-foot reaction', 'χ² = 5.8', 't-test')
    """
    head = re.split(r"[ :,-]", text, maxsplit=1)[0]
    return text[:1].upper() + text[1:] if len(head) > 1 and head.isascii() and head.isalpha() else text


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


def range_text(values: Range, decimals: int, word: str = "to") -> str:
    """A recomputed range with one digit more than was printed; one number where both ends print the same.

    Examples
    --------
    >>> range_text(Range(4.2611, 4.262, 4.2629), 3), range_text(Range(2.0, 2.0, 2.0), 0)
    ('4.2611 to 4.2629', '2.0')
    """
    low, high = _signed(values.low, decimals + 1), _signed(values.high, decimals + 1)
    return low if low == high else f"{low} {word} {high}"


def p_range_text(values: Range) -> str:
    """A range of p values as journals print them, without the letter.

    Examples
    --------
    >>> p_range_text(Range(1e-9, 1e-9, 1e-9)), p_range_text(Range(0.0985, 0.0987, 0.1012))
    ('< 0.001', '0.099 to 0.101')
    """
    low, high = _p(values.low), _p(values.high)
    return low if low == high else f"{low} to {high}"


def _p(p: float) -> str:
    return "< 0.001" if p < 0.001 else shown(p, 3)


def _signed(value: float, decimals: int) -> str:
    return shown(value, decimals).replace("-", "−")


def units_text(distance: float) -> str:
    """How far apart, in units of the last printed digit.

    Examples
    --------
    >>> units_text(1749.4), units_text(2.5)
    ('1,749 units of the last digit', '2.5 units of the last digit')
    """
    return f"{distance:,.{0 if distance >= 10 else 1}f} units of the last digit"
