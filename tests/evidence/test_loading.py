"""Files become models that keep every character, each number under its address and at its place."""

import os
import random
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from evidence.loading import StudyFileError, read_review, read_study
from evidence.records import mapped, places, printed_numbers
from evidence.review import Review
from evidence.study import Entry, Study
from evidence.values import Between, OneOf, Reported, reported

FILES = Path(__file__).parent / "files"
STUDY = (FILES / "sound" / "smith-2020.yaml").read_text(encoding="utf-8")
REVIEW = (FILES / "sound" / "review.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def review() -> Review:
    return read_review(FILES)


@pytest.fixture(scope="module")
def study(review: Review) -> Study:
    return review.study("everything-2020")


def load(tmp_path: Path, old: str = "", new: str = "") -> Study:
    """The sound study with a change."""
    assert old in STUDY
    (tmp_path / "smith-2020.yaml").write_text(STUDY.replace(old, new, 1) if old else STUDY, encoding="utf-8")
    return read_study(tmp_path / "smith-2020.yaml")


def entry(study: Study, address: str) -> Entry:
    return next(e for e in study.entries if e.address == f"{study.study}/{address}")


def number(record: Study | Review, address: str) -> Reported:
    (found,) = [n for n in printed_numbers(record) if n.address == address]
    return found


# Numbers


@pytest.mark.parametrize(
    "text", ["42.00", "040", ".05", "0·59", "1e3", "~22", "not-reached", "<5", "-3", "112"]
)
def test_a_number_arrives_as_written(text: str, tmp_path: Path) -> None:
    study = load(tmp_path, "percent: 74.36", f"percent: {text}")
    assert number(study, "smith-2020/objective-response/sorafenib/percent").text == text


@pytest.mark.parametrize("text", ["1,234", "1,234.5", ">0.05", "= 0.023"])
def test_a_quoted_number_arrives_as_written(text: str, tmp_path: Path) -> None:
    study = load(tmp_path, "percent: 74.36", f'percent: "{text}"')
    assert number(study, "smith-2020/objective-response/sorafenib/percent").text == text


def test_a_relation_needs_no_quotes(tmp_path: Path) -> None:
    p = number(load(tmp_path), "smith-2020/objective-response/between/p")
    assert (p.text, p.relation, p.exact) == ("<0.05", "<", Fraction(1, 20))


def test_a_word_yaml_would_read_as_something_else_stays_text(tmp_path: Path) -> None:
    assert load(tmp_path, "title: A trial", "title: no").sources["paper"].title == "no"


def test_a_number_knows_where_it_stands(tmp_path: Path) -> None:
    found = number(load(tmp_path), "smith-2020/objective-response/sorafenib/percent").source
    assert found is not None
    assert STUDY.split("\n")[found.line - 1][found.column - 1 : found.end_column - 1] == "74.36"
    assert found.file == "smith-2020.yaml"


def test_every_number_of_every_file_stands_where_its_source_says(review: Review) -> None:
    for found in printed_numbers(review):
        assert found.source is not None
        line = review.files[found.source.file].split("\n")[found.source.line - 1]
        assert line[found.source.column - 1 : found.source.end_column - 1].strip("\"'") == found.text


def test_every_address_is_one_place(study: Study) -> None:
    addresses = [place.address for place in places(study) if not isinstance(place, (OneOf, Between))]
    assert len(addresses) == len(set(addresses))


def test_numbers_come_in_the_order_of_the_file(study: Study) -> None:
    sources = [n.source for n in printed_numbers(study) if n.source and n.source.file == study.file]
    found = [(source.line, source.column) for source in sources]
    assert found == sorted(found)


def test_the_long_form_keeps_what_was_printed(study: Study) -> None:
    percent = number(study, "everything-2020/objective-response/anlotinib/percent")
    assert percent.text == "79" and percent.corrected().text == "73"
    assert percent.correction is not None
    assert (percent.correction.because, percent.correction.by) == ("60/82", "RR")


def test_an_uncertain_reading_keeps_its_options(study: Study) -> None:
    events = entry(study, "objective-response").results[0].events
    assert isinstance(events, OneOf)
    assert [option.text for option in events.options] == ["7", "60"]
    assert events.doubt == "a footnote"


def test_a_range_keeps_both_ends(study: Study) -> None:
    shared = entry(study, "objective-response").shared[0]
    assert shared.arms == ("anlotinib", "seeds")
    assert isinstance(shared.percent, Between)
    assert (shared.percent.low.text, shared.percent.high.text) == ("20", "79")


def test_shared_by_all_names_every_arm(study: Study) -> None:
    assert entry(study, "objective-response").shared[1].arms == tuple(study.arms)


# What a paper can print wrongly


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("percent: 89.02", "percent: 112"),
        ("events: 73", "events: 150"),
        ("[18.1, 24.0]", "[24.0, 18.1]"),
        ("151.87±25.21", "151.87±-25.21"),
        ("median: 21,", "median: 99,"),
        ("estimate: 0.92", "estimate: 0.92, ci95: [1.5, 2.0]"),
        ("p: <0.05", "p: 1.7"),
        ("chi2: 5.794", "chi2: -5.794"),
        ("n: 78", "n: -78"),
    ],
)
def test_what_cannot_be_still_loads(old: str, new: str, tmp_path: Path) -> None:
    assert load(tmp_path, old, new).study == "smith-2020"


