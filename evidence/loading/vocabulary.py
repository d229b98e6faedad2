"""Whether the names and combinations in a study make sense beside its review; tolerates missing parts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from evidence.loading.tree import Map, Seq, Text
from evidence.review import Review


@dataclass(frozen=True, slots=True)
class Named:
    """A treatment or endpoint that studies may name."""

    synonyms: tuple[str, ...] = ()
    kind: str | None = None
    unit: str | None = None
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Names:
    """What a review lets its studies name."""

    treatments: dict[str, Named] = field(default_factory=dict)
    endpoints: dict[str, Named] = field(default_factory=dict)


def names_of_review(review: Review) -> Names:
    """The names of a review that was read."""
    treatments = {key: Named((*t.synonyms, t.label)) for key, t in review.treatments.items()}
    endpoints = {
        key: Named((*e.synonyms, *((e.label,) if e.label else ())), e.kind, e.unit, e.categories)
        for key, e in review.endpoints.items()
    }
    return Names(treatments, endpoints)


def names_of_tree(tree: Map) -> Names:
    """The names of a review file, whatever else is wrong with it."""
    endpoints = {str(k): _named(v) for k, v in _items(tree.get("endpoints"))}
    for _, group in _items(tree.get("endpoint_groups")):
        if isinstance(group, Map):
            listed = group.get("endpoints")
            endpoints |= {name: _named(group) for name in _words(listed)}
    return Names({str(k): _named(v) for k, v in _items(tree.get("treatments"))}, endpoints)


def _items(node: Any) -> list[tuple[Text, Any]]:
    return list(node.items()) if isinstance(node, Map) else []


def _words(node: Any) -> tuple[str, ...]:
    return tuple(str(item) for item in node if isinstance(item, Text)) if isinstance(node, Seq) else ()


def _word(node: Any) -> str | None:
    return str(node) if isinstance(node, Text) else None


def _named(node: Any) -> Named:
    if not isinstance(node, Map):
        return Named()
    label = _word(node.get("label"))
    synonyms = (*_words(node.get("synonyms")), *((label,) if label else ()))
    return Named(synonyms, _word(node.get("kind")), _word(node.get("unit")), _words(node.get("categories")))
