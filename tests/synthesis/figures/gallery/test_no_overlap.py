"""No text over text or ink in figures of any studies: labels of any script, effects of any size."""

import math
from itertools import cycle

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import synthesis
from evidence.review import Review
from synthesis.drawing.collisions import collisions, outside
from synthesis.drawing.marks import Circle, Text
from synthesis.errors import FigureError, PoolingError
from synthesis.figures.label_places import Box as Room
from synthesis.figures.label_places import Wanted, placed
from synthesis.pooling import pool

LABELS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), min_size=1, max_size=60)
EFFECTS = st.floats(-6, 6) | st.sampled_from([0.0, 1e-9, -40.0, 40.0])
VARIANCES = st.floats(1e-4, 10) | st.sampled_from([1e-8, 400.0])
STUDIES = st.lists(st.tuples(LABELS, EFFECTS, VARIANCES), min_size=3, max_size=14)
MEASURES = st.sampled_from(["RR", "OR", "MD", "SMD", "PLO", None])
FIGURES = ("baujat", "cumulative", "drapery", "funnel", "influence", "leave_one_out", "profile", "radial")


@pytest.mark.parametrize("name", FIGURES)
@settings(max_examples=10)
@given(studies=STUDIES, measure=MEASURES)
def test_nothing_overlaps_whatever_the_studies(
    name: str, studies: list[tuple[str, float, float]], measure: str | None
) -> None:
    labels, yi, vi = zip(*studies, strict=True)
    try:
        drawing = getattr(synthesis.plot, name)(pool(yi=yi, vi=vi, labels=labels, measure=measure, tau2="DL"))
    except (FigureError, PoolingError):
        return
    assert collisions(drawing) == []
    assert outside(drawing) == []
    assert math.isfinite(drawing.width) and math.isfinite(drawing.height)


@given(st.lists(st.tuples(st.floats(10, 190), st.floats(10, 190), LABELS), min_size=1, max_size=15))
def test_labels_lie_apart_inside_the_room_or_are_left_out(wanted: list[tuple[float, float, str]]) -> None:
    dots = [Circle(x, y, 2.3) for x, y, _ in wanted]
    asked = [Wanted(x, y, 2.3, text) for x, y, text in wanted]
    marks, without = placed(asked, dots, Room(0.0, 0.0, 200.0, 200.0), 7.5)
    texts = [mark for mark in marks if isinstance(mark, Text)]
    assert len(texts) + len(without) == len(wanted)
    from synthesis.drawing.drawing import Drawing

    assert collisions(Drawing(200, 200, (*dots, *marks))) == []
    assert outside(Drawing(200, 200, tuple(texts))) == []


def named(review: Review, words: list[str]) -> Review:
    """The review with these words for its title, treatments, endpoints, studies and reasons."""
    said = cycle(words)
    return review.model_copy(
        update={
            "label": next(said),
            "treatments": {
                k: t.model_copy(update={"label": next(said)}) for k, t in review.treatments.items()
            },
            "endpoints": {k: e.model_copy(update={"label": next(said)}) for k, e in review.endpoints.items()},
            "studies": tuple(study.model_copy(update={"label": next(said)}) for study in review.studies),
            "excluded": {"x-2000": next(said), "y-2001": next(said)},
        }
    )


OF_REVIEW = {
    "before_after": ("pain",),
    "bias_summary": (),
    "flow": (),
    "medians": ("survival",),
    "network": (),
    "risk_of_bias": (),
    "summary_of_findings": (),
    "survival_curves": ("survival",),
}


@pytest.mark.parametrize("name", OF_REVIEW)
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(LABELS, min_size=3, max_size=9))
def test_nothing_overlaps_whatever_things_are_called(name: str, words: list[str], demo: Review) -> None:
    drawing = getattr(synthesis.plot, name)(named(demo, words), *OF_REVIEW[name])
    assert collisions(drawing) == []
    assert outside(drawing) == []
