"""Flow diagrams and the network of comparisons: their arithmetic and their geometry."""

from itertools import combinations, pairwise
from math import hypot, pi
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import synthesis
from evidence.review import Review
from synthesis.drawing.collisions import collisions, outside
from synthesis.errors import FigureError
from synthesis.figures.boxes_layout import places as boxes_of
from synthesis.figures.contents import flow, network, participants
from synthesis.figures.contents.network import Edge, Graph, Node, arranged
from synthesis.figures.network_layout import layout
from synthesis.figures.page import Words

GOOD = {
    "identified": 200,
    "removed": 50,
    "screened": 150,
    "screened_out": 100,
    "sought": 50,
    "not_retrieved": 2,
}


def test_numbers_that_add_up_are_said_to(demo: Review) -> None:
    assert "The numbers add up" in synthesis.plot.flow(demo, **GOOD).description


@pytest.mark.parametrize(
    ("stage", "count", "said"),
    [
        ("screened", 151, "200 identified less 50 are 150, and 151 are given"),
        ("sought", 49, "150 screened less 100 are 50, and 49 are given"),
        ("not_retrieved", 49, "50 sought less 49 are fewer than 5 assessed"),
    ],
)
def test_what_does_not_add_up_is_marked_and_told(
    demo: Review, read: Any, stage: str, count: int, said: str
) -> None:
    picture = synthesis.plot.flow(demo, **{**GOOD, stage: count})
    assert said in picture.description
    assert len(read(picture).of_class("m-alert", "rect")) >= 1


def test_what_nobody_counted_is_not_supplied(demo: Review, read: Any) -> None:
    assert read(synthesis.plot.flow(demo)).texts().count("not supplied") == 6


def test_excluded_studies_are_listed_by_reason(demo: Review, read: Any) -> None:
    other = demo.model_copy(update={"excluded": {"a-1": "no control", "b-2": "no control", "c-3": "animals"}})
    texts = read(synthesis.plot.flow(other)).texts()
    assert "no control: 2" in texts and "animals: 1" in texts and "n = 8" in texts


def test_counts_are_not_negative(demo: Review) -> None:
    with pytest.raises(FigureError, match="removed is -1; a count is not negative"):
        synthesis.plot.flow(demo, removed=-1)


def test_the_flow_of_people_is_checked_arm_by_arm(demo: Review) -> None:
    adds = synthesis.plot.participants(demo, study="adams-2001").description
    not_so = synthesis.plot.participants(demo, study="baker-2008").description
    assert "the numbers add up" in adds and "120 − 6 = 114, printed 115" in not_so.replace("\xa0", " ")


def test_a_study_without_a_flow_is_refused(demo: Review) -> None:
    with pytest.raises(FigureError, match="Dorn 2019 prints no flow of participants"):
        synthesis.plot.participants(demo, study="dorn-2019")
    with pytest.raises(FigureError, match="no study 'dorn'"):
        synthesis.plot.participants(demo, study="dorn")


def test_boxes_stand_apart(demo: Review) -> None:
    for content in (flow.content(demo), participants.content(demo, "baker-2008")):
        put = list(boxes_of(content).values())
        for a, b in combinations(put, 2):
            across = a.left + a.width <= b.left or b.left + b.width <= a.left
            assert across or a.top + a.height <= b.top or b.top + b.height <= a.top


def test_every_comparison_is_an_edge(demo: Review) -> None:
    graph = network.content(demo)
    named = {
        (frozenset((graph.nodes[e.first].key, graph.nodes[e.second].key)), e.studies) for e in graph.edges
    }
    assert named == {
        (frozenset(("drug", "placebo")), 3),
        (frozenset(("rival", "placebo")), 1),
        (frozenset(("drug", "rival")), 1),
    }


def test_only_studies_that_report_the_endpoint_count(demo: Review) -> None:
    assert {e.studies for e in network.content(demo, "nausea").edges} == {3}
    with pytest.raises(FigureError, match="a network needs a study that compares two treatments on cough"):
        synthesis.plot.network(demo, endpoint="cough")


def test_areas_of_nodes_are_as_the_people(demo: Review, read: Any) -> None:
    drawn = read(synthesis.plot.network(demo))
    people = {"Drug": 375, "Placebo": 305, "Rival": 228}
    areas = {}
    for label, n in people.items():
        (group,) = drawn.titled(f"{label}: {n} people")
        areas[label] = pi * drawn.number(group[1], "r") ** 2
    for label, n in people.items():
        assert areas[label] / areas["Drug"] == pytest.approx(n / 375, rel=0.02)


def test_lines_end_at_the_rims(demo: Review, read: Any) -> None:
    drawn = read(synthesis.plot.network(demo))
    centres = [(drawn.number(c, "cx"), drawn.number(c, "cy"), drawn.number(c, "r"))
               for c in drawn.of_class("m-dot", "circle")]  # fmt: skip
    (edge,) = drawn.titled("Drug and Rival: Evans 2021")
    first = next(mark for mark in edge if mark.get("x1"))
    x, y = drawn.number(first, "x1"), drawn.number(first, "y1")
    assert min(abs(hypot(x - cx, y - cy) - r) for cx, cy, r in centres) < 0.3


def test_an_order_without_crossings_is_found() -> None:
    ring = [f"t{i}" for i in (0, 3, 1, 4, 2, 5)]
    pairs = list(pairwise([*ring, ring[0]]))
    order = arranged(sorted(ring), pairs)
    assert network._crossings(order, pairs) == 0


def test_exchanging_takes_crossings_away_in_large_networks() -> None:
    ring = [f"t{i:02}" for i in (0, 9, 3, 7, 1, 5, 8, 2, 6, 4)]
    pairs = list(pairwise([*ring, ring[0]]))
    keys = sorted(ring)
    assert network._crossings(arranged(keys, pairs), pairs) < network._crossings(keys, pairs)


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=40)


@given(
    st.lists(st.tuples(NAMES, st.integers(0, 5000)), min_size=2, max_size=9),
    st.sets(st.tuples(st.integers(0, 8), st.integers(0, 8)), min_size=1, max_size=14),
)
def test_no_name_or_number_lies_on_anything(
    named: list[tuple[str, int]], pairs: set[tuple[int, int]]
) -> None:
    nodes = tuple(Node(f"t{i}", name, float(n), 1) for i, (name, n) in enumerate(named))
    edges = tuple(Edge(a, b, a + 1, ("A",)) for a, b in sorted(pairs) if a < b < len(nodes))
    drawing = layout(
        Graph(Words("network", "Network", "T", "Told."), nodes, edges or (Edge(0, 1, 1, ()),), ())
    )
    assert outside(drawing) == []
    assert collisions(drawing) == []
