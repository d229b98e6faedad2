"""What may be asked of a forest plot: layouts, orders, groups, judgements, readings, densities, lines."""

import math
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from evidence.study import Bias, Judgement
from evidence.values import Derived, reported
from synthesis.drawing.drawing import Drawing
from synthesis.drawing.marks import Polygon, Text, flatten
from synthesis.errors import SynthesisError, UnknownName
from synthesis.figures.bias_signs import SIGNS, WORDINGS
from synthesis.figures.forest import content, layout, strip
from synthesis.figures.forest_density import density, probability_below
from synthesis.figures.forest_layouts import LAYOUTS, ForestLayout
from synthesis.figures.rows import Row, Rows
from synthesis.fit import Interval
from synthesis.plot import forest
from synthesis.pooling import pool
from synthesis.rereading import Reread, Sensitivity
from synthesis.subgrouping import subgroups
from synthesis.table import EffectTable

Tables = Callable[..., EffectTable]
GROUPS = ("random",) * 4 + ("alternate",) * 2 + ("random",) * 3 + ("systematic",) * 4


def keys(rows: Rows) -> list[str]:
    return [column.key for column in rows.columns]


def of_kind(rows: Rows, *kinds: str) -> list[Row]:
    return [row for row in rows.rows if row.kind in kinds]


def cell(rows: Rows, row: Row, key: str) -> str:
    place = rows.column(key)
    assert place is not None
    return row.cells[place]


def texts(drawing: Drawing) -> list[str]:
    return [mark.text for mark in flatten(drawing.marks) if isinstance(mark, Text)]


@pytest.mark.parametrize(
    ("name", "order"),
    [
        ("standard", ["study", "arm1-events", "arm2-events", "plot", "weight", "effect"]),
        ("bmj", ["study", "arm1-events", "arm2-events", "plot", "weight", "effect"]),
        ("jama", ["study", "arm1-events", "arm2-events", "effect", "plot", "weight"]),
        ("lancet", ["study", "arm1-events", "arm2-events", "weight", "plot", "effect"]),
        ("compact", ["study", "plot", "effect"]),
        (
            "revman",
            ["study", "arm1-events", "arm1-n", "arm2-events", "arm2-n", "weight", "effect", "plot"],
        ),
    ],
)
def test_a_layout_orders_the_columns(bcg: Tables, name: str, order: list[str]) -> None:
    assert keys(content(pool(bcg()), layout=name)) == order


@pytest.mark.parametrize(
    ("name", "effect", "count"),
    [
        ("standard", "0.24 (0.18 to 0.31)", "62/13,598"),
        ("bmj", "0.24 (0.18 to 0.31)", "62/13\u2009598"),
        ("revman", "0.24 [0.18, 0.31]", "62"),
        ("lancet", "0·24 (0·18–0·31)", "62/13\u2009598"),
    ],
)
def test_a_layout_writes_numbers_as_its_journal_does(bcg: Tables, name: str, effect: str, count: str) -> None:
    rows = content(pool(bcg()), layout=name)
    assert (cell(rows, rows.rows[3], "effect"), rows.rows[3].cells[1]) == (effect, count)


def test_a_dash_between_bounds_gives_way_to_a_word_beside_a_minus_sign() -> None:
    result = pool(yi=[-0.2, 0.3, 0.1], vi=[0.1, 0.1, 0.1], labels=["A", "B", "C"])
    rows = content(result, layout="lancet")
    assert " to " in cell(rows, rows.rows[0], "effect") and "−" in cell(rows, rows.rows[0], "effect")


@pytest.mark.parametrize("name", sorted(LAYOUTS))
def test_a_layout_is_as_wide_as_the_page_it_is_for(bcg: Tables, name: str) -> None:
    width = forest(pool(bcg()), layout=name).width * 25.4 / 72
    assert width == pytest.approx(84 if name == "compact" else 174, abs=0.05)


def test_jama_has_the_favours_words_over_the_axis(bcg: Tables) -> None:
    drawing = forest(pool(bcg()), layout="jama")
    marks = [mark for mark in flatten(drawing.marks) if isinstance(mark, Text)]
    above = next(mark.y for mark in marks if mark.text.startswith("Favors"))
    assert above < next(mark.y for mark in marks if mark.text == "Aronson 1948")


def test_a_layout_of_ones_own_is_a_record(bcg: Tables) -> None:
    own = ForestLayout("own", columns=("study", "effect"), study="Trial")
    rows = content(pool(bcg()), layout=own)
    assert keys(rows) == ["study", "effect"] and rows.columns[0].head == "Trial"


