"""From a study to its responses that others make up: objective response of complete and partial ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from evidence.claiming_results import Book, cells, share_of
from evidence.claims import ResponseSum, Share

if TYPE_CHECKING:
    from evidence.entry import Entry

Parts = tuple[tuple[str, str], ...]
"""Each a category, such as CR, and the endpoint that counts it alone."""

USUAL: Mapping[str, Parts] = {
    "objective-response": (("CR", "complete-response"), ("PR", "partial-response")),
    "disease-control": (("CR", "complete-response"), ("PR", "partial-response"), ("SD", "stable-disease")),
}
_SAME = ("subgroup", "at", "cut", "set", "assessor", "criteria", "confirmed")


def response_sums(book: Book) -> Iterator[ResponseSum]:
    """Each response of an arm beside those that make it up, printed under the same qualifiers."""
    made_of = _made_of(book)
    for entry in book.study.outcomes:
        parts = made_of.get(entry.endpoint)
        for result in entry.results if parts else ():
            whole = share_of(book.study, entry, result, book.place(entry))
            if parts and whole is not None and not whole.survival and result.time is None:
                found = [(name, _part(book, entry, whole.arm, name, endpoint)) for name, endpoint in parts]
                known = tuple((name, share) for name, share in found if share is not None)
                missing = tuple(name for name, share in found if share is None)
                if known:
                    yield ResponseSum(whole.place, whole, known, missing)


def _made_of(book: Book) -> Mapping[str, Parts]:
    """What each response is made of: as the review's `sums` say, else as usual."""
    endpoints = book.review.endpoints if book.review is not None else {}
    named = {name: key for key, each in endpoints.items() for name in (key, *each.synonyms)}
    said = {
        whole: tuple((category, named.get(category, category)) for category in categories)
        for each in endpoints.values()
        for whole, categories in each.sums.items()
    }
    return said or USUAL


def _part(book: Book, whole: Entry, arm: str, category: str, endpoint: str) -> Share | None:
    """How many of the arm had one response: printed alone, or as a category of the best response."""
    alike = [e for e in book.study.outcomes if all(getattr(e, q) == getattr(whole, q) for q in _SAME)]
    for entry in sorted(alike, key=lambda e: e.source != whole.source):
        for result in entry.results:
            if result.arm != arm or result.time is not None:
                continue
            if entry.endpoint == endpoint:
                return share_of(book.study, entry, result, book.place(entry))
            if category in (result.by_category or {}):
                shares = cells(book.study, entry, result, book.place(entry))
                return shares[list(result.by_category or {}).index(category)]
    return None
