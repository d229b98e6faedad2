"""Which of the shown comparisons each study enters: the way from a study to its results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from synthesis.figures.display import display
from synthesis.figures.one_line import result_text
from synthesis.reporting.words import plural

if TYPE_CHECKING:
    from evidence.study import Study
    from synthesis.reporting.results import Result, Results


@dataclass(frozen=True, slots=True)
class Entered:
    """A comparison that a study enters: where it stands, its name, and what it comes to in words."""

    anchor: str
    label: str
    comes_to: str


def entered_by(studies: Sequence[Study], results: Results) -> dict[str, tuple[Entered, ...]]:
    """The comparisons that each study enters, by its key; empty for a study that enters none."""
    found: dict[str, list[Entered]] = {study.study: [] for study in studies}
    for result in results.shown:
        one = Entered(result.anchor, result.label, _comes_to(result))
        for study in dict.fromkeys(row.study for row in result.table.estimated):
            found[study].append(one)
    return {study: tuple(ones) for study, ones in found.items()}


def _comes_to(result: Result) -> str:
    """``risk ratio 1.20 (1.03 to 1.39), alone``: the estimate, and with how many studies."""
    table = result.table
    count = len({row.study for row in table.estimated})
    company = "alone" if count == 1 else plural(count, "study", "studies")
    return f"{display(table.measure).named} {result_text(table, result.pool)}, {company}"