@pytest.mark.parametrize("wish", [{"layout": "bjm"}, {"order": "yaer"}, {"prediction": "hill"}])
def test_an_unknown_wish_is_refused_with_what_there_is(bcg: Tables, wish: dict[str, Any]) -> None:
    with pytest.raises(UnknownName, match="choose"):
        forest(pool(bcg()), **wish)


@pytest.mark.parametrize(
    ("order", "first", "last"),
    [
        ("given", "Aronson 1948", "Comstock et al 1976"),
        ("year", "Aronson 1948", "TPT Madras 1980"),
        ("label", "Aronson 1948", "Vandiviere et al 1973"),
        ("effect", "Vandiviere et al 1973", "Comstock & Webster 1969"),
        ("weight", "TPT Madras 1980", "Comstock & Webster 1969"),
        ("precision", "TPT Madras 1980", "Comstock & Webster 1969"),
    ],
)
def test_studies_stand_in_the_order_asked_for_and_it_is_named(
    bcg: Tables, order: str, first: str, last: str
) -> None:
    rows = content(pool(bcg()), order=order)
    studies = of_kind(rows, "study")
    assert (studies[0].cells[0], studies[-1].cells[0]) == (first, last)
    assert any("order" in text for _, text in rows.notes) == (order != "given")


def test_squares_keep_their_studies_in_any_order(bcg: Tables) -> None:
    def areas(order: str) -> dict[str, float]:
        rows = content(pool(bcg()), order=order)
        return {row.cells[0]: row.picture.area for row in of_kind(rows, "study") if row.picture}

    assert areas("effect") == areas("given")


def test_groups_have_heads_subtotals_and_their_own_heterogeneity(bcg: Tables) -> None:
    rows = content(subgroups(bcg(), GROUPS))
    assert [row.cells[0] for row in of_kind(rows, "heading")] == [
        "Random",
        "Alternate",
        "Systematic",
        "All studies",
    ]
    assert len(of_kind(rows, "subtotal")) == len(of_kind(rows, "detail")) == 3
    assert all("Heterogeneity" in row.cells[0] for row in of_kind(rows, "detail"))


def test_weights_of_groups_add_up_to_the_subtotals_and_these_to_all(bcg: Tables) -> None:
    rows = content(subgroups(bcg(), GROUPS))
    subtotals = [float(cell(rows, row, "weight")) for row in of_kind(rows, "subtotal")]
    studies = [float(cell(rows, row, "weight")) for row in of_kind(rows, "study")]
    assert sum(subtotals) == pytest.approx(100, abs=0.2)
    assert sum(studies[:7]) == pytest.approx(subtotals[0], abs=0.4)


def test_totals_of_groups_add_up(bcg: Tables) -> None:
    rows = content(subgroups(bcg(), GROUPS), layout="revman")
    total = cell(rows, of_kind(rows, "summary")[0], "arm1-events")
    assert sum(int(cell(rows, row, "arm1-events")) for row in of_kind(rows, "subtotal")) == int(total)


def test_the_test_between_groups_says_what_it_assumes_and_warns_of_small_groups(bcg: Tables) -> None:
    lines = [line.replace("\xa0", " ") for line in content(subgroups(bcg(), GROUPS)).lines]
    assert any(line.startswith("Test for subgroup differences: Q = ") and "own τ²" in line for line in lines)
    assert "Fewer than 3 studies in: alternate." in lines
    shared = content(subgroups(bcg(), GROUPS, common_tau2=True)).lines
    assert any("one τ² common to all groups" in line for line in shared)


def test_a_group_of_one_study_has_no_subtotal_and_of_two_no_diamond(bcg: Tables) -> None:
    rows = content(subgroups(bcg(6), ["a", "b", "b", "c", "c", "c"]))
    assert of_kind(rows, "detail")[0].cells[0] == "Single study: no subtotal"
    shapes = [row.picture.shape for row in of_kind(rows, "subtotal") if row.picture]
    assert shapes == ["whisker", "diamond"]


def test_equal_labels_in_two_groups_stay_in_their_own(bcg: Tables) -> None:
    found = subgroups(yi=[0.1, 0.9, 0.2, 0.8], vi=[0.1] * 4, labels=["A"] * 4, by=["x", "y", "x", "y"])
    effects = [row.picture.at for row in of_kind(content(found), "study") if row.picture]
    assert effects == pytest.approx([0.1, 0.2, 0.9, 0.8])


def test_a_table_that_names_groups_is_drawn_under_them(bcg: Tables) -> None:
    table = bcg(4)
    named = [replace(row, group=group) for row, group in zip(table.rows, "abab", strict=True)]
    rows = content(replace(table, rows=tuple(named)))
    assert [row.cells[0] for row in rows.rows] == [
        *("A", "Aronson 1948", "Rosenthal et al 1960"),
        *("B", "Ferguson & Simes 1949", "Hart & Sutherland 1977"),
    ]


