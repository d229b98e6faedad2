"""What the graph of comparisons says: treatments as nodes, studies as edges."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, permutations
from typing import TYPE_CHECKING

from synthesis.errors import FigureError
from synthesis.figures.contents.of_review import endpoint_label, treatment_label
from synthesis.figures.contents.printed import value_of
from synthesis.figures.forest_words import sentence
from synthesis.figures.numbers import count_text
from synthesis.figures.of_pool import listed
from synthesis.figures.page import Key, Words

if TYPE_CHECKING:
    from evidence.entry import Entry
    from evidence.review import Review
    from evidence.study import Study

EXHAUSTIVE = 7  # up to so many nodes every order is tried
LEAST = 2


@dataclass(frozen=True, slots=True)
class Node:
    """A treatment and the people who were given it."""

    key: str
    label: str
    people: float
    studies: int


@dataclass(frozen=True, slots=True)
class Edge:
    """Two treatments (places in the order of the nodes) and how many studies compared them."""

    first: int
    second: int
    studies: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Graph:
    """The nodes in their order on the circle, the edges, and the arms of studies with three or more."""

    words: Words
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    hulls: tuple[tuple[int, ...], ...]


def content(review: "Review", endpoint: str | None = None) -> Graph:
    """The comparisons of a review, on one endpoint or on any.

    Raises
    ------
    FigureError
        No study compares two treatments.
    """
    found = [(study, arms) for study in review.studies if len(arms := treatments(study, endpoint)) >= LEAST]
    if not found:
        about = f" on {endpoint}" if endpoint else ""
        raise FigureError(f"a network needs a study that compares two treatments{about}; there is none")
    pairs: dict[tuple[str, str], list[str]] = {}
    for study, arms in found:
        for pair in combinations(sorted(arms), 2):
            pairs.setdefault(pair, []).append(study.label)
    keys = sorted({key for pair in pairs for key in pair})
    order = arranged(keys, list(pairs))
    nodes = tuple(_node(review, key, found) for key in order)
    place = {key: i for i, key in enumerate(order)}
    edges = tuple(
        Edge(place[a], place[b], len(names), tuple(names)) for (a, b), names in sorted(pairs.items())
    )
    hulls = tuple(tuple(sorted(place[key] for key in arms)) for _, arms in found if len(arms) > 2)
    return Graph(_words(review, endpoint, nodes, edges, len(found)), nodes, edges, hulls)


def treatments(study: "Study", endpoint: str | None) -> dict[str, float]:
    """Treatments of the arms that report the endpoint, with their people."""
    arms = set(study.arms) if endpoint is None else _reporting(study, endpoint)
    people: dict[str, float] = {}
    for key, arm in study.arms.items():
        if key in arms:
            people[arm.treatment] = people.get(arm.treatment, 0.0) + (value_of(arm.n) or 0.0)
    return people


def _reporting(study: "Study", endpoint: str) -> set[str]:
    found: set[str] = set()
    for entry in study.outcomes:
        if entry.endpoint == endpoint:
            found |= _arms_of(entry, study)
    return found


def _arms_of(entry: "Entry", study: "Study") -> set[str]:
    compared = {arm for effect in entry.effects for side in effect.compare for arm in side}
    return ({result.arm for result in entry.results} | compared) & set(study.arms)


def _node(review: "Review", key: str, found: "Sequence[tuple[Study, dict[str, float]]]") -> Node:
    given = [arms[key] for _, arms in found if key in arms]
    return Node(key, treatment_label(review, key), sum(given), len(given))


def arranged(keys: Sequence[str], pairs: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """The treatments in an order around a circle whose edges cross least; of several the first.

    Examples
    --------
    >>> arranged(["a", "b", "c", "d"], [("a", "c"), ("b", "d"), ("a", "b"), ("c", "d")])
    ('a', 'b', 'd', 'c')
    """
    if len(keys) <= EXHAUSTIVE:
        orders = ((keys[0], *rest) for rest in permutations(keys[1:]))
        return min(orders, key=lambda order: (_crossings(order, pairs), order[1] > order[-1]))
    return _exchanged(list(keys), pairs)


def _exchanged(order: list[str], pairs: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Neighbours and others exchanged as long as that takes crossings away."""
    best = _crossings(order, pairs)
    improved = True
    while improved:
        improved = False
        for i, j in combinations(range(1, len(order)), 2):
            order[i], order[j] = order[j], order[i]
            now = _crossings(order, pairs)
            if now < best:
                best, improved = now, True
            else:
                order[i], order[j] = order[j], order[i]
    return tuple(order)


def _crossings(order: Sequence[str], pairs: Sequence[tuple[str, str]]) -> int:
    place = {key: i for i, key in enumerate(order)}
    chords = [tuple(sorted((place[a], place[b]))) for a, b in pairs]
    return sum(a < c < b < d or c < a < d < b for (a, b), (c, d) in combinations(chords, 2))


def _words(
    review: "Review", endpoint: str | None, nodes: Sequence[Node], edges: Sequence[Edge], studies: int
) -> Words:
    counts = Counter(edge.studies for edge in edges)
    told = [
        f"{studies} {'study compares' if studies == 1 else 'studies compare'} {len(nodes)} treatments",
        *(f"{nodes[e.first].label} and {nodes[e.second].label}: {listed(list(e.names))}" for e in edges),
    ]
    people = [f"{node.label}: {count_text(node.people)} people" for node in nodes]
    about = endpoint_label(review, endpoint) if endpoint else review.label or review.review
    return Words(
        name=f"network-{endpoint}" if endpoint else "network",
        kind="Network of comparisons",
        title=f"Comparisons: {about}",
        description=" ".join(sentence(one) for one in (*told, *people)),
        lines=(sentence(told[0]),),
        notes=(
            "Areas of nodes are proportional to people given the treatment, widths of lines to studies"
            + (", whose number stands on the line." if max(counts) > 1 or len(edges) > 0 else "."),
        ),
        keys=(Key("area", "heat-1", "a study with three arms or more"),) if _several(edges, studies) else (),
    )


def _several(edges: Sequence[Edge], studies: int) -> bool:
    """Whether some study stands on more than one edge."""
    names = [name for edge in edges for name in edge.names]
    return len(names) > studies and len(names) > len(set(names))
