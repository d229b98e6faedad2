"""League table and ranking of what a network found."""

from math import exp, log, sqrt
from statistics import NormalDist
from typing import Any

import pytest

import synthesis
from evidence.review import Review
from synthesis.errors import FigureError
from synthesis.figures.contents.network_result import Contrast, NetworkResult, of_review
from synthesis.figures.contents.ranking import p_scores


def contrast(ratio: float, se: float) -> Contrast:
    mu = log(ratio)
    return Contrast(mu, se, mu - 1.96 * se, mu + 1.96 * se)


THREE = NetworkResult(
    name="pfs",
    title="Progression-free survival",
    labels={"a": "Alpha", "b": "Beta", "c": "Control"},
    network={
        ("a", "b"): contrast(0.8, 0.2),
        ("a", "c"): contrast(0.5, 0.1),
        ("b", "c"): contrast(0.625, 0.15),
    },
    direct={("a", "c"): contrast(0.5, 0.1), ("b", "c"): contrast(0.63, 0.16)},
    measure="HR",
    better="higher",
)


def cell(drawn: Any, part: str) -> Any:
    (group,) = drawn.titled(part)
    return group


def test_the_network_stands_below_the_diagonal_and_direct_above_it(read: Any) -> None:
    drawn = read(synthesis.plot.league(THREE))
    below, above = cell(drawn, "Control against Alpha, network"), cell(drawn, "Control against Alpha, direct")
    boxes = [next(mark for mark in group if mark.get("width")) for group in (below, above)]
    assert drawn.number(boxes[0], "y") > drawn.number(boxes[1], "y")
    assert drawn.number(boxes[0], "x") < drawn.number(boxes[1], "x")


def test_the_row_against_the_column_is_the_inverse_of_the_column_against_the_row(read: Any) -> None:
    drawn = read(synthesis.plot.league(THREE))
    texts = [mark.text for mark in cell(drawn, "Control against Alpha, network") if mark.text]
    assert "2.00" in texts and any(t.startswith("(1.64 to 2.43") for t in texts)


def test_pairs_without_a_study_have_a_dash_above(read: Any) -> None:
    drawn = read(synthesis.plot.league(THREE))
    assert [m.text for m in cell(drawn, "Beta against Alpha, direct: none") if m.text][-1] == "–"


def test_what_excludes_no_effect_is_bold_and_darker(read: Any) -> None:
    drawn = read(synthesis.plot.league(THREE))
    clear, unclear = cell(drawn, "Control against Alpha, network"), cell(drawn, "Beta against Alpha, network")
    assert {m.get("font-weight") for m in clear if m.text and m.get("x") and m.tag.endswith("text")} == {
        "bold"
    }
    assert {m.get("font-weight") for m in unclear if m.tag.endswith("text")} == {None}
    assert [m.get("class") for m in clear if m.get("class", "").startswith("m-warm")] == ["m-warm-2"]


def test_the_reading_direction_is_stated() -> None:
    said = synthesis.plot.league(THREE).description
    assert "hazard ratio of the row against the column" in said
    assert "a value below 1 favours the first of the two" in said


def test_p_scores_are_mean_certainties() -> None:
    phi = NormalDist().cdf
    expected = (phi(-log(0.8) / 0.2) + phi(-log(0.5) / 0.1)) / 2
    scores = p_scores(THREE, lower=True)
    assert scores["a"] == pytest.approx(expected)
    assert sum(scores.values()) == pytest.approx(1.5)  # half of the number of treatments


def test_bars_are_as_long_as_the_scores(read: Any) -> None:
    drawn = read(synthesis.plot.ranking(THREE))
    widths = [drawn.number(bar, "width") for bar in drawn.of_class("m-square", "rect")]
    scores = sorted(p_scores(THREE, lower=True).values(), reverse=True)
    assert [w / widths[0] for w in widths] == pytest.approx([s / scores[0] for s in scores], abs=0.01)


def test_a_ranking_is_never_without_effects_and_its_caveat(read: Any) -> None:
    texts = " ".join(read(synthesis.plot.ranking(THREE)).texts())
    assert "0.50 (0.41 to 0.61)" in texts and "says nothing of how much better" in texts
    assert "best" not in texts.lower()


def test_missing_pairs_and_directions_are_refused() -> None:
    from dataclasses import replace

    with pytest.raises(FigureError, match="needs every pair; Alpha and Beta are not compared"):
        synthesis.plot.ranking(replace(THREE, network=THREE.direct))
    with pytest.raises(FigureError, match="which way the endpoint is better"):
        synthesis.plot.ranking(replace(THREE, better=None))
    with pytest.raises(FigureError, match="there are a, b, c"):
        synthesis.plot.ranking(THREE, reference="z")


def test_a_pair_without_a_study_is_compared_through_a_third(demo: Review) -> None:
    found = of_review(demo, "nausea")
    assert set(found.labels) == {"drug", "placebo"}
    whole = of_review(demo, "response")
    one, other = (whole.of(whole.direct, *pair) for pair in (("drug", "placebo"), ("rival", "placebo")))
    assert one is not None and other is not None
    assert len(whole.direct) == 3 and exp(one.mu) > 1 and sqrt(one.se**2 + other.se**2) > one.se


def test_without_comparisons_there_is_no_league(demo: Review) -> None:
    with pytest.raises(FigureError, match="no two treatments were compared on response"):
        of_review(demo.model_copy(update={"studies": ()}), "response")
    with pytest.raises(FigureError, match="say of which endpoint"):
        synthesis.plot.league(demo)
