"""What to call things: the labels a review gives its endpoints and treatments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from synthesis.comparability import named_endpoint

if TYPE_CHECKING:
    from evidence.review import Review


def endpoint_label(review: Review, endpoint: str) -> str:
    """What to call an endpoint: its label, or its key in words."""
    named = named_endpoint(review, endpoint)
    return (named.label if named is not None else None) or endpoint.replace("-", " ").capitalize()


def treatment_label(review: Review, treatment: str) -> str:
    """What to call a treatment: its label, or its key in words."""
    named = review.treatments.get(treatment)
    return (named.label if named is not None else None) or treatment.replace("-", " ").capitalize()