# Addresses

UPDATE = "progression-free-survival#update.independent.RECIST 1.1.confirmed"


@pytest.mark.parametrize(
    "address",
    [
        "arms/anlotinib/n",
        "total",
        "design/centres",
        "sets/safety/n/anlotinib",
        "cuts/interim/follow_up/median",
        "flow/crossed-over/placebo/events",
        "flow/screened/all/events",
        "flow/excluded/all/percent",
        "follow_up/anlotinib/median",
        "overall-survival@1 year/anlotinib/survival",
        "progression-free-survival/anlotinib/ci95.high",
        "progression-free-survival/all/events",
        "progression-free-survival#figure/anlotinib/at_risk/6",
        "progression-free-survival#figure/anlotinib/points/2/survival",
        "subgroups/prior-therapy/both/n/placebo",
        "nodule-volume@before#nodes/seeds/iqr.q1",
        "nodule-volume@24 months#nodes/seeds/median",
        "cough/anlotinib-vs-placebo/neither",
        "best-response/anlotinib.CR/events",
        "best-response/between/z",
        "objective-response#both/anlotinib/events",
        "objective-response/across.prior-therapy/p",
        "objective-response/combination-vs-anlotinib+seeds/chi2",
        "objective-response/anlotinib+seeds/percent.from",
        f"{UPDATE}/anlotinib.before-vs-24 months/df.2",
        f"{UPDATE}/anlotinib-vs-placebo/HR.ci60.low",
        f"{UPDATE}/anlotinib-vs-placebo/HR.adjusted.p",
        f"{UPDATE}/anlotinib-vs-placebo/HR.RPSFTM.estimate",
        "hypertension#safety.3+/anlotinib/events",
        "hypertension#safety.1-2/placebo/events",
        "baseline.age/placebo/sd",
        "baseline.weight/anlotinib/range.min",
        "unplaced/74.36",
        "unplaced/74.36#2",
    ],
)
def test_a_number_has_a_semantic_address(address: str, study: Study) -> None:
    assert number(study, f"everything-2020/{address}").text


def test_change_is_part_of_the_contrast(tmp_path: Path) -> None:
    study = load(tmp_path, "{within: anlotinib, compare: [before, after], t", "{of: percent-change, t")
    assert number(study, "smith-2020/thyroglobulin/between.percent-change/t").text == "37.827"
    assert entry(study, "thyroglobulin").tests[0].of == "percent-change"


def test_an_id_stands_for_the_qualifiers(tmp_path: Path) -> None:
    study = load(tmp_path, "unit: months", "unit: months\n    assessor: central\n    id: second")
    assert entry(study, "progression-free-survival#second")


def test_an_id_tells_two_tests_apart(tmp_path: Path) -> None:
    study = load(
        tmp_path, "higher: anlotinib}", "higher: anlotinib}\n      - {test: fisher, p: 0.02, id: exact}"
    )
    assert number(study, "smith-2020/objective-response/between.exact/p").text == "0.02"


def test_entries_may_share_an_address_while_no_number_does(tmp_path: Path) -> None:
    more = "outcomes:\n  - {endpoint: objective-response, where: Text, tests: [{note: see above}]}"
    study = load(tmp_path, "outcomes:", more)
    assert [e.address for e in study.entries[:2]] == ["smith-2020/objective-response"] * 2


# What the lead and the report ask of a study


def test_tables_are_spread_out_into_entries(study: Study) -> None:
    hypertension = entry(study, "hypertension#safety.3+")
    assert [(r.arm, str(r.events), str(r.percent)) for r in hypertension.results] == [
        ("anlotinib", "20", "9.7"),
        ("placebo", "5", "2.4"),
    ]
    assert (hypertension.set, hypertension.grade, hypertension.where) == ("safety", "3+", "Table 5")


