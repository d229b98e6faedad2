"""Every fault of a file is reported where it stands, with what would do; and all of them at once."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from evidence.loading import StudyFileError, read_review
from evidence.loading.problems import Problem

SOUND = Path(__file__).parent / "files" / "sound"
REVIEW = (SOUND / "review.yaml").read_text(encoding="utf-8")
STUDY = (SOUND / "smith-2020.yaml").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Fault:
    """One fault: the text it replaces and its own, where it is reported and how.

    ``at`` is the text whose first character is the place, on the line of the fault.
    """

    name: str
    old: str
    new: str
    at: str
    code: str
    message: str
    help: str
    stops: bool = False


def broken(fault: Fault) -> str:
    """The study with one fault."""
    assert STUDY.count(fault.old) == 1, f"{fault.name}: {STUDY.count(fault.old)} of {fault.old!r}"
    return STUDY.replace(fault.old, fault.new)


def place(fault: Fault, text: str) -> tuple[int, int]:
    """Line and column of the fault in a text that holds it, from 1."""
    start = text.index(fault.new) + fault.new.index(fault.at)
    return text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)


# fmt: off
# ruff: noqa: E501
FAULTS = [
    Fault("misspelt key", "percent: 89.02", "percant: 89.02", "percant", "YML010", "unknown key `percant`", "percent"),
    Fault("misspelt key at the top", "label: Smith 2020", "labell: Smith 2020", "labell", "YML010", "`labell`", "did you mean label?"),
    Fault("unknown arm", "sorafenib: {percent", "sorafinib: {percent", "sorafinib", "YML015", "unknown arm `sorafinib`", "did you mean sorafenib?"),
    Fault("unknown arm in a test", "higher: anlotinib", "higher: anlotinb", "anlotinb", "YML015", "unknown side", "did you mean anlotinib?"),
    Fault("unknown endpoint", "endpoint: objective-response", "endpoint: objective-respons", "objective-respons", "YML015", "unknown endpoint", "did you mean objective-response?"),
    Fault("synonym of an endpoint", "endpoint: progression-free-survival", "endpoint: PFS", "PFS", "YML015", "unknown endpoint `PFS`", "write progression-free-survival"),
    Fault("grade in an endpoint", "hypertension: [", "hypertension-grade-3: [", "hypertension-grade-3", "YML015", "unknown endpoint", "with grade: 3"),
    Fault("unknown treatment", "treatment: sorafenib", "treatment: sorafenob", "sorafenob", "YML015", "unknown treatment", "did you mean sorafenib?"),
    Fault("unknown set", "set: safety", "set: safty", "safty", "YML015", "unknown set", "did you mean safety?"),
    Fault("unknown source of a flow", "outcomes:\n", "flow: {lost: {sorafenib: {events: 3, source: papr}}}\noutcomes:\n", "papr", "YML015", "unknown source", "did you mean paper?"),
    Fault("unknown measure", "measure: HR", "measure: hr", "hr", "YML015", "unknown measure", "did you mean HR?"),
    Fault("missing n", "anlotinib: {treatment: anlotinib, n: 82}", "anlotinib: {treatment: anlotinib}", "{", "YML011", "`n` is missing", "n: 82"),
    Fault("missing label", "label: Smith 2020\n", "", "", "YML011", "`label` is missing", "label: Gansu 2024"),
    Fault("repeated key", "results:\n      anlotinib: {events: 73", "where: Table 9\n    results:\n      anlotinib: {events: 73", "where", "YML005", "`where` stands here again; it first stands at line 14, column 5", "keep one"),
    Fault("per cent sign", "percent: 74.36", "percent: 74.36%", "74.36%", "YML014", '"74.36%" is not a number', "write 74.36"),
    Fault("decimal comma", "percent: 74.36", "percent: '74,36'", "'74,36'", "YML014", '"74,36" is not a number', "74.36"),
    Fault("letter in a number", "n: 78", "n: 7B", "7B", "YML014", '"7B" is not a number', "letter"),
    Fault("two values in one", "{median: 22}", "{median: 21±3}", "21±3", "YML014", "is not a number", "as: mean ± sd"),
    Fault("a range in one", "{median: 22}", "{median: 9.1–12.9}", "9.1–12.9", "YML014", "is not a number", "{from: 9.1, to: 12.9}"),
    Fault("an unclear word", "{median: 22}", "{median: NR}", "NR", "YML014", "is not a number", "not-reached or not-reported"),
    Fault("a fraction of a person", "events: 73", "events: 73.5", "73.5", "YML014", "no whole number", "percent"),
    Fault("fell apart at a comma", "n: 78", "n: 1,078", "1,078", "YML007", "`1,078` fell into pieces", 'quote it: "1,078"'),
    Fault("words fell apart", "{kind: paper, title: A trial, year", "{kind: paper, title: A trial, again, year", "A trial, again", "YML007", "fell into pieces", 'quote it: "A trial, again"'),
    Fault("list fell apart", "[18.1, 24.0]", "[1,240]", "1,240", "YML007", "one number or two?", "write [1, 240] for two numbers"),
    Fault("bare >", "p: <0.05", "p: >0.05", ">0.05", "YML006", "needs quotation marks", '">0.05"'),
    Fault("colon in a value", "where: Table 3", "where: Table 3: PFS", "Table 3: PFS", "YML006", "colon and a space", '"Table 3: PFS"'),
    Fault("bare @", "where: Table 4", "where: @Table 4", "@Table 4", "YML006", "needs quotation marks", '"@Table 4"'),
    Fault("one limit", "[18.1, 24.0]", "[18.1]", "[18.1]", "YML013", "two numbers, lower first; here is 1", "ci95: [0.45, 0.76]"),
    Fault("limits as a range", "[18.1, 24.0]", "18.1–24.0", "18.1–24.0", "YML013", "two numbers, lower first", "ci95: [18.1, 24.0]"),
    Fault("no direction", "compare: [anlotinib, sorafenib], ", "", "", "YML018", "which is first", "compare: [anlotinib, sorafenib]"),
    Fault("times without an arm", "{within: anlotinib, compare: [before, after]", "{compare: [before, after]", "before", "YML018", "`before` is a time", "within"),
    Fault("no unit", "unit: months\n    ", "", "", "YML012", "has no unit", "unit: months"),
    Fault("misspelt unit", "unit: months", "unit: mnths", "mnths", "YML023", "does not convert to months", "did you mean months?"),
    Fault("cells and columns", "[20 (25.0), 5 (6.5)]", "[20 (25.0)]", "[", "YML017", "1 cell for 2 columns", "anlotinib, sorafenib"),
    Fault("unlike its pattern", "5 (6.5)]", "5 of 77]", "5 of 77", "YML017", '"5 of 77" is not `events (percent)`', "as:"),
    Fault("a ± part is missing", "44.25±5.31", "44.25", "44.25", "YML017", "unlike its pattern", "as:"),
    Fault("unknown statistic of a cell", "as: mean ± sd", "as: mean ± std", "std", "YML017", "no statistic `std`", "sd"),
    Fault("another file's name", "study: smith-2020", "study: smith-2021", "smith-2021", "YML019", "in a file called smith-2020", "smith-2020"),
    Fault("another format", "format: 1", "format: 2", "2", "YML021", "format 2", "format: 1"),
    Fault("a block for a number", "n: 78}", "n: 78}\ntotal: |\n  160", "|", "YML014", "in a block", "write 160 beside"),
    Fault("three quartiles", "ci95: [18.1, 24.0]", "iqr: [1, 2, 3]", "[", "YML013", "2 belong here, the lower first; here are 3", "a list of two"),
    Fault("one quartile", "ci95: [18.1, 24.0]", "iqr: [1]", "[", "YML013", "here is 1", "a list of two"),
    Fault("quartiles as text", "ci95: [18.1, 24.0]", "iqr: 148-2010", "148-2010", "YML013", "cannot stand here", "[148, 2010]"),
    Fault("a variable among outcomes", "endpoint: thyroglobulin", "variable: thyroglobulin", "variable", "YML010", "`variable`", "did you mean endpoint?"),
    Fault("no endpoint", "endpoint: thyroglobulin\n    ", "", "", "YML011", "`endpoint` is missing", "endpoint: objective-response"),
    Fault("an overlap without a reason", "outcomes:\n", "overlaps: [{study: x, certainty: likely}]\noutcomes:\n", "{study", "CFG902", "needs a reason", "because"),
    Fault("what the reader makes", "unit: months", "unit: months\n    address: x", "address", "YML010", "`address`", "the reader works it out"),
    Fault("outcomes as a mapping", "outcomes:\n", "baseline: {age: 61}\noutcomes:\n", "baseline", "YML013", "a mapping cannot stand here", "a list"),
    Fault("results as a list", "results:\n      anlotinib: {before", "results:\n      - anlotinib: {before", "results", "YML013", "`results` does not hold a list", "a mapping of arms"),
    Fault("arms as a list", "arms:\n  anlotinib: {treatment: anlotinib, n: 82}\n  sorafenib: {treatment: sorafenib, n: 78}\n", "arms: [anlotinib, sorafenib]\n", "arms", "YML013", "a list cannot stand here", "a mapping"),
    Fault("not allowed", "timing: prospective", "timing: prospectively", "prospectively", "YML016", "is not one of those", "did you mean prospective?"),
    Fault("a grade with a sign", "grade: 3+", 'grade: ">=3"', '">=3"', "YML016", "is no grade", "write 3+"),
    Fault("no value", "where: Table 2", "where:", "where", "YML011", "`where` has no value", "write its value"),
    Fault("text for a mapping", "design: {kind: cohort, timing: prospective}", "design: cohort", "cohort", "YML013", '"cohort" cannot stand here', "a mapping with kind"),
    Fault("an alias", "where: Table 4", "where: *table", "*table", "YML004", "refers to another place", "write it out"),
    Fault("an anchor", "where: Table 4", "where: &table Table 4", "&table", "YML004", "names this place", "quote"),
    Fault("a tag", "where: Table 4", "where: !!str Table 4", "!!str", "YML004", "the tag", "no tags"),
    Fault("two statistics", "chi2: 5.794", "chi2: 5.794, z: 2.41", "z", "YML013", "two statistics in one test", "two tests"),
    Fault("not in its quote", "where: Table 2\n", 'where: Table 2\n    quote: "73 (89.02%), 74.3 (χ2=5.794, P<0.05)"\n', "", "SRC102", '"74.36" does not occur', "as printed"),
    Fault("a reserved name", "sets:\n", "sets:\n  true: {total: 5}\n", "true", "YML022", "cannot be called `true`", "true-arm"),
    Fault("tab", "    unit: μg/L", "\tunit: μg/L", "\t", "YML003", "a tab in the indentation", "spaces", stops=True),
    Fault("a no-break space", "label: Smith 2020", "label: Smith\u00a02020", "\u00a0", "YML003", "U+00A0", "plain space", stops=True),
    Fault("a line separator", "label: Smith 2020", "label: Smith\u20282020", "\u2028", "YML003", "U+2028", "end of a line", stops=True),
    Fault("a zero-width space", "n: 82", "n: 8\u200b2", "\u200b", "YML003", "U+200B", "delete it", stops=True),
    Fault("full-width figures", "n: 82", "n: ８２", "８２", "YML014", "is not a number", "U+FF18"),
    Fault("a full-width colon", "label: Smith 2020", "label：Smith 2020", "：", "YML001", "U+FF1A", "type a plain `:`", stops=True),
    Fault("an open bracket", "[18.1, 24.0]}", "[18.1, 24.0}", "[", "YML001", "bracket", "missing", stops=True),
    Fault("an open quotation mark", "label: Smith 2020", 'label: "Smith 2020', '"', "YML001", "not closed", "close it", stops=True),
    Fault("a second document", "arms:\n", "---\narms:\n", "---", "YML004", "second document", "one document", stops=True),
]
# fmt: on


def folder(tmp_path: Path, **studies: str) -> Path:
    (tmp_path / "review.yaml").write_text(REVIEW, encoding="utf-8")
    for name, text in studies.items():
        (tmp_path / f"{name.replace('_', '-')}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def problems(path: Path) -> tuple[Problem, ...]:
    with pytest.raises(StudyFileError) as caught:
        read_review(path)
    return caught.value.problems


def test_the_sound_study_loads(tmp_path: Path) -> None:
    review = read_review(folder(tmp_path, smith_2020=STUDY))
    assert review.warnings == ()
    assert [study.study for study in review.studies] == ["smith-2020"]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_one_fault_is_one_problem_with_what_would_do(fault: Fault, tmp_path: Path) -> None:
    found = problems(folder(tmp_path, smith_2020=broken(fault)))
    assert [problem.code for problem in found] == [fault.code], "\n".join(map(str, found))
    assert fault.message in found[0].message
    assert fault.help in found[0].help


@pytest.mark.parametrize("fault", [f for f in FAULTS if f.at], ids=lambda fault: fault.name)
def test_a_fault_is_reported_where_it_stands(fault: Fault, tmp_path: Path) -> None:
    text = broken(fault)
    found = problems(folder(tmp_path, smith_2020=text))[0]
    assert (found.line, found.column) == place(fault, text)
    assert Path(found.file).name == "smith-2020.yaml"


REVIEW_FAULTS = [
    ("treatments:\n", "treatments:\n  yes: {label: Yes}\n", 4, 3, "YML022", "cannot be called `yes`"),
    ("label: Sorafenib", "lable: Sorafenib", 5, 15, "YML010", "unknown key `lable`"),
    ("{label: Sorafenib}", "{label: Sorafenib, components: [anlotinb]}", 5, 46, "YML015", "unknown treatment"),
    ("kind: binary, better: higher", "kind: binari, better: higher", 7, 30, "YML016", "kind: \"binari\""),
    ("[ORR]", "[PFS]", 8, 93, "YML020", "already another name of objective-response"),
    ("[ORR]}", "[ORR], measure: RRR}", 7, 80, "YML015", "unknown measure"),
    ("[CR, PR, SD, PD]}", "[CR, PR], sums: {objective-response: [CR, PD]}}", 11, 88, "YML015", "unknown category"),
    ("review: thyroid", "review: Thyroid", 2, 9, "YML019", "is no name"),
    ("review: thyroid\n", "", 1, 1, "YML011", "`review` is missing"),
    (
        "review: thyroid", "review: thyroid\nsyntheses: {a: {endpoint: PFS, compare: [anlotinib, sorafenib]}}",
        3, 27, "YML015", "unknown endpoint `PFS`",
    ),
    (
        "review: thyroid", "review: thyroid\ncertainty: {hypertension: {start: high, down: {bias: {by: 1}}, overall: moderate}}",
        3, 48, "CFG902", "`bias` needs a reason",
    ),
    (
        "review: thyroid", "review: thyroid\ncertainty: {hypertension: {start: high, overall: low}}",
        3, 50, "YML026", "the steps lead from high to high",
    ),
    ("review: thyroid", "review: thyroid\nendpoint_groups: {ae: {kind: binary, endpoints: [hypertension]}}", 3, 50, "YML005", "defined twice"),
    ("review: thyroid", "review: thyroid\nendpoint_groups: {ae: {kind: binary}}", 3, 23, "YML011", "`endpoints` is missing"),
    ("review: thyroid", "review: thyroid\nbaseline_risks: {hypertension: [{risk: 4O}]}", 3, 40, "YML014", "is not a number"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "column", "code", "message"), REVIEW_FAULTS)
def test_a_fault_of_a_review_is_reported_where_it_stands(
    old: str, new: str, line: int, column: int, code: str, message: str, tmp_path: Path
) -> None:
    assert old in REVIEW
    (tmp_path / "review.yaml").write_text(REVIEW.replace(old, new, 1), encoding="utf-8")
    found = problems(tmp_path)
    assert [(p.line, p.column, p.code) for p in found] == [(line, column, code)], "\n".join(map(str, found))
    assert message in found[0].message


LONG_FORMS = [
    ("{from: 21}", "exactly one of"),
    ("{to: 21}", "exactly one of"),
    ("{printed: 1, one_of: [1, 2]}", "exactly one of"),
    ("{corrected: 1}", "exactly one of"),
    ("{one_of: [1]}", "two or more"),
    ("{one_of: 7}", "two or more"),
    ("{printed: [1]}", "`printed` is one number"),
    ("{printed: 1, corrected: [2]}", "`corrected` is one number"),
    ("{printed: 1, corrected: 2, by: RR}", "a correction needs `because`"),
    ("{printed: 1, corrected: 2, because: x}", "a correction needs `by`"),
    ("{printed: 1x}", "is not a number"),
    ("{printed: 1, doupt: x}", "unknown key `doupt`"),
    ("[21, 22]", "one number belongs here, not a list"),
    ("ns", "is for p only"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "message"), LONG_FORMS)
def test_a_number_that_cannot_be_understood_is_one_problem(
    written: str, message: str, tmp_path: Path
) -> None:
    text = STUDY.replace("percent: 74.36", f"percent: {written}")
    (found,) = problems(folder(tmp_path, smith_2020=text))
    assert found.message.startswith("percent: ") and message in found.message


def test_at_least_twenty_five_faults_are_known() -> None:
    assert len(FAULTS) >= 25


FAULTY = Path(__file__).parent / "files" / "faulty"


def marked() -> list[tuple[int, str]]:
    """The line and code of every fault that the faulty file names in its comments."""
    lines = (FAULTY / "smith-2020.yaml").read_text(encoding="utf-8").splitlines()
    codes = [(n, re.search(r"# ((?:[A-Z]{3}\d{3} ?)+)$", line)) for n, line in enumerate(lines, 1)]
    return [(n, code) for n, match in codes if match for code in match[1].split()]


def test_all_faults_of_a_file_are_reported_at_once_and_nothing_else() -> None:
    found = [(problem.line, problem.code) for problem in problems(FAULTY)]
    assert sorted(found) == sorted(marked())
    assert len(found) >= 40


def test_problems_come_in_the_order_of_the_file() -> None:
    found = [(problem.line, problem.column) for problem in problems(FAULTY)]
    assert found == sorted(found)
