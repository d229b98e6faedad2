"""What a rule about files is, and the small review whose lines its examples take the place of."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.loading.problems import CODES

STUDY, REVIEW, CURVE, AUDIT, OPTIONS = "study", "review", "curve", "audit", "options"
"""Where an example stands: a study file, review.yaml, a curve's file, an audited study, a command."""

TEXTS = {
    STUDY: """\
format: 1
study: smith-2020
label: Smith 2020
sources:
  paper: {kind: paper, title: A trial, year: 2020}
design: {kind: cohort, timing: prospective}
arms:
  new: {treatment: new, n: 82}
  old: {treatment: old, n: 78}
outcomes:
  - endpoint: objective-response
    where: Table 2
    results:
      new: {events: 73, percent: 89.02}
      old: {percent: 74.36}
    tests:
      - {chi2: 5.794, p: <0.05, claim: significant, higher: new}
  - endpoint: progression-free-survival
    unit: months
    where: Table 3
    results:
      new: {median: 21, ci95: [18.1, 24.0], curve: new.csv}
      old: {median: 22}
    effects:
      - {measure: HR, compare: [new, old], estimate: 0.92}
  - where: Table 5
    as: events (percent)
    columns: [new, old]
    rows:
      hypertension: [20 (24.4), 5 (6.4)]
""",
    REVIEW: """\
format: 1
review: thyroid
treatments:
  new: {label: New drug}
  old: {label: Old drug}
endpoints:
  objective-response: {kind: binary, better: higher, synonyms: [ORR]}
  progression-free-survival: {kind: time-to-event, unit: months, better: higher}
  hypertension: {kind: binary, better: lower}
""",
    CURVE: "time,survival\n0,1.00\n6,0.75\n",
    OPTIONS: "AUD3",
}
TEXTS[AUDIT] = TEXTS[STUDY]
SLUGS = {**CODES, "CFG901": "unknown-code", "CFG903": "unused-acceptance"}
"""The slug of every rule about files and options."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRule:
    """One thing that can be wrong with a file or an option: what and why, how it is right and how wrong.

    ``good`` stands in the small review at ``at`` (or is there already), and ``bad`` in its place breaks the
    rule; ``of`` names the file.
    """

    code: str
    title: str
    what: str
    why: str
    good: str
    bad: str
    at: str = ""
    of: str = STUDY
    false_alarms: str = ""

    @property
    def slug(self) -> str:
        """The code in words."""
        return SLUGS[self.code]

    def text(self, example: str) -> str:
        """The whole text of the file with an example in its place."""
        return TEXTS[self.of].replace(self.at or self.good, example, 1)
