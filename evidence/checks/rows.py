"""The rows of a paper's tables: what was printed of several arms in one place."""

from __future__ import annotations

from evidence.claims import Paper, Share, Summary

EVERYBODY = "all"


def summary_rows(whole: Paper) -> list[tuple[Summary, ...]]:
    """Means with their spread, one an arm, of two arms or more in one place at one time.

    Examples
    --------
    >>> from evidence.checks.examples import paper, summary
    >>> whole = paper(summary("5.1", "1.2", "40"), summary("5.3", "1.1", "40", arm="b"))
    >>> [[each.arm for each in row] for row in summary_rows(whole)]
    [['a', 'b']]
    """
    rows: dict[tuple[str, str | None], dict[str, Summary]] = {}
    for claim in whole.claims:
        if isinstance(claim, Summary) and claim.arm != EVERYBODY and claim.mean is not None:
            rows.setdefault((claim.place.address, claim.time), {}).setdefault(claim.arm, claim)
    return [tuple(row.values()) for row in rows.values() if len(row) > 1]


def share_rows(whole: Paper) -> list[tuple[tuple[Share, ...], ...]]:
    """Shares of people, those of one arm together: one where there are no categories."""
    rows: dict[str, dict[str, list[Share]]] = {}
    for claim in whole.claims:
        if isinstance(claim, Share) and claim.arm != EVERYBODY and not claim.survival:
            rows.setdefault(claim.place.address, {}).setdefault(claim.arm, []).append(claim)
    tables = [tuple(tuple(shares) for shares in row.values()) for row in rows.values() if len(row) > 1]
    return [table for table in tables if len({len(shares) for shares in table}) == 1]
