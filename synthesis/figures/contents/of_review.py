"""Looking things up in a review for a figure: endpoints, treatments, studies that report."""

from typing import TYPE_CHECKING

from synthesis.comparisons import named_endpoint
from synthesis.errors import FigureError
from synthesis.figures.forest_words import capital

if TYPE_CHECKING:
    from evidence.entry import Entry
    from evidence.review import Review
    from evidence.study import Study


def endpoint_label(review: "Review", endpoint: str) -> str:
    """What an endpoint is called."""
    found = named_endpoint(review, endpoint)
    return (found.label if found is not None else None) or spoken(endpoint)


def treatment_label(review: "Review", treatment: str) -> str:
    """What a treatment is called."""
    found = review.treatments.get(treatment)
    return spoken(treatment) if found is None else found.label


def arm_label(review: "Review", study: "Study", arm: str) -> str:
    """What was given in an arm."""
    found = study.arms.get(arm)
    return spoken(arm) if found is None else treatment_label(review, found.treatment)


def spoken(key: str) -> str:
    """A key as words."""
    return capital(key.replace("-", " ").replace("_", " "))


def entries(review: "Review", endpoint: str, study: str | None = None) -> "tuple[tuple[Study, Entry], ...]":
    """The entries of everybody on an endpoint, of one study or of all, in reading order.

    Raises
    ------
    FigureError
        No study reports the endpoint, or there is no such study.
    """
    keys = [one.study for one in review.studies]
    if study is not None and study not in keys:
        raise FigureError(f"no study {study!r}; there are {', '.join(keys)}")
    all_found = [
        (one, entry)
        for one in review.studies
        for entry in one.outcomes
        if entry.endpoint == endpoint and entry.subgroup is None
    ]
    found = [pair for pair in all_found if study is None or pair[0].study == study]
    if not found:
        who = f"study {study}" if study else "no study"
        does = "does not report" if study else "reports"
        known = sorted({entry.endpoint for one in review.studies for entry in one.outcomes})
        raise FigureError(f"{who} {does} {endpoint}; reported are {', '.join(known)}")
    return tuple(found)
