"""What a rule's page says, whatever kind of rule it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from evidence.findings import NONE, SEVERITIES


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of an example when it was tried: by which rule, how severely, in which words."""

    code: str
    severity: str
    message: str


@dataclass(frozen=True, slots=True)
class Example:
    """An example as one would write or read it, and everything that is said of it, computed when asked."""

    text: str
    said: tuple[Said, ...]

    @property
    def found(self) -> set[str]:
        """The rules that find something in it."""
        return {one.code for one in self.said if one.severity != NONE}

    def severities(self, code: str) -> tuple[str, ...]:
        """How severe the findings of one rule in it are, worst first."""
        seen = {one.severity for one in self.said if one.code == code}
        return tuple(severity for severity in SEVERITIES if severity in seen and severity != NONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One rule explained: what it asks and why, and an example that keeps it and one that breaks it.

    ``severities`` are those that its findings can have, worst first, as its examples show; the failing
    example has the worst. What does not apply is empty.
    """

    code: str
    slug: str
    title: str
    what: str
    why: str
    severities: tuple[str, ...]
    passing: Example
    failing: Example
    formula: str = ""
    false_alarms: str = ""
    reference: str = ""

    @property
    def severity(self) -> str:
        """The worst severity that a finding of this rule can have."""
        return self.severities[0]

    @property
    def anchor(self) -> str:
        """The rule's anchor in a report."""
        return f"rule-{self.code}"

    def more(self) -> Iterator[tuple[str, str]]:
        """What else there is to say, each with its heading: formula, false alarms, reference."""
        for head, text in (
            ("Formula", self.formula),
            ("False alarms", self.false_alarms),
            ("Reference", self.reference),
        ):
            if text:
                yield head, text