def test_a_row_may_override_its_table(study: Study) -> None:
    assert entry(study, "vocal-cord-palsy#safety.3+").results[0].events is None
    assert entry(study, "baseline.weight").unit == "kg"


def test_a_statistic_of_a_table_belongs_to_the_columns_before_it(study: Study) -> None:
    (test,) = entry(study, "fatigue#both.safety.3+").tests
    assert (str(test.p), test.test) == ("0.3", "fisher")


def test_subgroups_are_entries_of_their_own(study: Study) -> None:
    both = entry(study, "objective-response#both")
    assert (both.subgroup, both.where, len(both.results), len(both.tests)) == ("both", "Table 3", 2, 1)
    assert entry(study, "objective-response").subgroup is None


def test_times_are_results(study: Study) -> None:
    results = entry(study, "nodule-volume#nodes").results
    assert [(r.arm, r.time) for r in results] == [("seeds", "before"), ("seeds", "24 months")]


def test_categories_come_from_the_review(study: Study) -> None:
    best = entry(study, "best-response")
    assert best.categories == ("CR", "PR", "SD", "PD") and best.ordered is True
    assert str(best.results[1].by_category["PD"].percent) == "35.0"  # type: ignore[index]  # it has categories


def test_baseline_is_marked(study: Study) -> None:
    assert [e.endpoint for e in study.entries if e.baseline] == ["age", "weight", "women"]


def test_a_test_says_what_it_compares(study: Study) -> None:
    tests = entry(study, "objective-response").tests
    assert tests[1].compare == (("combination",), ("anlotinib", "seeds"))
    assert (tests[1].letter, str(tests[1].statistic), tests[1].sided, len(tests[1].df)) == (
        "chi2",
        "5.1",
        2,
        1,
    )
    assert tests[0].across == "prior-therapy" and tests[0].p is not None
    assert entry(study, "best-response").tests[0].compare == ()


def test_an_effect_says_what_it_compares(study: Study) -> None:
    plain, adjusted, crossover = next(e.effects for e in study.entries if e.cut == "update")
    assert plain.compare == (("anlotinib",), ("placebo",)) and plain.sided == 1
    assert plain.interval is not None and plain.interval.level == 60
    assert adjusted.adjusted == ("age", "sex", "lesion size", "treatment duration")
    assert adjusted.interval is not None and adjusted.interval.level is None
    assert (crossover.crossover, crossover.interval_kind) == ("RPSFTM", "bootstrap")
    assert crossover.adjusted == () and plain.adjusted is None


def test_a_set_without_numbers_says_so_of_every_arm(study: Study) -> None:
    n = study.sets["per-protocol"].n
    assert {arm: str(value) for arm, value in n.items()} == dict.fromkeys(study.arms, "not-reported")


def test_subgroup_levels_know_their_sizes(study: Study) -> None:
    factor = study.subgroups["prior-therapy"]
    assert factor.partial and str(factor.levels["both"].n["placebo"]) == "21"


def test_endpoint_groups_are_spread_out(review: Review) -> None:
    assert review.endpoints["fatigue"].better == "lower"
    assert review.treatments["anlotinib"].class_ == "multikinase inhibitor"
    assert (
        review.baseline_risks["progression-free-survival"][0].origin == "placebo arms of the included trials"
    )


def test_a_missing_level_is_a_warning(review: Review) -> None:
    assert [w.code for w in review.warnings] == ["SRC103"]


# Walks over numbers


def test_a_function_reaches_every_number(study: Study) -> None:
    ones = mapped(study, lambda n: n.reprinted("1"))
    assert {n.text for n in printed_numbers(ones)} == {"1"}
    assert [n.address for n in printed_numbers(ones)] == [n.address for n in printed_numbers(study)]


def test_nothing_changed_is_the_same_record(study: Study) -> None:
    assert mapped(study, lambda n: n) is study


def test_a_correction_is_a_reading(study: Study) -> None:
    corrected = mapped(study, Reported.corrected)
    assert number(corrected, "everything-2020/objective-response/anlotinib/percent").text == "73"
    assert number(study, "everything-2020/objective-response/anlotinib/percent").text == "79"


def test_records_are_frozen(study: Study) -> None:
    with pytest.raises(ValueError, match="frozen"):
        study.label = "x"  # type: ignore[misc]  # that is the point


# Files and folders


def test_a_folder_and_its_review_file_are_the_same() -> None:
    assert read_review(FILES / "review.yaml") == read_review(FILES)


