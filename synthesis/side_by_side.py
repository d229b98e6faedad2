"""What can be said of arms of separate studies that stand side by side without being pooled."""

from __future__ import annotations

from collections.abc import Sequence

from evidence.reanalysis.r_by_c import pearson
from evidence.reanalysis.two_by_two import fisher
from synthesis.table import EffectRow


def unlikeness(rows: Sequence[EffectRow]) -> tuple[str, ...]:
    """A sentence on how unlike the rows' percentages are: Fisher's exact p of two, Pearson's of more.

    Nothing for fewer than two rows, or for rows without counts.
    """
    counts = [(row.arms[0].events, row.arms[0].n) for row in rows if len(row.arms) == 1]
    known = [(int(events), int(n)) for events, n in counts if events is not None and n]
    if len(known) != len(rows) or len(known) < 2:
        return ()
    return (_said(known),)


def _said(known: list[tuple[int, int]]) -> str:
    counts = " and ".join(f"{events}/{n}" for events, n in known)
    if len(known) == 2:
        (a, n1), (c, n2) = known
        name, p = "Fisher's exact p", float(fisher(a, n1, c, n2).p)
    else:
        name, p = "Pearson's chi-square p", float(pearson([[events, n - events] for events, n in known]).p)
    return f"Were {counts} arms of one trial, {name} would be {_brief(p)}."


def _brief(p: float) -> str:
    return f"{p:.0e}".replace("e-0", "e-") if p < 0.001 else f"{p:.3f}"
