"""Whatever is asked of a forest plot: no text on anything, nothing off the page, arrows only where clipped.

Fifty figures in an ordinary run; a nightly run draws 500, with EVIDENCE_EXAMPLES=500.
"""

import math
import os
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence.study import Bias, Judgement
from synthesis.drawing.collisions import collisions, outside
from synthesis.drawing.drawing import Drawing
from synthesis.drawing.marks import Arrow, Group, flatten
from synthesis.figures.forest import content, layout
from synthesis.figures.forest_layouts import LAYOUTS
from synthesis.figures.forest_order import ORDERS
from synthesis.pooling import pool
from synthesis.subgrouping import subgroups
from synthesis.table import ArmData, EffectRow, EffectTable, LeftOut

FIGURES = settings(
    max_examples=int(os.environ.get("EVIDENCE_EXAMPLES", "50")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
WORDS = st.sampled_from(
    [
        *(
            "Smith 2011",
            "García-López et al. 2019",
            "王小明等 2018",
            "김철수",
            "حسين وآخرون 2019",
            "כהן 2020",
        ),
        *("नेहा", "e\u0301\u0301", "👩‍🔬", "ﷺ", "W" * 60, "iiiiiii", "\u202eabc", "\x00", "a b" * 80, "—"),
    ]
)
LABELS = st.one_of(WORDS, st.lists(WORDS, max_size=4).map(" ".join), st.text(max_size=60))
EFFECTS = st.one_of(st.floats(-1.5, 1.5), st.floats(-14, 14))
VARIANCES = st.one_of(st.floats(0.01, 1.0), st.floats(-8, 6).map(lambda power: 10.0**power))
COUNTS = st.one_of(st.none(), st.integers(0, 400).map(float), st.integers(0, 2_000_000).map(float))
JUDGED = st.sampled_from(["low", "some concerns", "high", "no information", "seven of nine stars"])


@st.composite
def tables(draw: st.DrawFn) -> EffectTable:
    """A table of nought to two hundred rows, some not estimable."""
    measure = draw(st.sampled_from(["RR", "OR", "HR", "MD", "SMD", "RD", "PLO", "IRR"]))
    single = measure == "PLO"
    k = draw(st.one_of(st.integers(0, 12), st.integers(13, 60), st.just(200)))
    made = [_row(draw, i, single) for i in range(min(k, 8))]
    rows = tuple(made[i] if i < 8 else replace(made[i % 8], study=f"s{i}", address=f"s{i}") for i in range(k))
    return EffectTable(
        "endpoint",
        draw(LABELS),
        measure,
        ("a",) if single else ("a", "b"),
        (draw(LABELS),) if single else (draw(LABELS), draw(LABELS)),
        rows,
        left_out=tuple(LeftOut("x", label, draw(LABELS)) for label in draw(st.lists(LABELS, max_size=2))),
        better=draw(st.sampled_from(["higher", "lower", None])),
    )


def _row(draw: st.DrawFn, i: int, single: bool) -> EffectRow:
    def arm() -> ArmData:
        approximate = draw(st.booleans())
        return ArmData("a", n=draw(COUNTS), events=draw(COUNTS), mean=draw(COUNTS), approximate=approximate)

    arms = tuple(arm() for _ in range(1 if single else 2))
    yi, vi = (math.nan, math.nan) if draw(st.integers(0, 9)) == 0 else (draw(EFFECTS), draw(VARIANCES))
    notes = tuple(draw(st.lists(st.text(max_size=30), max_size=1)))
    return EffectRow(f"s{i}", draw(LABELS), yi, vi, arms, (), f"s{i}", notes=notes)


@st.composite
def wishes(draw: st.DrawFn, table: EffectTable) -> dict[str, Any]:
    """What may be asked of the figure of a table."""
    found: dict[str, Any] = {
        "layout": draw(st.sampled_from(sorted(LAYOUTS))),
        "order": draw(st.sampled_from(sorted(ORDERS))),
        "prediction": draw(st.sampled_from(["bar", "density"])),
        "also": draw(st.sampled_from([None, "common-effect"])),
    }
    if draw(st.booleans()):
        found["lines"] = {draw(LABELS): 1.5, draw(LABELS): 2.0}
    if draw(st.booleans()):
        domains = draw(st.lists(st.text("abcdef ", min_size=1, max_size=20), max_size=7, unique=True))
        judged = {name: Judgement(judgement=draw(JUDGED)) for name in domains}
        one = Bias(tool="RoB2", overall=Judgement(judgement=draw(JUDGED)), domains=judged)
        found["bias"] = {row.study: one for row in table.rows[1:]}
    return found


def shown_of(table: EffectTable, draw: Any) -> Any:
    """The table itself, its pool, or its pools in groups."""
    kind = draw(st.sampled_from(["table", "pool", "groups"]))
    if kind == "table" or table.k == 0:
        return table
    if kind == "pool":
        return pool(table, tau2="DL")
    names = draw(st.lists(LABELS.filter(bool), min_size=1, max_size=3))
    return subgroups(table, [names[i % len(names)] for i in range(table.k)], tau2="DL")


@FIGURES
@given(st.data())
def test_nothing_touches_and_arrows_stand_where_something_is_clipped(data: st.DataObject) -> None:
    table = data.draw(tables())
    asked = data.draw(wishes(table))
    rows = content(shown_of(table, data.draw), **asked)
    drawing = layout(rows, LAYOUTS[asked["layout"]].style)
    for page in (drawing, *drawing.pages):
        assert collisions(page) == []
        assert outside(page) == []
        ElementTree.fromstring(page.to_svg(standalone=False))
    assert_arrows(rows, drawing)


def assert_arrows(rows: Any, drawing: Drawing) -> None:
    """As many arrows in each row as bounds beyond the axis; one where the estimate itself is."""
    groups = [mark for mark in drawing.marks if isinstance(mark, Group) and not mark.id]
    for row, group in zip(rows.rows, groups, strict=True):
        arrows = sum(isinstance(mark, Arrow) for mark in flatten(group.marks))
        if row.picture is None:
            assert arrows == 0
            continue
        places = [rows.scale.fraction(value) for value in (row.picture.low, row.picture.high)]
        at = None if row.picture.at is None else rows.scale.fraction(row.picture.at)
        near = [one for one in (*places, at) if one is not None and min(abs(one), abs(one - 1)) < 1e-3]
        if not near:  # what rounding hides may go either way
            beyond = int(places[0] < 0) + int(places[1] > 1)
            outside_ = at is not None and not 0 <= at <= 1
            assert arrows == max(beyond, int(outside_)), row.title


@pytest.mark.parametrize("k", [1, 2, 40, 41, 100, 1000])
def test_pages_hold_every_row_once_under_the_same_head(bcg: Any, k: int) -> None:
    drawing = layout(content(pool(bcg(k), tau2="DL")))
    pages = drawing.pages or (drawing,)
    titles = [[mark.title for mark in page.marks if isinstance(mark, Group) and mark.title] for page in pages]
    whole = [mark.title for mark in drawing.marks if isinstance(mark, Group) and mark.title]
    assert [title for page in titles for title in page] == whole
    assert (len(pages) > 1) == (k > 40)
    assert all(page.height < 792 for page in pages) and max(map(len, titles)) <= 43
    for page in pages:
        ids = {mark.id for mark in page.marks if isinstance(mark, Group)}
        assert "forest-tuberculosis-head" in ids and collisions(page) == [] and outside(page) == []