def test_names_of_files_do_not_depend_on_where_they_are(review: Review) -> None:
    assert list(review.files) == ["review.yaml", "everything-2020.yaml", "curves/active-pfs.csv"]
    assert review.studies[0].file == "everything-2020.yaml"
    assert review.folder == FILES.as_posix()


def test_studies_come_in_the_order_of_their_files(tmp_path: Path) -> None:
    (tmp_path / "review.yaml").write_text(REVIEW, encoding="utf-8")
    for name in ("b-1", "c", "a", "b"):
        (tmp_path / f"{name}.yaml").write_text(STUDY.replace("smith-2020", name), encoding="utf-8")
    assert [study.study for study in read_review(tmp_path).studies] == ["a", "b-1", "b", "c"]


def caught(path: Path) -> list[tuple[str, str]]:
    with pytest.raises(StudyFileError) as error:
        read_review(path)
    return [(Path(problem.file).name, problem.code) for problem in error.value.problems]


def test_a_syntax_error_leaves_the_other_files_read(tmp_path: Path) -> None:
    (tmp_path / "review.yaml").write_text(REVIEW, encoding="utf-8")
    (tmp_path / "a.yaml").write_text("a: [1\nb: 2", encoding="utf-8")
    (tmp_path / "b.yaml").write_text("\tb: 2", encoding="utf-8")
    (tmp_path / "smith-2020.yaml").write_text(STUDY.replace("n: 78", "n: 7B"), encoding="utf-8")
    assert caught(tmp_path) == [("a.yaml", "YML001"), ("b.yaml", "YML003"), ("smith-2020.yaml", "YML014")]


def test_a_broken_review_leaves_its_studies_read(tmp_path: Path) -> None:
    (tmp_path / "review.yaml").write_text("a: [1\nb: 2", encoding="utf-8")
    (tmp_path / "smith-2020.yaml").write_text(STUDY.replace("n: 78", "n: 7B"), encoding="utf-8")
    assert caught(tmp_path) == [("review.yaml", "YML001"), ("smith-2020.yaml", "YML014")]


def test_names_of_a_faulty_review_still_count(tmp_path: Path) -> None:
    (tmp_path / "review.yaml").write_text(REVIEW.replace("review: thyroid\n", ""), encoding="utf-8")
    (tmp_path / "smith-2020.yaml").write_text(STUDY.replace("t: sorafenib", "t: sorafenob"), encoding="utf-8")
    assert caught(tmp_path) == [("review.yaml", "YML011"), ("smith-2020.yaml", "YML015")]


def test_a_folder_without_a_review_is_told_so(tmp_path: Path) -> None:
    assert caught(tmp_path) == [("review.yaml", "YML002")]


def test_a_review_without_studies_loads(tmp_path: Path) -> None:
    (tmp_path / "review.yaml").write_text(REVIEW, encoding="utf-8")
    assert read_review(tmp_path).studies == ()


def test_a_missing_file_has_one_diagnostic(tmp_path: Path) -> None:
    assert caught(tmp_path / "nothing.yaml") == [("nothing.yaml", "YML002")]


def test_a_folder_where_a_study_belongs_has_one_diagnostic(tmp_path: Path) -> None:
    (tmp_path / "review.yaml").write_text(REVIEW, encoding="utf-8")
    (tmp_path / "smith.yaml").mkdir()
    assert caught(tmp_path) == [("smith.yaml", "YML002")]


def test_a_key_belongs_to_one_file(tmp_path: Path) -> None:
    (tmp_path / "review.yaml").write_text(REVIEW, encoding="utf-8")
    for name in ("smith-2020.yaml", "smith-2020.yml"):
        (tmp_path / name).write_text(STUDY, encoding="utf-8")
    assert caught(tmp_path) == [("smith-2020.yml", "YML020")]


def test_a_file_whose_name_is_no_key_is_told_a_better_one(tmp_path: Path) -> None:
    (tmp_path / "Smith 2020.yaml").write_text(STUDY, encoding="utf-8")
    with pytest.raises(StudyFileError, match="rename it, such as smith-2020"):
        read_study(tmp_path / "Smith 2020.yaml")


def test_what_is_no_ordinary_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "smith-2020.yaml")
    with pytest.raises(StudyFileError, match="no ordinary file"):
        read_study(tmp_path / "smith-2020.yaml")


