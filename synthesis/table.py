"""The effect table: one row an estimate, with what it was made from, and what was left out and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import isfinite
from typing import TYPE_CHECKING

from evidence.derivation.inputs import ArmData
from evidence.findings import Finding
from evidence.values import Derived, Reported

if TYPE_CHECKING:
    import numpy as np

__all__ = ["ArmData", "EffectRow", "EffectTable", "LeftOut"]


@dataclass(frozen=True, slots=True)
class EffectRow:
    """One estimate on the measure's own scale (logarithms for ratios), and everything under it.

    ``inputs`` are the printed numbers and the recorded derivations it rests on; ``findings`` what the audit
    says about those numbers; ``passed_over`` the other entries of the study that could have served, and why
    this one was taken; ``route`` how the inputs came about (counts, percentages, means, printed HR);
    ``stated`` the printed limits and their level, on the measure's scale, where the effect rests on them;
    ``rounding`` the least and greatest estimate over all that would have been printed so.
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


@dataclass(frozen=True, slots=True)
class EffectTable:
    """Estimates of one endpoint for one comparison (or one treatment), and what was left out.

    ``compare`` holds two treatment keys (first, versus) or one for single arms; ``pooled`` says whether the
    rows may share a diamond, and ``reason`` why not; ``name`` is the plan's name of it, if a plan has one;
    ``reading`` is how the printed numbers were read.
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

    @property
    def anchor(self) -> str:
        """The table's anchor in a report."""
        return "outcome-" + (self.name or "-".join((self.endpoint, *self.compare)))

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
