"""What a forest plot says, before anything is placed."""

import math
from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace

import pytest

from evidence.values import reported
from synthesis.figures.display import display
from synthesis.figures.forest import content
from synthesis.figures.forest_words import favours
from synthesis.figures.rows import Row, Rows
from synthesis.pooling import pool
from synthesis.table import ArmData, EffectRow, EffectTable, LeftOut

Tables = Callable[..., EffectTable]


def cells(rows: Rows, key: str) -> list[str]:
    index = rows.column(key)
    assert index is not None, [column.key for column in rows.columns]
    return [row.cells[index] for row in rows.rows]


def of_kind(rows: Rows, kind: str) -> list[Row]:
    return [row for row in rows.rows if row.kind == kind]


def found(severity: str, verdict: str) -> SimpleNamespace:
    return SimpleNamespace(severity=severity, verdict=verdict)


def test_the_columns_are_study_arms_plot_weight_effect(bcg: Tables) -> None:
    keys = [column.key for column in content(pool(bcg())).columns]
    assert keys == ["study", "arm1-events", "arm2-events", "plot", "weight", "effect"]


def test_arms_are_headed_by_the_treatments_compared(bcg: Tables) -> None:
    assert [column.group for column in content(pool(bcg())).columns][1:3] == ["BCG vaccine", "No vaccine"]


def test_events_stand_over_totals(bcg: Tables) -> None:
    assert cells(content(pool(bcg())), "arm1-events")[:4] == ["4/123", "6/306", "3/231", "62/13,598"]


def test_the_summary_row_sums_the_arms(bcg: Tables) -> None:
    assert of_kind(content(pool(bcg())), "summary")[0].cells[1:3] == ("1065/191,064", "1510/166,283")


def test_effects_are_printed_as_ratios(bcg: Tables) -> None:
    assert cells(content(pool(bcg())), "effect")[0] == "0.41 (0.13 to 1.26)"


def test_a_bound_next_to_the_null_is_not_printed_as_the_null(bcg: Tables) -> None:
    assert cells(content(pool(bcg())), "effect")[8] == "0.63 (0.393 to 0.996)"


def test_the_summary_is_the_pool(bcg: Tables) -> None:
    row = of_kind(content(pool(bcg())), "summary")[0]
    assert (row.cells[0], row.cells[-1]) == ("Random effects (REML)", "0.49 (0.33 to 0.73)")


def test_weights_sum_to_the_hundred_printed(bcg: Tables) -> None:
    weights = cells(content(pool(bcg())), "weight")
    assert weights[13] == "100.0" and sum(map(float, weights[:13])) == pytest.approx(100, abs=0.7)


def test_the_prediction_interval_is_an_open_bar_without_an_estimate(bcg: Tables) -> None:
    row = of_kind(content(pool(bcg())), "prediction")[0]
    assert row.picture is not None and row.picture.shape == "bar" and row.cells[-1] == "(0.14 to 1.76)"


def test_heterogeneity_names_estimator_interval_and_test(bcg: Tables) -> None:
    line = content(pool(bcg())).lines[0].replace("\xa0", " ")
    assert line == (
        "Heterogeneity: τ² = 0.31 (95% CI 0.12 to 1.11; REML, Q-profile); τ = 0.56; "
        "Q = 152.23, df = 12 (P < 0.001); I² = 92.2% (81.9 to 97.7)."
    )


def test_the_overall_line_names_the_interval_that_applied(bcg: Tables) -> None:
    line = content(pool(bcg(), interval="Wald")).lines[1].replace("\xa0", " ")
    assert line == "Overall effect: z = −3.97 (P < 0.001); Wald interval."


def test_one_study_is_shown_without_weight_or_summary(bcg: Tables) -> None:
    rows = content(pool(bcg(1)))
    assert [row.kind for row in rows.rows] == ["study", "statement"] and rows.column("weight") is None
    assert rows.rows[1].cells[0] == "One study: no pooling" and not rows.lines


def test_two_studies_have_no_diamond_and_a_caution(bcg: Tables) -> None:
    rows = content(pool(bcg(2)))
    shapes = [row.picture.shape for row in rows.rows if row.picture]
    assert shapes == ["square", "square", "whisker"]
    assert of_kind(rows, "summary")[0].cells[0] == "Common effect"
    assert "Two studies" in rows.lines[0] and any("Random-effects result" in line for line in rows.lines)


