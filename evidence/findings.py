"""What an audit says of printed numbers: verdict, decision, severity, repairs, acceptance."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import overload

from evidence.claims import Place
from evidence.values import Reported

CONSISTENT = "consistent"
CONSISTENT_UNDER = "consistent-under"
SLIP = "slip"
INCONSISTENT = "inconsistent"
IMPOSSIBLE = "impossible"
NOT_CHECKABLE = "not-checkable"
SCREEN = "screen"
VERDICTS = (CONSISTENT, CONSISTENT_UNDER, SLIP, INCONSISTENT, IMPOSSIBLE, NOT_CHECKABLE, SCREEN)

SAME = "same"
FLIPS = "flips"
DEPENDS_ON_TEST = "depends-on-test"
NO_DECISION = "none"
DECISIONS = (SAME, FLIPS, DEPENDS_ON_TEST, NO_DECISION)

ERROR = "error"
WARNING = "warning"
NOTE = "note"
NONE = "none"
SEVERITIES = (ERROR, WARNING, NOTE, NONE)

_SEVERITY = {
    CONSISTENT: NONE,
    CONSISTENT_UNDER: NONE,
    SLIP: NOTE,
    INCONSISTENT: ERROR,
    IMPOSSIBLE: ERROR,
    NOT_CHECKABLE: NOTE,
    SCREEN: NOTE,
}


@dataclass(frozen=True, slots=True)
class Range:
    """All values a recomputation allows, given the rounding of its inputs; ``mid`` from inputs as printed."""

    low: float
    mid: float
    high: float


@dataclass(frozen=True, slots=True)
class Tried:
    """One test tried for a printed statistic: what it gives, whether it hits, and how far off it is.

    ``distance`` counts units of the last printed digit between the recomputed range and the printed one.
    """

    test: str
    statistic: Range | None
    p: Range | None = None
    counts: tuple[tuple[int, int], ...] = ()
    hit: bool = False
    distance: float | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """One printed number changed: what it was, what it would be, and by what kind of slip."""

    number: Reported
    proposed: str
    kind: str


@dataclass(frozen=True, slots=True)
class Repair:
    """An edit (or two) under which every linked check agrees.

    ``rank`` is 1 for the best and equal for ties; ``cost`` is the edit's; ``repaired`` counts the checks it
    mends; ``rivals`` the other repairs of its rank; ``chance`` the share of all edits tried that would pass.
    """

    edits: tuple[Edit, ...]
    rank: int
    cost: float
    repaired: int
    rivals: int
    chance: float
    tried: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Joint:
    """One reading of the whole paper that explains several findings at once."""

    name: str
    message: str
    explains: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """Why a finding no longer counts: accepted by a person, or gone under an author's correction."""

    how: str
    because: str
    by: str | None = None
    on: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the audit says about printed numbers.

    ``about`` holds them, the number spoken of first; ``message`` is one sentence; ``tried`` every test tried;
    ``by`` the test or convention that reproduces it; ``relaxation`` the smallest relaxation in units of the
    last printed digit that would make one agree; ``power`` the chance that a wrong value would be caught.
    """

    code: str
    slug: str
    verdict: str
    message: str
    about: tuple[Reported, ...]
    place: Place
    decision: str = NO_DECISION
    severity: str = NONE
    recomputed: Range | None = None
    by: str | None = None
    tried: tuple[Tried, ...] = ()
    relaxation: float | None = None
    power: float | None = None
    details: tuple[str, ...] = ()
    repairs: tuple[Repair, ...] = ()
    joint: Joint | None = None
    settled: Settled | None = None

    @property
    def study(self) -> str:
        """Key of the study."""
        return self.place.study

    @property
    def address(self) -> str:
        """Address of the number spoken of."""
        return self.about[0].address if self.about else self.place.address

    @property
    def fingerprint(self) -> str:
        """Eight characters that stay when lines move: from the code and the addresses it is about."""
        text = "\n".join((self.code, *(n.address for n in self.about)))
        return hashlib.sha256(text.encode()).hexdigest()[:8]

    @property
    def anchor(self) -> str:
        """The finding's anchor in a report."""
        return f"f-{self.code}-{self.fingerprint}"


def severity_of(verdict: str, decision: str = NO_DECISION) -> str:
    """The usual severity of a verdict; a check may state another."""
    return ERROR if decision == FLIPS else _SEVERITY[verdict]


@dataclass(frozen=True, slots=True)
class Audit:
    """Every finding of one or several studies, in reading order."""

    findings: tuple[Finding, ...]

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __len__(self) -> int:
        return len(self.findings)

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Finding, ...]: ...
    def __getitem__(self, index: int | slice) -> Finding | tuple[Finding, ...]:
        return self.findings[index]

    def about(self, *numbers: Reported) -> tuple[Finding, ...]:
        """The findings that speak of any of these printed numbers."""
        addresses = {n.address for n in numbers if n.address}
        return tuple(f for f in self.findings if any(n.address in addresses for n in f.about))

    def of(self, study: str) -> Audit:
        """The findings of one study."""
        return Audit(tuple(f for f in self.findings if f.study == study))

    def by_study(self) -> dict[str, Audit]:
        """The findings of each study that has some, in order."""
        found: dict[str, list[Finding]] = {}
        for finding in self.findings:
            found.setdefault(finding.study, []).append(finding)
        return {study: Audit(tuple(own)) for study, own in found.items()}

    def at_least(self, severity: str) -> tuple[Finding, ...]:
        """The findings not settled, of this severity or worse."""
        worst = SEVERITIES[: SEVERITIES.index(severity) + 1]
        return tuple(f for f in self.findings if f.severity in worst and f.settled is None)

    def counts(self) -> dict[str, int]:
        """How many findings there are of each severity, settled ones left out."""
        return {s: sum(f.severity == s and f.settled is None for f in self.findings) for s in SEVERITIES}
