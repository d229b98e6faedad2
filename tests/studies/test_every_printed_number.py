"""Every number printed in the two abstracts, in printed order, and where its study file holds it.

Figures only. What is no result has its place in the design; what is left out is named with the reason.
"""

from pathlib import Path

import pytest

from evidence.records import printed_numbers

STUDIES = Path(__file__).parents[2] / "studies"

# (figure as printed, address of the number that holds it), in the order of the abstract.
GANSU = [
    ("82", "gansu-2024/arms/anlotinib/n"),
    ("78", "gansu-2024/arms/sorafenib/n"),
    ("89.02", "gansu-2024/objective-response/anlotinib/percent"),
    ("74.36", "gansu-2024/objective-response/sorafenib/percent"),
    ("5.794", "gansu-2024/objective-response/between/chi2"),
    ("<0.05", "gansu-2024/objective-response/between/p"),
    ("44.25", "gansu-2024/thyroglobulin@after/anlotinib/mean"),
    ("5.31", "gansu-2024/thyroglobulin@after/anlotinib/plusminus"),
    ("93.63", "gansu-2024/target-lesion-volume@after/anlotinib/mean"),
    ("28.35", "gansu-2024/target-lesion-volume@after/anlotinib/plusminus"),
    ("42.00", "gansu-2024/thyroglobulin@after/sorafenib/mean"),
    ("5.82", "gansu-2024/thyroglobulin@after/sorafenib/plusminus"),
    ("132.78", "gansu-2024/target-lesion-volume@after/sorafenib/mean"),
    ("27.72", "gansu-2024/target-lesion-volume@after/sorafenib/plusminus"),
    ("151.87", "gansu-2024/thyroglobulin@before/anlotinib/mean"),
    ("25.21", "gansu-2024/thyroglobulin@before/anlotinib/plusminus"),
    ("702.94", "gansu-2024/target-lesion-volume@before/anlotinib/mean"),
    ("105.64", "gansu-2024/target-lesion-volume@before/anlotinib/plusminus"),
    ("152.62", "gansu-2024/thyroglobulin@before/sorafenib/mean"),
    ("25.62", "gansu-2024/thyroglobulin@before/sorafenib/plusminus"),
    ("703.26", "gansu-2024/target-lesion-volume@before/sorafenib/mean"),
    ("106.84", "gansu-2024/target-lesion-volume@before/sorafenib/plusminus"),
    ("37.827", "gansu-2024/thyroglobulin/anlotinib.before-vs-after/t"),
    ("50.445", "gansu-2024/target-lesion-volume/anlotinib.before-vs-after/t"),
    ("37.186", "gansu-2024/thyroglobulin/sorafenib.before-vs-after/t"),
    ("45.647", "gansu-2024/target-lesion-volume/sorafenib.before-vs-after/t"),
    ("<0.05", "gansu-2024/thyroglobulin/anlotinib.before-vs-after/p"),
    ("<0.05", "gansu-2024/target-lesion-volume/anlotinib.before-vs-after/p"),
    ("<0.05", "gansu-2024/thyroglobulin/sorafenib.before-vs-after/p"),
    ("<0.05", "gansu-2024/target-lesion-volume/sorafenib.before-vs-after/p"),
    ("1.616", "gansu-2024/thyroglobulin@3 weeks+6 weeks+16 weeks/between.percent-change/t"),
    (">0.05", "gansu-2024/thyroglobulin@3 weeks+6 weeks+16 weeks/between.percent-change/p"),
    ("1.272", "gansu-2024/target-lesion-volume@6 months/between.percent-change/t"),
    (">0.05", "gansu-2024/target-lesion-volume@6 months/between.percent-change/p"),
    ("1.661", "gansu-2024/target-lesion-volume@12 months/between.percent-change/t"),
    ("<0.05", "gansu-2024/target-lesion-volume@12 months/between.percent-change/p"),
    ("98.78", "gansu-2024/overall-survival@1 year/anlotinib/survival"),
    ("98.72", "gansu-2024/overall-survival@1 year/sorafenib/survival"),
    ("0.001", "gansu-2024/overall-survival@1 year/between/chi2"),
    (">0.05", "gansu-2024/overall-survival@1 year/between/p"),
    ("21", "gansu-2024/progression-free-survival/anlotinib/median"),
    ("34", "gansu-2024/overall-survival/anlotinib/median"),
    ("22", "gansu-2024/progression-free-survival/sorafenib/median"),
    ("36", "gansu-2024/overall-survival/sorafenib/median"),
    ("0.748", "gansu-2024/progression-free-survival/between/chi2"),
    ("0.001", "gansu-2024/overall-survival/between/chi2"),
    (">0.05", "gansu-2024/progression-free-survival/between/p"),
    (">0.05", "gansu-2024/overall-survival/between/p"),
    ("56.10", "gansu-2024/any-adverse-event/anlotinib/percent"),
    ("77.79", "gansu-2024/any-adverse-event/sorafenib/percent"),
    ("4.262", "gansu-2024/any-adverse-event/between/chi2"),
    ("<0.05", "gansu-2024/any-adverse-event/between/p"),
    ("12.20", "gansu-2024/hand-foot-skin-reaction/anlotinib/percent"),
    ("12.20", "gansu-2024/diarrhoea/anlotinib/percent"),
    ("12.20", "gansu-2024/fatigue/anlotinib/percent"),
    ("26.92", "gansu-2024/hand-foot-skin-reaction/sorafenib/percent"),
    ("29.49", "gansu-2024/diarrhoea/sorafenib/percent"),
    ("26.92", "gansu-2024/fatigue/sorafenib/percent"),
    ("5.551", "gansu-2024/hand-foot-skin-reaction/between/chi2"),
    ("7.301", "gansu-2024/diarrhoea/between/chi2"),
    ("7.301", "gansu-2024/fatigue/between/chi2"),
    ("<0.05", "gansu-2024/hand-foot-skin-reaction/between/p"),
    ("<0.05", "gansu-2024/diarrhoea/between/p"),
    ("<0.05", "gansu-2024/fatigue/between/p"),
]