def test_a_common_effect_pool_says_so(bcg: Tables) -> None:
    rows = content(pool(bcg(), model="common-effect"))
    assert of_kind(rows, "summary")[0].cells[0] == "Common effect" and not of_kind(rows, "prediction")
    assert "τ²" not in rows.lines[0]


def test_an_empty_table_is_a_stated_empty_figure(bcg: Tables) -> None:
    rows = content(bcg(0, left_out=(LeftOut("x", "Smith 1955", "no counts were printed"),)))
    assert [row.cells[0] for row in rows.rows] == ["No study to show"] and rows.scale is None
    assert rows.left_out == (("Smith 1955", "No counts were printed."),)


def test_a_table_that_is_not_pooled_has_dots_no_weights_and_a_reason(bcg: Tables) -> None:
    rows = content(bcg(3, pooled=False, reason="the timepoints are unlike"))
    assert {row.picture.shape for row in rows.rows if row.picture} == {"dot"}
    assert rows.column("weight") is None and rows.reason == "the timepoints are unlike"
    assert any("Not pooled: the timepoints are unlike" in text for _, text in rows.notes)


def test_what_was_left_out_of_a_pool_stays_visible(bcg: Tables) -> None:
    out = (LeftOut("x", "Smith 1955", "only p = 0.2 was printed"),)
    assert content(pool(bcg(left_out=out))).left_out == (("Smith 1955", "Only p\xa0=\xa00.2 was printed."),)


def test_a_row_without_an_estimate_keeps_its_data(bcg: Tables) -> None:
    table = bcg(2)
    rows = content(replace(table, rows=(table.rows[0], replace(table.rows[1], yi=math.nan, vi=math.nan))))
    assert rows.rows[1].kind == "not-estimable" and rows.rows[1].picture is None
    assert rows.rows[1].cells[1] == "6/306" and rows.rows[1].cells[-1] == "Not estimable"


def test_a_missing_arm_is_a_dash_with_a_note(bcg: Tables) -> None:
    table = bcg(3)
    blank = ArmData("bcg", "BCG", "bcg")
    rows = content(pool(replace(table, rows=(replace(table.rows[0], arms=(blank, blank)), *table.rows[1:]))))
    assert cells(rows, "arm1-events")[0] == "–" and any("– not reported" in text for _, text in rows.notes)
    assert of_kind(rows, "summary")[0].cells[1] == ""


def test_a_count_that_is_not_certain_is_marked_in_text_and_picture(bcg: Tables) -> None:
    table = bcg(3)
    arms = (replace(table.rows[0].arms[0], approximate=True), table.rows[0].arms[1])
    rows = content(pool(replace(table, rows=(replace(table.rows[0], arms=arms), *table.rows[1:]))))
    assert cells(rows, "arm1-events")[0] == "~4/123"
    assert [row.picture.hollow for row in rows.rows[:3] if row.picture] == [True, False, False]


def test_equal_notes_share_a_letter(bcg: Tables) -> None:
    table = bcg(3)
    noted = tuple(
        replace(row, notes=notes)
        for row, notes in zip(table.rows, [("one",), ("two", "one"), ()], strict=True)
    )
    rows = content(pool(replace(table, rows=noted)))
    assert [row.mark for row in rows.rows[:3]] == ["a", "a,b", ""]
    assert rows.notes[:2] == (("a", "One."), ("b", "Two."))


def test_the_audit_column_appears_with_the_first_finding(bcg: Tables) -> None:
    table = bcg(4)
    findings = [
        (found("none", "consistent"),),
        (found("error", "inconsistent"), found("none", "consistent")),
        (found("error", "impossible"),),
        (),
    ]
    audited = tuple(replace(row, findings=f) for row, f in zip(table.rows, findings, strict=True))
    rows = content(pool(replace(table, rows=audited)))
    assert cells(rows, "audit")[:4] == ["✓", "!", "×", "?"]
    assert content(pool(table)).column("audit") is None


def test_rows_carry_the_address_of_what_they_show(bcg: Tables) -> None:
    assert content(pool(bcg())).rows[0].address == "study-0/tuberculosis"


def test_equal_labels_are_told_apart(bcg: Tables) -> None:
    table = bcg(2)
    rows = content(replace(table, rows=tuple(replace(row, label="Smith 2011") for row in table.rows)))
    assert cells(rows, "study") == ["Smith 2011a", "Smith 2011b"]