def judged(tool: str, overall: str, **domains: str) -> Bias:
    found = {name: Judgement(judgement=words) for name, words in domains.items()}
    return Bias(tool=tool, overall=Judgement(judgement=overall), domains=found)  # type: ignore[arg-type]


def test_judgements_are_columns_of_signs_with_a_legend(bcg: Tables) -> None:
    bias = {"study-0": judged("RoB2", "high", randomisation="low", deviations="some concerns")}
    rows = content(pool(bcg(3)), bias=bias)
    assert keys(rows)[-3:] == ["bias-A", "bias-B", "bias-overall"]
    assert rows.rows[0].cells[-3:] == ("+", "!", "×") and rows.rows[1].cells[-3:] == ("–", "–", "–")
    assert rows.legend == (("+", "low"), ("!", "some concerns"), ("×", "high"))
    assert any("RoB 2: A\xa0randomisation, B\xa0deviations" in text for _, text in rows.notes)


def test_the_judgement_about_the_endpoint_goes_before_one_about_all(bcg: Tables) -> None:
    own = judged("RoB2", "high").model_copy(update={"outcomes": ("tuberculosis",)})
    rows = content(pool(bcg(3)), bias={"study-0": (judged("RoB2", "low"), own)})
    assert cell(rows, rows.rows[0], "bias-overall") == "×"


def test_studies_stand_in_order_of_their_risk_of_bias(bcg: Tables) -> None:
    bias = {f"study-{i}": judged("RoB2", words) for i, words in enumerate(["high", "some concerns", "low"])}
    rows = content(pool(bcg(4)), bias=bias, order="bias")
    signs = [cell(rows, row, "bias-overall") for row in of_kind(rows, "study")]
    assert signs == ["+", "!", "×", "–"]


def test_stars_are_printed_as_they_are(bcg: Tables) -> None:
    rows = content(pool(bcg(3)), bias={"study-0": judged("NOS", "7 stars")})
    assert cell(rows, rows.rows[0], "bias-overall") == "7 stars" and not rows.legend


def test_one_sign_has_one_look_and_one_level_whatever_the_tool() -> None:
    assert len({(sign.shape, sign.role, sign.text) for sign in SIGNS.values()}) == len(SIGNS) == 5
    assert {sign.text for words in WORDINGS.values() for sign in words.values()} <= set(SIGNS)


def test_audit_signs_lead_to_the_ledger_in_a_page_and_nowhere_in_a_file(bcg: Tables) -> None:
    table = bcg(3)
    finding = type("Finding", (), {"severity": "error", "verdict": "impossible"})()
    flagged = replace(table, rows=(replace(table.rows[0], findings=(finding,)), *table.rows[1:]))
    drawing = forest(pool(flagged), links={"study-0/tuberculosis": "#f-AUD103-1234"})
    assert drawing.to_svg(standalone=False).count('<a href="#f-AUD103-1234">') == 1
    assert "<a " not in drawing.to_svg()


def test_an_estimated_number_opens_the_marker_and_says_how_it_came_about(bcg: Tables) -> None:
    table = bcg(3)
    sd = Derived(4.2, 4.0, 4.4, (reported("3.1"),), "SD from the interval", ("normal data",), "estimated")
    rows = content(pool(replace(table, rows=(replace(table.rows[0], inputs=(sd,)), *table.rows[1:]))))
    assert [row.picture.hollow for row in of_kind(rows, "study") if row.picture] == [True, False, False]
    assert rows.rows[0].mark == "a"
    assert rows.notes[0] == ("a", "SD from the interval, assuming normal data.")


def test_a_density_is_highest_at_the_mean_and_a_probability_in_area(bcg: Tables) -> None:
    result = pool(bcg())
    assert isinstance(result.prediction, Interval)
    display = content(result).scale
    assert display is not None
    from synthesis.figures.display import display as shown

    curve = density(result, result.prediction, shown("RR"))
    highest = max(curve, key=lambda point: point[1])
    assert highest[0] == pytest.approx(result.mu, abs=0.1) and highest[1] == 1
    steps = [(b[0] - a[0]) * (a[1] + b[1]) / 2 for a, b in pairwise(curve)]
    below = sum(s for s, (x, _) in zip(steps, curve[1:], strict=True) if x <= result.prediction.low) / sum(
        steps
    )
    assert below == pytest.approx(0.025, abs=0.006)


