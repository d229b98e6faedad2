"""Every way of pooling, read back from its SVG."""

from math import exp
from typing import Any

import pytest

import synthesis
from evidence.review import Review
from synthesis.errors import FigureError

PAIR = ("drug", "placebo")


def test_every_way_is_in_some_row(demo: Review, read: Any) -> None:
    found = synthesis.multiverse(demo, "response", compare=PAIR, measures=["RR"])
    drawn = read(synthesis.plot.multiverse(demo, "response", compare=PAIR, measure="RR"))
    answers = {(round(u.mu or 0, 9), round(u.low or 0, 9), round(u.high or 0, 9)) for u in found.universes}
    assert len(drawn.of_class("m-dot", "circle")) == len(answers)
    assert f"{len(found.universes)} ways give {len(answers)} answers" in " ".join(drawn.texts())


def test_dots_stand_at_the_answers_in_their_order(demo: Review, read: Any) -> None:
    found = synthesis.multiverse(demo, "response", compare=PAIR, measures=["RR"])
    drawn = read(synthesis.plot.multiverse(demo, "response", compare=PAIR, measure="RR"))
    x = drawn.axis(across=True, log=True)
    places = [drawn.number(dot, "cx") for dot in drawn.of_class("m-dot", "circle")]
    assert places == sorted(places)
    least = min(u.mu for u in found.universes if u.mu is not None)
    assert places[0] == pytest.approx(x(exp(least)), abs=0.15)


def test_what_all_ways_share_is_called_all(demo: Review, read: Any) -> None:
    assert "all" in read(synthesis.plot.multiverse(demo, "response", compare=PAIR)).texts()


def test_another_measure_is_refused_in_words(demo: Review) -> None:
    with pytest.raises((FigureError, ValueError), match="XX"):
        synthesis.plot.multiverse(demo, "response", compare=PAIR, measure="XX")
