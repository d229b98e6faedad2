"""Whatever the words and the numbers, nothing in a forest plot touches, leaves the page or breaks."""

import hashlib
import math
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from synthesis.drawing.collisions import collisions, outside
from synthesis.drawing.drawing import Drawing
from synthesis.drawing.marks import Square, Text, flatten
from synthesis.figures.forest import axis_strip, content, layout, strip
from synthesis.figures.style import Style
from synthesis.plot import forest
from synthesis.pooling import pool
from synthesis.table import ArmData, EffectRow, EffectTable, LeftOut

Tables = Callable[..., EffectTable]
GOLDEN = Path(__file__).parent / "three_trials.svg"

SCRIPTS = st.sampled_from(
    [
        "Smith 2011",
        "王小明等",
        "حسين وآخرون",
        "Ürün Çelik",
        "नेहा",
        "e\u0301\u0301",
        "👩‍🔬",
        "ﷺ",
        "W" * 40,
        "\u202eabc",
        "\x00",
    ]
)
LABELS = st.one_of(st.text(max_size=400), st.lists(SCRIPTS, max_size=12).map(" ".join), SCRIPTS)
EFFECTS = st.floats(math.log(1e-6), math.log(1e6))
VARIANCES = st.floats(-8, 6).map(lambda power: 10.0**power)
COUNTS = st.one_of(st.none(), st.integers(0, 2_000_000).map(float))
MEASURES = st.sampled_from(["RR", "HR", "MD", "PLO", "SMD", "RD"])


@st.composite
def tables(draw: st.DrawFn, least: int = 0) -> EffectTable:
    measure = draw(MEASURES)
    single = measure == "PLO"
    rows = []
    for i in range(draw(st.integers(least, 12))):
        arms = tuple(
            ArmData(
                f"a{j}", "A", "a", n=draw(COUNTS), events=draw(COUNTS), mean=draw(COUNTS), sd=draw(COUNTS)
            )
            for j in range(1 if single else 2)
        )
        notes = tuple(draw(st.lists(st.text(max_size=30), max_size=2)))
        rows.append(
            EffectRow(f"s{i}", draw(LABELS), draw(EFFECTS), draw(VARIANCES), arms, (), f"s{i}", notes=notes)
        )
    return EffectTable(
        "endpoint",
        draw(LABELS),
        measure,
        ("a",) if single else ("a", "b"),
        (draw(LABELS),) if single else (draw(LABELS), draw(LABELS)),
        tuple(rows),
        left_out=tuple(LeftOut("x", label, draw(LABELS)) for label in draw(st.lists(LABELS, max_size=2))),
        better=draw(st.sampled_from(["higher", "lower", None])),
        reason=draw(st.one_of(st.none(), LABELS)),
    )


def assert_good(drawing: Drawing) -> None:
    assert collisions(drawing) == []
    assert outside(drawing) == []
    ElementTree.fromstring(drawing.to_svg())


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tables())
def test_nothing_touches_in_any_table(table: EffectTable) -> None:
    assert_good(forest(table))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tables(least=1), st.sampled_from(["REML", "DL"]))
def test_nothing_touches_in_any_pool(table: EffectTable, tau2: str) -> None:
    assert_good(forest(pool(table, tau2=tau2)))


@settings(max_examples=40, deadline=None)
@given(tables(least=1), st.floats(1e-6, 1e6), st.floats(1e-6, 1e6))
def test_nothing_touches_with_any_limits(table: EffectTable, one: float, other: float) -> None:
    scale = 1e-5 if table.measure == "PLO" else 1.0
    limits = (min(one, other) / 1.01 * scale, max(one, other) * scale)
    assert_good(forest(pool(table, tau2="DL"), limits=limits))


@settings(max_examples=40, deadline=None)
@given(tables(least=1))
def test_the_null_is_always_labelled(table: EffectTable) -> None:
    rows = content(table)
    assert rows.scale is not None
    if rows.scale.null is not None:
        texts = {mark.text for mark in flatten(layout(rows).marks) if isinstance(mark, Text)}
        assert ("1" if rows.scale.kind == "log" else "0") in texts


@pytest.mark.parametrize("k", [0, 1, 2, 3, 13, 31, 60, 100])
def test_any_number_of_studies_fits(bcg: Tables, k: int) -> None:
    assert_good(forest(pool(bcg(k)) if k else bcg(k)))


@pytest.mark.parametrize("k", [3, 100])
def test_the_height_grows_with_the_studies(bcg: Tables, k: int) -> None:
    assert forest(pool(bcg(k))).height > k * 0.9 * Style().row


def test_many_studies_have_an_axis_on_top_as_well(bcg: Tables) -> None:
    labels = [mark.text for mark in flatten(forest(pool(bcg(40))).marks) if isinstance(mark, Text)]
    assert labels.count("0.1") == 2