@pytest.mark.parametrize("end", ["low", "high"])
def test_the_probability_beyond_a_prediction_limit_is_a_fortieth(bcg: Tables, end: str) -> None:
    result = pool(bcg())
    assert isinstance(result.prediction, Interval)
    below = probability_below(result, result.prediction, getattr(result.prediction, end))
    assert below == pytest.approx(0.025 if end == "low" else 0.975, abs=1e-9)


def test_a_density_needs_a_distribution_that_is_known(bcg: Tables) -> None:
    rows = content(pool(bcg(), prediction="KR"), prediction="density")
    assert [row.picture.shape for row in of_kind(rows, "prediction") if row.picture] == ["bar"]


def test_a_density_far_from_the_null_has_no_part_beyond_it() -> None:
    result = pool(yi=[-6.0, -6.1, -5.9], vi=[0.01] * 3, labels=["A", "B", "C"], measure="RR")
    drawn = layout(content(result, prediction="density"))
    roles = [mark.role for mark in flatten(drawn.marks) if isinstance(mark, Polygon)]
    assert "heat-1" in roles and "heat-2" not in roles


def test_lines_asked_for_are_named_on_the_axis_and_in_the_prediction(bcg: Tables) -> None:
    rows = content(pool(bcg()), lines={"MID": 0.8})
    assert rows.scale is not None and rows.scale.lines[0].at == pytest.approx(math.log(0.8))
    assert any("below 0.8 (MID), 0.79" in line for line in rows.lines)
    assert "MID" in texts(layout(rows))


@pytest.mark.parametrize("value", [0.0, -1.0, math.nan, math.inf])
def test_a_line_that_is_no_ratio_is_refused(bcg: Tables, value: float) -> None:
    with pytest.raises(SynthesisError, match="MID"):
        forest(pool(bcg()), lines={"MID": value})


def test_another_model_is_an_outline_without_weights(bcg: Tables) -> None:
    rows = content(pool(bcg()), also="common-effect")
    row = of_kind(rows, "second")[0]
    assert row.cells[0] == "Common effect" and cell(rows, row, "weight") == ""
    assert row.picture is not None and row.picture.hollow
    outlines = [m for m in flatten(layout(rows).marks) if isinstance(m, Polygon) and m.hollow]
    assert len(outlines) == 1


def readings(bcg: Tables) -> Sensitivity:
    table = bcg(6)
    other = replace(table, rows=(replace(table.rows[0], yi=-0.2), *table.rows[1:]))
    fewer = replace(table, rows=table.rows[1:])
    return Sensitivity(
        (
            Reread("corrected", table, pool(table), False),
            Reread("as-printed", other, pool(other), True),
            Reread("repaired", table, pool(table), False),
            Reread("without-flagged", fewer, pool(fewer), True),
        )
    )


def test_readings_stand_under_the_study_they_change_and_under_the_diamond(bcg: Tables) -> None:
    rows = content(readings(bcg))
    assert [row.cells[0] for row in rows.rows[:3]] == [
        "Aronson 1948",
        "as printed",
        "without flagged numbers: left out",
    ]
    assert [row.cells[0] for row in of_kind(rows, "second")] == [
        "As printed (6 studies)",
        "Without flagged numbers (5 studies)",
    ]


def test_the_figure_of_readings_counts_its_studies_once(bcg: Tables) -> None:
    rows = content(readings(bcg))
    assert rows.subtitle.startswith("Risk ratio, 6 studies, random") and rows.description.startswith(
        "6 studies."
    )


def test_a_strip_of_a_density_has_room_for_it(bcg: Tables) -> None:
    rows = content(pool(bcg()), prediction="density")
    place = next(i for i, row in enumerate(rows.rows) if row.kind == "prediction")
    drawn = strip(rows, place)
    assert drawn.height > strip(rows, 0).height
    for mark in flatten(drawn.marks):
        ys = [y for _, y in getattr(mark, "points", ())]
        assert all(0 <= y <= drawn.height for y in ys)


def test_pages_go_into_one_pdf(bcg: Tables) -> None:
    drawing = forest(pool(bcg(60), tau2="DL"))
    assert len(drawing.pages) == 2
    assert len(re.findall(rb"/Type /Page\b", drawing.to_bytes(".pdf"))) == 2


def test_pages_go_into_a_png_each(bcg: Tables, tmp_path: Any) -> None:
    drawing = forest(pool(bcg(60), tau2="DL"))
    first = drawing.save(tmp_path / "long.png", dpi=30)
    assert first.name == "long-1.png" and sorted(p.name for p in tmp_path.iterdir()) == [
        "long-1.png",
        "long-2.png",
    ]
