"""What to call things: the labels a review gives its endpoints and treatments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence.planned import ANY
from synthesis.comparisons import TOGETHER, Comparison, named_endpoint

if TYPE_CHECKING:
    from evidence.review import Review

_NAMED = 3  # more treatments than these on a side are counted, not named


def endpoint_label(review: Review, endpoint: str) -> str:
    """What to call an endpoint: its label, or its key in words."""
    named = named_endpoint(review, endpoint)
    return (named.label if named is not None else None) or endpoint.replace("-", " ").capitalize()


def comparison_label(review: Review, asked: Comparison) -> str:
    """What to call a comparison's endpoint: with the grade, where it is about a certain one."""
    label = endpoint_label(review, asked.endpoint)
    return f"{label}, grade {asked.grade}" if asked.grade else label


def side_label(review: Review, side: str) -> str:
    """What to call a side: a treatment, two or three of them, or how many."""
    if side == ANY:
        return "Active treatment"
    names = [treatment_label(review, treatment) for treatment in side.split(TOGETHER)]
    if len(names) > _NAMED:
        return f"{len(names)} treatments"
    return " or ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def treatment_label(review: Review, treatment: str) -> str:
    """What to call a treatment: its label, or its key in words."""
    named = review.treatments.get(treatment)
    return (named.label if named is not None else None) or treatment.replace("-", " ").capitalize()