def test_a_long_label_is_broken_and_told_in_full_by_its_group(bcg: Tables) -> None:
    label = "A very long label of a study that goes on and on " * 5
    table = bcg(3)
    row = EffectRow("s", label, -0.5, 0.1, table.rows[0].arms, (), "s")
    svg = forest(EffectTable("e", "E", "RR", ("a", "b"), ("A", "B"), (row, *table.rows))).to_svg()
    assert "…</text>" in svg and f"<title>{label.strip()}: risk ratio" in svg


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", 'a" onload="b', "&amp;", "'; DROP", "\u202egnitset"]
)
def test_hostile_text_is_only_text(text: str) -> None:
    row = EffectRow(text, text, 0.1, 0.1, (), (), text, notes=(text,))
    out = (LeftOut(text, text, text),)
    table = EffectTable(text, text, "HR", (text, "b"), (text, text), (row,), left_out=out, reason=text)
    svg = forest(table).to_svg()
    root = ElementTree.fromstring(svg)
    assert "<script" not in svg and not any(name.startswith("on") for e in root.iter() for name in e.attrib)


def test_columns_line_up_at_the_slash(bcg: Tables) -> None:
    from synthesis.drawing.text_metrics import text_width

    texts = [mark for mark in flatten(forest(pool(bcg())).marks) if isinstance(mark, Text)]
    fractions = [m for m in texts if "/" in m.text and m.text[0].isdigit() and not m.bold and m.x < 200]
    slashes = {
        round(mark.x - text_width(mark.text[mark.text.index("/") :], mark.size), 6) for mark in fractions
    }
    assert len(fractions) == 13 and len(slashes) == 1


def test_every_text_is_large_enough_to_print(bcg: Tables) -> None:
    marks = flatten(forest(pool(bcg())).marks)
    assert min(mark.size for mark in marks if isinstance(mark, Text) and len(mark.text) > 3) >= 6.5


@pytest.mark.parametrize(
    "limits", [(1.0, 1.0), (2.0, 0.5), (0.0, 2.0), (-1.0, 2.0), (math.nan, 2.0), (0.5, math.inf)]
)
def test_limits_that_are_no_axis_are_refused(bcg: Tables, limits: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="limits"):
        forest(pool(bcg()), limits=limits)


def test_squares_never_overlap_those_of_the_next_row(bcg: Tables) -> None:
    squares = [mark for mark in flatten(forest(pool(bcg())).marks) if isinstance(mark, Square)]
    for one, other in pairwise(squares):
        assert other.y - one.y >= (one.side + other.side) / 2


def test_the_same_pool_gives_the_same_bytes_under_any_hash_seed() -> None:
    code = (
        "import hashlib, synthesis; from synthesis.plot import forest; "
        "p = synthesis.pool(yi=[.2, .9, .4], vi=[.05, .08, .04], labels=['A', 'B', 'C'], measure='OR'); "
        "print(hashlib.sha256(forest(p).to_svg().encode()).hexdigest())"
    )
    prints = set()
    for seed in ("0", "1"):
        done = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path), "TZ": f"Asia/{seed}"},
        )
        prints.add(done.stdout)
    assert len(prints) == 1


@pytest.mark.parametrize("suffix", [".pdf", ".png"])
def test_files_of_the_same_pool_are_the_same(bcg: Tables, suffix: str) -> None:
    drawing = forest(pool(bcg(3)))
    first, second = (hashlib.sha256(drawing.to_bytes(suffix, dpi=100)).hexdigest() for _ in range(2))
    assert first == second


def test_the_picture_of_three_trials_has_not_changed(bcg: Tables) -> None:
    """The one snapshot; when it changes on purpose, look at the new one and store it."""
    assert forest(pool(bcg(3))).to_svg() == GOLDEN.read_text("utf-8")


def test_strips_share_one_axis(bcg: Tables) -> None:
    rows = content(pool(bcg()))
    drawings = [strip(rows, i) for i in range(len(rows.rows))] + [axis_strip(rows)]
    assert len({drawing.width for drawing in drawings}) == 1
    for drawing in drawings:
        assert_good(drawing)


def test_a_strip_draws_its_row_and_hides_from_screen_readers(bcg: Tables) -> None:
    svg = strip(content(pool(bcg())), 0).to_svg(standalone=False)
    assert svg.count("m-square") == 1 and 'aria-hidden="true"' in svg and " id=" not in svg


def test_strips_of_a_table_without_estimates_are_empty(bcg: Tables) -> None:
    assert strip(content(bcg(0)), 0).marks == ()


def test_thirty_rows_take_milliseconds(bcg: Tables) -> None:
    result = pool(bcg(30))
    forest(result).to_svg()
    start = time.process_time()
    for _ in range(5):
        forest(result).to_svg()
    assert (time.process_time() - start) / 5 < 0.030
