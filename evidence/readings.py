"""A study under another reading: with its authors' corrections, or as printed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from evidence.values import Reported

if TYPE_CHECKING:
    from evidence.review import Review
    from evidence.study import Study

CORRECTED = "corrected"
AS_PRINTED = "as-printed"
READINGS = (CORRECTED, AS_PRINTED)


def _as_printed(number: Reported) -> Reported:
    return number


_READERS: dict[str, Callable[[Reported], Reported]] = {
    CORRECTED: Reported.corrected,
    AS_PRINTED: _as_printed,
}


def reader(reading: str) -> Callable[[Reported], Reported]:
    """The function that reads one printed number under a reading.

    Raises
    ------
    ValueError
        For a reading that does not exist.

    Examples
    --------
    >>> reader("as-printed").__name__
    '_as_printed'
    """
    if reading not in _READERS:
        raise ValueError(f"unknown reading {reading!r}; choose {' or '.join(READINGS)}")
    return _READERS[reading]


def has_corrections(study: Study) -> bool:
    """Whether any number of the study carries a correction."""
    from evidence.records import printed_numbers

    return any(number.correction is not None for number in printed_numbers(study))


def read_as(study: Study, reading: str = CORRECTED) -> Study:
    """The study with every number read under a reading; the study itself where nothing changes.

    Raises
    ------
    ValueError
        For a reading that does not exist.
    """
    read = reader(reading)
    if reading == AS_PRINTED or not has_corrections(study):
        return study
    from evidence.records import mapped

    return mapped(study, read)


def review_as(review: Review, reading: str = CORRECTED) -> Review:
    """The review with every study read under a reading; the review itself where nothing changes.

    Raises
    ------
    ValueError
        For a reading that does not exist.
    """
    studies = tuple(read_as(study, reading) for study in review.studies)
    same = all(new is old for new, old in zip(studies, review.studies, strict=True))
    return review if same else review.model_copy(update={"studies": studies})
