"""Everything the sections draw on, computed once: audit, index of numbers, ledgers, results."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from evidence.auditing import audit as audited
from evidence.findings import Audit
from synthesis.reporting.anchors import Anchors
from synthesis.reporting.entering import Entered, entered_by
from synthesis.reporting.ledger import Clerk, StudyLedger, finding_anchors
from synthesis.reporting.names import Names, humanised
from synthesis.reporting.numbers import Numbers, index_numbers
from synthesis.reporting.results import Results, results_of
from synthesis.reporting.words import listed

if TYPE_CHECKING:
    from evidence.review import Review
    from evidence.study import Study

NAMED = 3  # more studies than these are counted in the line under the title, not named


@dataclass(frozen=True, eq=False)
class Material:
    """What every section may use; ``since`` is the data of an earlier report to compare with."""

    review: Review
    studies: tuple[Study, ...]
    audit: Audit
    names: Names
    numbers: Numbers
    clerk: Clerk
    ledgers: tuple[StudyLedger, ...]
    results: Results
    study_anchors: dict[str, str]
    since: dict[str, Any] | None = None

    @cached_property
    def data(self) -> dict[str, Any]:
        """Everything the page shows that a machine may want, as plain data."""
        from synthesis.reporting.data import page_data

        return page_data(self)

    @cached_property
    def entered(self) -> dict[str, tuple[Entered, ...]]:
        """The comparisons that each study enters, by its key."""
        return entered_by(self.studies, self.results)

    def ledger(self, study: str) -> StudyLedger:
        """The ledger of a study."""
        return self.ledgers[[one.study for one in self.studies].index(study)]

    def statement(self, name: str) -> str:
        """A statement of the authors, or nothing."""
        return getattr(self.review.statements, name, None) or ""

    @property
    def title(self) -> str:
        """The review's title, or its name as words."""
        return self.review.label or humanised(self.review.review)

    @property
    def lead(self) -> str:
        """One sentence under the title: what was asked of how many studies."""
        labels = [study.label for study in self.studies]
        who = listed(labels) if len(labels) <= NAMED else f"{len(labels)} studies"
        return f"What {who} printed, whether the numbers hold together, and what may be pooled."


def gather(review: Review, audit: Audit | None = None, since: dict[str, Any] | None = None) -> Material:
    """Everything about a review that its report shows; audited here, unless an audit is given."""
    studies = tuple(review.studies)
    audit = audited(review) if audit is None else audit
    anchors = Anchors()
    names = Names(review)
    study_anchors = {study.study: anchors.new("s", study.study) for study in studies}
    ledger_anchors = {study.study: anchors.new("audit", study.study) for study in studies}
    numbers = index_numbers(studies, anchors)
    clerk = Clerk(names, numbers.by_address(), finding_anchors(audit, anchors))
    return Material(
        review=review,
        studies=studies,
        audit=audit,
        names=names,
        numbers=numbers,
        clerk=clerk,
        ledgers=tuple(clerk.ledger(s, audit, numbers, ledger_anchors[s.study]) for s in studies),
        results=results_of(review, audit, anchors),
        study_anchors=study_anchors,
        since=since,
    )
