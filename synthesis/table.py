"""The effect table: one row an estimate, with what it was made from, and what was left out and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from math import isfinite
from typing import TYPE_CHECKING

from evidence.derivation.inputs import ArmData
from evidence.findings import Finding
from evidence.values import Derived, Reported

if TYPE_CHECKING:
    import numpy as np

__all__ = ["OTHERS", "ArmData", "EffectRow", "EffectTable", "LeftOut", "in_brief"]

OTHERS = "compares other treatments"
"""How the reason begins, where a study was not left out but is about something else."""


@dataclass(frozen=True, slots=True)
class EffectRow:
    """One estimate on the measure's own scale (logarithms for ratios), and everything under it.

    ``inputs`` are the printed numbers and the recorded derivations it rests on; ``findings`` what the audit
    says about those numbers; ``passed_over`` the other entries of the study that could have served, and why
    this one was taken; ``route`` how the inputs came about (counts, percentages, means, printed HR);
    ``stated`` the printed limits and their level, on the measure's scale, where the effect rests on them;
    ``rounding`` the least and greatest estimate over all that would have been printed so, ``corners`` the
    estimate with its variance at the ends of it; ``choice`` why this entry was taken among those that could
    have served; ``qualifiers`` the words it stands under; ``counted`` what is counted; ``people`` the groups
    of people under it, so that rows with one in common are dependent; ``group`` what a plan groups it under.
    """

    study: str
    label: str
    yi: float
    vi: float
    arms: tuple[ArmData, ...]
    inputs: tuple[Reported | Derived, ...]
    address: str
    n_total: float | None = None
    design: str | None = None
    adjusted: bool | None = None
    endpoint_label: str = ""
    time: str | None = None
    where: str | None = None
    notes: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    passed_over: tuple[str, ...] = ()
    route: str = ""
    stated: tuple[float, float, float] | None = None
    rounding: tuple[float, float] | None = None
    choice: str = ""
    qualifiers: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    counted: str = "patients"
    people: tuple[str, ...] = ()
    group: str = ""
    corners: tuple[tuple[float, float], ...] = ()

    @property
    def estimable(self) -> bool:
        """Whether there is an estimate; a row without one shows its data and a note that says why."""
        return isfinite(self.yi)

    def with_findings(self, findings: tuple[Finding, ...]) -> EffectRow:
        """The same row, carrying what an audit says of the numbers under it."""
        return replace(self, findings=findings)

    @property
    def printed(self) -> tuple[Reported, ...]:
        """Every printed number under the row, derivations opened."""
        opened: list[Reported] = []
        for item in self.inputs:
            opened.extend(item.sources if isinstance(item, Derived) else (item,))
        return tuple(dict.fromkeys(opened))


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A study that gave no row, and the reason in words."""

    study: str
    label: str
    reason: str


_NAMED = 2  # more studies than these are counted, their names after the reason; not of other treatments


def in_brief(left_out: Iterable[LeftOut]) -> tuple[LeftOut, ...]:
    """What was left out, studies with one reason in one line; those about other treatments last.

    Examples
    --------
    >>> found = in_brief([LeftOut("a", "A", "too small"), LeftOut("b", "B", "too small")])
    >>> [(one.label, one.reason) for one in found]
    [('A and B', 'too small')]
    """
    by_reason: dict[str, list[LeftOut]] = {}
    for one in left_out:
        by_reason.setdefault(OTHERS if one.reason.startswith(OTHERS) else one.reason, []).append(one)
    by_reason |= {OTHERS: by_reason.pop(OTHERS)} if OTHERS in by_reason else {}
    return tuple(_together(alike) for alike in by_reason.values())


def _together(alike: list[LeftOut]) -> LeftOut:
    labels = list(dict.fromkeys(one.label for one in alike))
    if len(labels) == 1:
        return alike[0]
    reason = "compare other treatments" if alike[0].reason.startswith(OTHERS) else alike[0].reason
    names = f"{', '.join(labels[:-1])} and {labels[-1]}"
    if len(labels) > _NAMED:
        named = reason if alike[0].reason.startswith(OTHERS) else f"{reason}: {names}"
        return LeftOut("", f"{len(labels)} studies", named)
    return LeftOut("", names, reason)


@dataclass(frozen=True, slots=True)
class EffectTable:
    """Estimates of one endpoint for one comparison (or one treatment), and what was left out.

    ``compare`` holds two sides (first, versus) or one for single arms, each a treatment key, several joined
    by ``+``, or ``any``; ``pooled`` says whether the rows may share a diamond, and ``reason`` why not;
    ``name`` is the plan's name of it, if a plan has one, ``title`` what the plan calls it, and ``by`` what it
    groups the rows by; ``grade`` is that of adverse events, where it is a certain one; ``reading`` is how the
    printed numbers were read.
    """

    endpoint: str
    endpoint_label: str
    measure: str
    compare: tuple[str, ...]
    compare_labels: tuple[str, ...]
    rows: tuple[EffectRow, ...]
    left_out: tuple[LeftOut, ...] = ()
    better: str | None = None
    unit: str | None = None
    pooled: bool = True
    reason: str | None = None
    notes: tuple[str, ...] = ()
    name: str | None = None
    reading: str = "corrected"
    title: str | None = None
    by: str | None = None
    grade: str | None = None
    zeros: str = "one-half"

    @property
    def key(self) -> str:
        """What tells the table from others: the plan's name of it, else endpoint, grade and sides."""
        grade = () if self.grade is None else (f"grade-{self.grade}",)
        return self.name or "-".join((self.endpoint, *grade, *self.compare))

    @property
    def anchor(self) -> str:
        """The table's anchor in a report."""
        return f"outcome-{self.key}"

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups of the rows with an estimate, in order of appearance; none without a grouping."""
        return tuple(dict.fromkeys(row.group for row in self.estimated if row.group))

    def of_group(self, group: str) -> EffectTable:
        """The same table with the rows of one group only."""
        return replace(self, rows=tuple(row for row in self.rows if row.group == group), left_out=())

    @property
    def estimated(self) -> tuple[EffectRow, ...]:
        """The rows with an estimate."""
        return tuple(row for row in self.rows if row.estimable)

    @property
    def k(self) -> int:
        """Number of rows with an estimate."""
        return len(self.estimated)

    @property
    def yi(self) -> np.ndarray:
        """(k,) estimates on the measure's scale."""
        import numpy as np

        return np.array([row.yi for row in self.estimated], dtype=float)

    @property
    def vi(self) -> np.ndarray:
        """(k,) sampling variances."""
        import numpy as np

        return np.array([row.vi for row in self.estimated], dtype=float)

    @property
    def labels(self) -> tuple[str, ...]:
        """(k,) label of each row with an estimate."""
        return tuple(row.label for row in self.estimated)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding about a number under some row, once each."""
        return tuple(dict.fromkeys(f for row in self.rows for f in row.findings))
