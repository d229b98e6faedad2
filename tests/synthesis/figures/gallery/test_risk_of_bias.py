"""Traffic lights and their summary, read back from their SVG."""

from typing import Any

import pytest

import synthesis
from evidence.review import Review
from synthesis.errors import FigureError

ROLES = {"low": "low", "some concerns": "some", "high": "high"}


def widths_of(row: Any, drawn: Any) -> dict[str, float]:
    """The widths of the filled parts of a bar, by what they mean."""
    parts = [mark for mark in row if mark.get("fill") != "none" and mark.get("width")]
    return {mark.get("class"): drawn.number(mark, "width") for mark in parts}


def test_every_judgement_has_its_sign_in_its_row(demo: Review, read: Any) -> None:
    drawn = read(synthesis.plot.risk_of_bias(demo))
    for study in demo.studies:
        for bias in study.bias:
            (row,) = drawn.titled(f"{study.label}: ")
            classes = [mark.get("class") or "" for mark in row if mark.get("fill") != "none"]
            said = [one.judgement for one in (*bias.domains.values(), bias.overall) if one is not None]
            for words, role in ROLES.items():
                assert classes.count(f"m-{role}") == said.count(words)


def test_every_judgement_is_also_said_in_words(demo: Review, read: Any) -> None:
    drawn = read(synthesis.plot.risk_of_bias(demo))
    (row,) = drawn.titled("Clark et al 2015: ")
    title = row[0].text or ""
    assert "missing data high" in title and "selection no information" in title


def test_the_signs_are_explained_and_the_studies_without_are_named(demo: Review) -> None:
    picture = synthesis.plot.risk_of_bias(demo)
    assert "Not judged: Dorn 2019 and Evans 2021." in picture.description


def test_the_bars_are_divided_as_the_studies_are(demo: Review, read: Any) -> None:
    drawn = read(synthesis.plot.bias_summary(demo))
    (row,) = drawn.titled("Deviations: low 2, some concerns 1")
    widths = {
        m.get("class"): drawn.number(m, "width") for m in row if m.get("fill") != "none" and m.get("width")
    }
    assert widths["m-low"] == pytest.approx(2 * widths["m-some"], abs=0.2)


def test_bars_by_weight_say_so_and_follow_the_weights(demo: Review, read: Any) -> None:
    weights = {"adams-2001": 60.0, "baker-2008": 30.0, "clark-2015": 10.0}
    drawn = read(synthesis.plot.bias_summary(demo, weights=weights))
    assert "weight in the pool" in " ".join(drawn.texts())
    (row,) = drawn.titled("Overall: ")
    widths = {
        m.get("class"): drawn.number(m, "width") for m in row if m.get("fill") != "none" and m.get("width")
    }
    assert widths["m-some"] == pytest.approx(6 * widths["m-high"], abs=0.3)


def test_a_review_without_judgements_is_refused(two_studies: Review) -> None:
    with pytest.raises(FigureError, match="no study holds a judgement of risk of bias"):
        synthesis.plot.risk_of_bias(two_studies)


def test_an_unused_tool_is_refused_with_those_there_are(demo: Review) -> None:
    with pytest.raises(FigureError, match="there are RoB2"):
        synthesis.plot.risk_of_bias(demo, tool="ROBINS-I")
