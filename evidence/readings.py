"""A review under another reading: as its authors corrected it, as printed, as repaired.

========================  ==========================================================================
``corrected``             the default: values an author gave under ``corrected:``, else as printed
``as-printed``            corrections ignored
``repaired``              as corrected, and the best repair of a finding where it is the only one
``without-flagged``       numbers as corrected; rows resting on a number with an error are left out
========================  ==========================================================================

The last two need what an audit found. A repair is arithmetic, never knowledge of what happened: this
reading asks what would change if it were right.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from evidence.findings import Audit, Edit
from evidence.values import Reported, numbers_in

if TYPE_CHECKING:
    from evidence.review import Review
    from evidence.study import Study

CORRECTED = "corrected"
AS_PRINTED = "as-printed"
REPAIRED = "repaired"
WITHOUT_FLAGGED = "without-flagged"
READINGS = (CORRECTED, AS_PRINTED, REPAIRED, WITHOUT_FLAGGED)
AUDITED = (CORRECTED, AS_PRINTED)
NEED_AN_AUDIT = (REPAIRED, WITHOUT_FLAGGED)


def check_reading(reading: str, among: tuple[str, ...] = READINGS) -> None:
    """Refuse a reading that does not exist.

    Raises
    ------
    ValueError
        For any name not among ``among``.
    """
    if reading not in among:
        raise ValueError(f"unknown reading {reading!r}; choose {', '.join(among[:-1])} or {among[-1]}")


def sole_repairs(audit: Audit) -> dict[str, Edit]:
    """The edits that the audit's repairs propose where each is the only best one, by address.

    A number for which two findings propose different texts has no sole repair.
    """
    proposed: dict[str, set[Edit]] = {}
    for finding in audit:
        best = [repair for repair in finding.repairs if repair.rank == 1]
        if finding.settled is None and len(best) == 1 and best[0].rivals == 0:
            for edit in best[0].edits:
                proposed.setdefault(edit.number.address, set()).add(edit)
    texts = {address: {edit.proposed for edit in edits} for address, edits in proposed.items()}
    return {
        address: min(proposed[address], key=lambda e: e.kind) for address, t in texts.items() if len(t) == 1
    }


def has_corrections(study: Study) -> bool:
    """Whether any number of the study carries a correction."""
    from evidence.records import places

    return any(n.correction is not None for place in places(study) for n in numbers_in(place))


def read_as(study: Study, reading: str = CORRECTED, repairs: Mapping[str, Edit] | None = None) -> Study:
    """The study with every number read under a reading; the study itself where nothing changes.

    Raises
    ------
    ValueError
        For a reading that does not exist.
    """
    check_reading(reading)
    mine = {a: e for a, e in (repairs or {}).items() if a.startswith(f"{study.study}/")}
    repaired = mine if reading == REPAIRED else {}
    if reading == AS_PRINTED or not (repaired or has_corrections(study)):
        return study
    from evidence.records import mapped

    return mapped(study, _reader(repaired))


def _reader(repairs: Mapping[str, Edit]) -> Callable[[Reported], Reported]:
    def read(number: Reported) -> Reported:
        edit = repairs.get(number.address)
        return number.corrected() if edit is None else number.reprinted(edit.proposed)

    return read


def review_as(review: Review, reading: str = CORRECTED, repairs: Mapping[str, Edit] | None = None) -> Review:
    """The review with every study read under a reading; the review itself where nothing changes.

    Raises
    ------
    ValueError
        For a reading that does not exist.
    """
    check_reading(reading)
    studies = tuple(read_as(study, reading, repairs) for study in review.studies)
    same = all(new is old for new, old in zip(studies, review.studies, strict=True))
    return review if same else review.model_copy(update={"studies": studies})
