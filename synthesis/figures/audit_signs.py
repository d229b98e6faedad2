"""One sign a row for what the audit says about the numbers under it; silence is not a pass."""

from collections.abc import Sequence
from typing import Any

CLEAN, DISCREPANT, IMPOSSIBLE, UNCHECKED = "✓", "!", "×", "?"
LEGEND = {
    CLEAN: "checked, nothing inconsistent",
    DISCREPANT: "rests on a number that is inconsistent or doubtful",
    IMPOSSIBLE: "rests on a number that is impossible as printed",
    UNCHECKED: "not checkable",
}


def audit_sign(findings: Sequence[Any]) -> str:
    """The sign of the gravest finding; ``?`` when there is none that says anything.

    Examples
    --------
    >>> audit_sign(())
    '?'
    """
    alarming = [found for found in findings if found.severity in ("error", "warning")]
    if any(found.verdict == "impossible" for found in alarming):
        return IMPOSSIBLE
    if alarming:
        return DISCREPANT
    if any(found.verdict in ("consistent", "consistent-under", "slip") for found in findings):
        return CLEAN
    return UNCHECKED


def legend(signs: Sequence[str]) -> str:
    """What the signs that occur mean, in one sentence.

    Examples
    --------
    >>> legend(["✓", "?", "✓"])
    'Audit: ✓ checked, nothing inconsistent; ? not checkable.'
    """
    used = [f"{sign} {words}" for sign, words in LEGEND.items() if sign in signs]
    return f"Audit: {'; '.join(used)}." if used else ""