@pytest.mark.parametrize("path", ["\0", "x" * 5000, "nothing/at/all.yaml"])
def test_a_path_that_cannot_be_is_one_diagnostic(path: str) -> None:
    with pytest.raises(StudyFileError) as error:
        read_study(path)
    assert [problem.code for problem in error.value.problems] == ["YML002"]


def with_curve(folder: Path, name: str, text: str | None) -> list[tuple[str, str, int, int]]:
    study = STUDY.replace("median: 21,", f"median: 21, curve: {name},")
    (folder / "smith-2020.yaml").write_text(study, encoding="utf-8")
    if text is not None:
        (folder / "a.csv").write_text(text, encoding="utf-8")
    with pytest.raises(StudyFileError) as error:
        read_study(folder / "smith-2020.yaml")
    return [(Path(p.file).name, p.code, p.line, p.column) for p in error.value.problems]


@pytest.mark.parametrize("name", ["../a.csv", "/etc/passwd", "a.txt", "b.csv"])
def test_a_curve_lies_beside_the_studies(name: str, tmp_path: Path) -> None:
    assert with_curve(tmp_path, name, "time,survival\n") == [("smith-2020.yaml", "YML025", 24, 38)]


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("t,s\n0,1\n", "YML025", 1, 1),
        ("time,survival\n0,1\n1\n", "YML025", 3, 1),
        ("time,survival\n0, 1O0\n", "YML014", 2, 4),
        ("time,survival\n0,1\u2028\n", "YML003", 2, 4),
    ],
)
def test_a_fault_of_a_curve_is_reported_in_its_file(
    text: str, code: str, line: int, column: int, tmp_path: Path
) -> None:
    assert with_curve(tmp_path, "a.csv", text) == [("a.csv", code, line, column)]


def test_a_study_file_is_no_review_nor_a_review_a_study(tmp_path: Path) -> None:
    (tmp_path / "review.yaml").write_text(STUDY, encoding="utf-8")
    (tmp_path / "second.yaml").write_text(REVIEW, encoding="utf-8")
    (tmp_path / "smith-2020.yaml").write_text(STUDY, encoding="utf-8")
    assert caught(tmp_path) == [("review.yaml", "YML013"), ("second.yaml", "YML013")]


def test_a_problem_is_shown_with_its_line_and_a_caret(tmp_path: Path) -> None:
    (tmp_path / "smith-2020.yaml").write_text(STUDY.replace("n: 78", "n: 7B"), encoding="utf-8")
    with pytest.raises(StudyFileError) as error:
        read_study(tmp_path / "smith-2020.yaml")
    shown = str(error.value).split("\n")
    assert shown[0] == f'{tmp_path.as_posix()}/smith-2020.yaml:9:40: n: "7B" is not a number [YML014]'
    assert shown[1].index("7B") == shown[2].index("^^")
    assert shown[3].strip().startswith("= ")


# Anything at all

PIECES = [
    *(
        "{",
        "}",
        "[",
        "]",
        ": ",
        ",",
        "\n",
        "  ",
        "- ",
        "null",
        "<0.05",
        "42.00",
        "±",
        "'",
        '"',
        "all",
        "results:",
    ),
    *(
        "ci95",
        "{from: 1}",
        "{printed: 2}",
        "[]",
        "{}",
        "*a",
        "&a ",
        "!!x ",
        ">",
        "|",
        "#",
        "\t",
        "：",
        "\u2028",
    ),
]


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 6))
@example(0, 1)
def test_a_damaged_study_gives_a_model_or_problems(
    tmp_path_factory: pytest.TempPathFactory, seed: int, cuts: int
) -> None:
    chance = random.Random(seed)
    text = STUDY
    for _ in range(cuts):
        start = chance.randrange(len(text))
        stop = start + chance.choice([0, 0, 1, 3, 20])
        text = text[:start] + chance.choice(["", *PIECES]) + text[stop:]
    holds(tmp_path_factory, text)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*PIECES, *STUDY.split(), *STUDY.split("\n")]), max_size=40).map(" ".join))
def test_shuffled_pieces_give_a_model_or_problems(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    holds(tmp_path_factory, text)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_give_problems(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "smith-2020.yaml"
    path.write_bytes(data)
    with pytest.raises(StudyFileError):
        read_study(path)


def holds(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "smith-2020.yaml"
    path.write_text(text, encoding="utf-8")
    try:
        assert isinstance(read_study(path), Study)
    except StudyFileError as error:
        assert error.problems and str(error)


def test_reported_is_what_values_makes_of_a_text(study: Study) -> None:
    found = number(study, "everything-2020/arms/anlotinib/n")
    assert found == reported("82", found.address)