CHEN = [
    ("52", "chen-2025/total"),
    ("14", "chen-2025/arms/anlotinib/n"),
    ("25", "chen-2025/arms/seeds/n"),
    ("13", "chen-2025/arms/combination/n"),
    ("42.2", "chen-2025/local-progression-free-survival/combination/median"),
    ("18.6", "chen-2025/local-progression-free-survival/anlotinib+seeds/median.from"),
    ("18.7", "chen-2025/local-progression-free-survival/anlotinib+seeds/median.to"),
    ("0.023", "chen-2025/local-progression-free-survival/between/p"),
    ("77", "chen-2025/objective-response@6 months/combination/percent"),
    ("21", "chen-2025/objective-response@6 months/anlotinib+seeds/percent.from"),
    ("32", "chen-2025/objective-response@6 months/anlotinib+seeds/percent.to"),
    ("< 0.05", "chen-2025/objective-response@6 months/between/p"),
    ("< 0.001", "chen-2025/target-lesion-volume@6 months/between.change/p"),
    ("~22", "chen-2025/overall-survival/anlotinib+seeds+combination/median.from"),
    ("43", "chen-2025/overall-survival/anlotinib+seeds+combination/median.to"),
    ("0.425", "chen-2025/overall-survival/between/p"),
]

# Figures of the abstract that are no numbers of a result: (figure, the words of the file that hold it).
IN_WORDS = {
    "gansu-2024": [
        ("2018", "recruitment: 2018-01/2023-12"),
        ("2023", "recruitment: 2018-01/2023-12"),
        ("2023", "follow_up_until: 2023-12"),
        ("3, 6 and 16 weeks", "at: [3 weeks, 6 weeks, 16 weeks]"),
        ("6 months", "at: 6 months"),
        ("12 months", "at: 12 months"),
        ("1-year", "at: 1 year"),
        ("74.36", "text: 74.36"),
    ],
    "chen-2025": [
        ("125", "treatment: iodine-125-seeds"),
        ("2025", "follow_up_until: 2025-02"),
        ("6 months", "at: 6 months"),
        ("12 months", "at: 12 months"),
        ("1–2", "grade: 1-2"),
        ("06362772", "registration: NCT06362772"),
    ],
}

# Numbers of a file that its abstract does not print in figures, with the reason.
NOT_IN_FIGURES = {
    "gansu-2024/design/centres": "one hospital is named",
    "gansu-2024/unplaced/74.36": "the second time it is printed; listed under IN_WORDS",
    "chen-2025/major-procedural-complication/all/events": "printed as the word no, written in figures",
}


@pytest.mark.parametrize(("study", "printed"), [("gansu-2024", GANSU), ("chen-2025", CHEN)])
def test_every_printed_figure_has_its_place(review, study: str, printed: list[tuple[str, str]]) -> None:
    held = {number.address: number.text for number in printed_numbers(review.study(study))}
    assert [(figure, address) for figure, address in printed if held.get(address) != figure] == []


@pytest.mark.parametrize(("study", "printed"), [("gansu-2024", GANSU), ("chen-2025", CHEN)])
def test_the_file_holds_no_number_that_is_not_printed(
    review, study: str, printed: list[tuple[str, str]]
) -> None:
    held = {number.address for number in printed_numbers(review.study(study))}
    assert held - {address for _, address in printed} - set(NOT_IN_FIGURES) == set()


@pytest.mark.parametrize("study", IN_WORDS)
def test_figures_that_are_no_results_stand_in_the_file(study: str) -> None:
    text = (STUDIES / f"{study}.yaml").read_text(encoding="utf-8")
    assert [held for _, held in IN_WORDS[study] if held not in text] == []


@pytest.mark.parametrize("study", ["gansu-2024", "chen-2025"])
def test_every_number_knows_its_line_and_column(review, study: str) -> None:
    lines = (STUDIES / f"{study}.yaml").read_text(encoding="utf-8").splitlines()
    for number in printed_numbers(review.study(study)):
        assert number.source is not None
        rest = lines[number.source.line - 1][number.source.column - 1 :]
        assert rest.lstrip('"').startswith(number.text), number.address