def test_the_null_is_on_the_axis_and_labelled(bcg: Tables) -> None:
    scale = content(pool(bcg())).scale
    assert scale is not None and scale.null == 0 and "1" in [tick.label for tick in scale.ticks]


def test_squares_have_the_share_of_the_heaviest_weight(bcg: Tables) -> None:
    result = pool(bcg())
    areas = [row.picture.area for row in content(result).rows[:13] if row.picture]
    assert areas == pytest.approx(list(result.weights / result.weights.max()))


def test_plain_arrays_can_be_drawn() -> None:
    rows = content(pool(yi=[0.1, 0.3, 0.2], vi=[0.01, 0.02, 0.03], labels=["A", "B", "C"]))
    assert [column.key for column in rows.columns] == ["study", "plot", "weight", "effect"]


def test_single_arms_are_percentages_on_a_linear_axis() -> None:
    arm = ArmData("a", "A", "a", n=82, events=73)
    row = EffectRow("s", "Gansu 2024", math.log(73 / 9), 1 / 73 + 1 / 9, (arm,), (), "s/orr")
    rows = content(EffectTable("orr", "Objective response", "PLO", ("a",), ("Anlotinib",), (row,)))
    assert cells(rows, "effect") == ["89.0 (80.2 to 94.2)"] and cells(rows, "arm1-events") == ["73/82"]
    assert rows.scale is not None and rows.scale.kind == "linear" and rows.scale.null is None


def test_differences_share_their_decimals_and_show_means() -> None:
    arms = (ArmData("a", "A", "a", n=40, mean=12.4, sd=3.2), ArmData("b", "B", "b", n=42, mean=8.1, sd=3.0))
    table = EffectTable(
        "volume",
        "Tumour volume",
        "MD",
        ("a", "b"),
        ("A", "B"),
        tuple(
            EffectRow(f"s{i}", f"S{i}", yi, 0.36, arms, (), f"s{i}") for i, yi in enumerate((4.3, -11.2, 0.0))
        ),
        better="lower",
        unit="mL",
    )
    rows = content(pool(table))
    assert cells(rows, "effect")[:3] == ["4.3 (3.1 to 5.5)", "−11.2 (−12.4 to −10.0)", "0.0 (−1.2 to 1.2)"]
    assert cells(rows, "arm1-mean")[0] == "12.4 (3.2)" and cells(rows, "arm2-n")[0] == "42"
    assert rows.scale is not None and rows.scale.title == "Mean difference (mL)"


def test_a_printed_mean_keeps_its_zeros() -> None:
    printed = (reported("42.00"), reported("5.82"))
    arms = (ArmData("a", "A", "a", n=40, mean=42.0, sd=5.82), ArmData("b", "B", "b", n=42, mean=40.5, sd=5.0))
    row = EffectRow("s", "S", 1.5, 0.4, arms, printed, "s")
    rows = content(EffectTable("tg", "Thyroglobulin", "MD", ("a", "b"), ("A", "B"), (row,)))
    assert cells(rows, "arm1-mean") == ["42.00 (5.82)"] and cells(rows, "arm2-mean") == ["40.5 (5)"]


@pytest.mark.parametrize(
    ("measure", "better", "sides"),
    [
        ("RR", "higher", ("Favours B", "Favours A")),
        ("RR", "lower", ("Favours A", "Favours B")),
        ("HR", "higher", ("Favours A", "Favours B")),
        ("HR", "lower", ("Favours B", "Favours A")),
        ("MD", "lower", ("Favours A", "Favours B")),
        ("RR", None, ("Lower with A", "Lower with B")),
        ("PLO", "higher", ()),
    ],
)
def test_favours_follow_from_which_way_is_better(
    measure: str, better: str | None, sides: tuple[str, ...]
) -> None:
    assert favours(display(measure), better, ("A", "B")) == sides


def test_the_description_says_the_result_in_words(bcg: Tables) -> None:
    text = content(pool(bcg())).description
    assert text.startswith("13 studies. Random effects (REML): risk ratio 0.49 (0.33 to 0.73).")


def test_what_goes_beyond_the_axis_is_explained(bcg: Tables) -> None:
    rows = content(pool(bcg()), limits=(0.5, 2))
    assert any("arrowhead" in text for _, text in rows.notes)
