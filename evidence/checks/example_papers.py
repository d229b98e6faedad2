"""Short ways of writing the example papers that stand in whole-study checks."""

from __future__ import annotations

from dataclasses import replace

from evidence.checks.examples import number, place, summary
from evidence.claims import Claim, Paper, Share, Summary
from evidence.values import Printed, reported

Row = tuple[tuple[str, str], ...]
"""(mean, SD) of every arm."""


def baseline_means(label: str, sizes: tuple[str, ...], row: Row) -> tuple[Summary, ...]:
    """A baseline row of means and SDs."""
    found = (
        summary(*cell, n, arm=arm, label=label) for arm, n, cell in zip("abcd", sizes, row, strict=False)
    )
    return tuple(replace(each, place=replace(each.place, baseline=True)) for each in found)


def baseline_counts(label: str, sizes: tuple[str, ...], row: tuple[str, ...]) -> tuple[Share, ...]:
    """A baseline row of counts."""
    where = replace(place(label), baseline=True)
    return tuple(
        Share(where, arm, number(n, f"{arm}/n"), number(count, f"{arm}/events", label))
        for arm, n, count in zip("abcd", sizes, row, strict=False)
    )


def trial(sizes: tuple[str, ...], *rows: Row | tuple[str, ...], design: str = "randomised-trial") -> Paper:
    """A trial of which only a baseline table is printed: rows of (mean, SD), or of counts."""
    claims: list[Claim] = []
    for i, row in enumerate(rows):
        label = f"row {i + 1}"
        if isinstance(row[0], str):
            claims += baseline_counts(label, sizes, tuple(str(cell) for cell in row))
        else:
            claims += baseline_means(label, sizes, tuple((cell[0], cell[1]) for cell in row))
    return Paper("example", design, tuple(claims), sizes=arms(sizes))


def arms(sizes: tuple[str, ...]) -> tuple[tuple[str, Printed], ...]:
    """The arms of an example with their n."""
    return tuple(
        (arm, reported(n, address=f"example/{arm}/n")) for arm, n in zip("abcd", sizes, strict=False)
    )
