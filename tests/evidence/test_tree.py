"""Text becomes a tree that keeps every character and knows where it stands."""

import string
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from evidence.loading.characters import LARGEST_FILE, decoded
from evidence.loading.parsing import DEEPEST, parsed
from evidence.loading.problems import MOST_PROBLEMS, Problem, snippet
from evidence.loading.tree import Map, Seq, Text

LOADERS = [yaml.BaseLoader, *([yaml.CBaseLoader] if yaml.__with_libyaml__ else [])]


def tree(text: str, loader: Any = None) -> Map:
    root, faults, complete = parsed(text, "a.yaml", loader)
    assert faults.problems == [] and complete
    assert root is not None
    return root


def problems(text: str, loader: Any = None) -> list[Problem]:
    return parsed(text, "a.yaml", loader)[1].sorted()


def only(text: str) -> Problem:
    """The one problem of a text, which both parsers report alike."""
    found = [problems(text, loader) for loader in LOADERS]
    assert all(len(each) == 1 for each in found), found
    assert len({(p[0].line, p[0].column, p[0].code) for p in found}) == 1
    return found[0][0]


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize(
    "written",
    ["42.00", "040", ".05", "no", "2:1", "~22", "2018-01", "1_0", "0x10", "1e3", "null", "<0.05", "−0.42"],
)
def test_scalars_arrive_as_written(written: str, loader: Any) -> None:
    assert tree(f"a: {written}\n", loader) == {"a": written}


@pytest.mark.parametrize("loader", LOADERS)
def test_places_count_characters_from_one(loader: Any) -> None:
    root = tree("é: {ü: 'x', b: [1, \"2\"]}\nc:\n  - d\n", loader)
    key = next(iter(root))
    assert (key.line, key.column) == (1, 1)
    inner = root["é"]
    assert (inner["ü"].line, inner["ü"].column, inner["ü"].end_column) == (1, 8, 11)
    assert [(t.column, t.quoted) for t in inner["b"]] == [(17, False), (20, True)]
    assert (root["c"][0].line, root["c"][0].column) == (3, 5)


def test_a_piece_of_a_text_knows_its_column() -> None:
    plain, quoted = tree("a: 12 (34)\nb: '12 (34)'\n").values()
    assert (plain.part(4, 6), plain.part(4, 6).column) == ("34", 8)
    assert (quoted.part(4, 6), quoted.part(4, 6).column) == ("34", 9)


def test_a_piece_of_a_text_with_escapes_stands_at_its_start() -> None:
    text = tree('a: "12 \\u0028 34"\n')["a"]
    assert text.part(0, 2).column == text.column == 4


@pytest.mark.parametrize(
    "value", [">0.05", "> 0.05", ">5", ">=3", "|x|", "@y", "`y", "%y", "A: b", "b: c: d"]
)
@pytest.mark.parametrize(
    ("before", "after"), [("x: ", ""), ("x: {y: ", "}"), ("- ", ""), ("x: {a: 1, y: ", ", z: 2}")]
)
def test_a_value_without_its_quotes_is_reported_and_read(value: str, before: str, after: str) -> None:
    if before == "- " and ": " in value:
        return  # a mapping, and rightly so
    line = f"{before}{value}{after}"
    text = f"top:\n  {line}\nend: @last\n"
    for loader in LOADERS:
        root, faults, complete = parsed(text, "a.yaml", loader)
        assert complete and root is not None and root["end"] == "@last"
        found = faults.sorted()
        assert [p.code for p in found] == ["YML006", "YML006"]
        assert (found[0].line, found[0].column) == (2, 3 + len(before))
        assert found[0].help == f'write "{value}"'
        assert value in texts(root)


def texts(node: Any) -> list[str]:
    if isinstance(node, Map):
        return [t for value in node.values() for t in texts(value)]
    return [t for value in node for t in texts(value)] if isinstance(node, Seq) else [str(node)]


def test_columns_after_a_mended_value_are_as_written() -> None:
    for loader in LOADERS:
        root, _, _ = parsed("a: {b: >0.05, c: @x, d: 5}\n", "a.yaml", loader)
        assert root is not None
        assert [text.column for text in root["a"].values()] == [8, 18, 25]


@pytest.mark.parametrize(
    ("text", "column", "whole"),
    [
        ("{n: 1,234}", 5, "1,234"),
        ("{t: 37,827, p: 1}", 5, "37,827"),
        ("{where: Abstract, Results}", 9, "Abstract, Results"),
        ("{where: a, b, c}", 9, "a, b, c"),
    ],
)
def test_a_value_that_fell_into_pieces_is_put_together(text: str, column: int, whole: str) -> None:
    for loader in LOADERS:
        root, faults, _ = parsed(text, "a.yaml", loader)
        assert {p.code for p in faults.problems} == {"YML007"}
        assert {p.column for p in faults.problems} == {column}
        assert root is not None and next(iter(root.values())) == whole


def test_a_list_that_fell_into_pieces_is_asked_about() -> None:
    assert only("a: [1,234]\n").code == "YML007"
    assert tree("a: [1, 234]\n") == {"a": ["1", "234"]}


def test_a_decimal_comma_is_told_apart_from_thousands() -> None:
    assert "write 37.827" in only("a: {t: 37,827}\n").help


def test_a_repeated_key_names_the_first() -> None:
    found = only("a: 1\nb: 2\na: 3\n")
    assert (found.line, found.column) == (3, 1)
    assert "line 1, column 1" in found.message


@pytest.mark.parametrize(
    ("text", "column"),
    [("a: *b\n", 4), ("a: &b c\n", 4), ("a: !b c\n", 4), ("<<: {a: 1}\n", 1), ("a: &b {c: 1}\n", 4)],
)
def test_aliases_anchors_tags_and_merges_are_refused_where_they_stand(text: str, column: int) -> None:
    found = only(text)
    assert (found.code, found.line, found.column) == ("YML004", 1, column)


def test_a_second_document_ends_the_reading() -> None:
    found = only("a: 1\n---\nb: 2\n")
    assert (found.code, found.line) == ("YML004", 2)


def test_an_anchor_bomb_is_refused_at_once() -> None:
    rows = ["a0: &a0 [x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    assert {p.code for p in problems("\n".join(rows))} == {"YML004"}


@pytest.mark.parametrize("opening", ["[", "{", "{a: ", "[{", "- "])
def test_a_hundred_thousand_brackets_are_too_deep(opening: str) -> None:
    found = only("a: " + opening * 100_000 if opening != "- " else opening * 100_000)
    assert found.code in ("YML008", "YML013")
    assert found.line == 1


def test_the_greatest_depth_is_allowed() -> None:
    deep = "a: " + "[" * (DEEPEST - 1) + "x" + "]" * (DEEPEST - 1)
    assert tree(deep)
    assert only("a: " + "[" * DEEPEST + "x" + "]" * DEEPEST).code == "YML008"


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing\n", "---\n"])
def test_an_empty_file_is_told_how_to_begin(text: str) -> None:
    found = problems(text)
    assert [p.code for p in found] == ["YML002"]
    assert "format: 1" in found[0].help


@pytest.mark.parametrize("text", ["- a\n", "a\n", "[a, b]\n"])
def test_a_file_is_a_mapping(text: str) -> None:
    assert only(text).code == "YML013"


@pytest.mark.parametrize(
    ("data", "line", "column", "word"),
    [
        (b"\xef\xbb\xbfa: 1\n", 1, 1, "byte order mark"),
        ("a: 1\n".encode("utf-16"), 1, 1, "UTF-16"),
        ("a: 1\n".encode("utf-32"), 1, 1, "UTF-32"),
        (b"a: 1\nb: \x00\n", 2, 4, "NUL byte"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", 3, 1, "NUL byte"),
        ("a: 1\nb: café\n".encode("latin-1"), 2, 7, "0xE9 is not UTF-8"),
        (b"a: 1\nb: \xff\n", 2, 4, "0xFF is not UTF-8"),
        (b"a: " + b"x" * LARGEST_FILE, 1, 1, "too large"),
    ],
)
def test_bytes_that_are_no_text_have_one_diagnostic(data: bytes, line: int, column: int, word: str) -> None:
    text, faults = decoded(data, "a.yaml")
    assert text is None
    assert [(p.line, p.column, p.code) for p in faults.problems] == [(line, column, "YML002")]
    assert word in faults.problems[0].message


@pytest.mark.parametrize(
    "odd", "\u00a0\u2007\u202f\u3000\u200b\u200d\u2060\ufeff\u00ad\u2028\u2029\x85\x0b\x07\u202e"
)
def test_odd_characters_are_named_by_code_point_and_place(odd: str) -> None:
    text, faults = decoded(f"a: 1\nb: x{odd}y\n".encode(), "a.yaml")
    assert text is None
    assert [(p.line, p.column, p.code) for p in faults.problems] == [(2, 5, "YML003")]
    assert f"U+{ord(odd):04X}" in faults.problems[0].message


@pytest.mark.parametrize("escape", ["\\0", "\\e[31m", "\\u202e", "\\xa0", "\\N", "\\L"])
def test_an_odd_character_behind_an_escape_is_refused(escape: str) -> None:
    found = only(f'a: "x{escape}y"\n')
    assert (found.code, found.line, found.column) == ("YML003", 1, 4)
    assert found.message.isprintable()


def test_a_very_long_value_is_cut_in_what_is_said() -> None:
    assert len(str(only("a: @" + "x" * 100_000))) < 1_500


def test_windows_line_ends_are_read() -> None:
    text, faults = decoded(b"a: 1\r\nb: 2\r\n", "a.yaml")
    assert (text, faults.problems) == ("a: 1\nb: 2\n", [])


def test_a_tab_is_reported_once() -> None:
    _, faults = decoded(b"a:\n\tb: 1\n\tc: 2\n", "a.yaml")
    assert [(p.line, p.column, p.code) for p in faults.problems] == [(2, 1, "YML003")]


@pytest.mark.parametrize(
    ("text", "line", "column", "word"),
    [
        ("a: [1, 2\nb: 3\n", 1, 4, "bracket"),
        ("a: 'x\nb: 3\n", 1, 4, "quotation mark"),
        ("a: 1\nb\nc: 2\n", 2, 1, "no `key: value`"),
        ("a: 1\n b: 2\n", 2, 3, "does not fit"),
        ("a: 'x' y\n", 1, 8, "does not fit"),
        ('a: "x\\q"\n', 1, 4, "backslash"),
        ("a： 1\nb: 2\n", 1, 2, "full-width"),
    ],
)
def test_broken_structure_is_said_in_plain_words(text: str, line: int, column: int, word: str) -> None:
    found = only(text)
    assert (found.code, found.line, found.column) == ("YML001", line, column)
    assert word in found.message


def test_what_was_found_before_broken_structure_is_kept() -> None:
    assert [p.code for p in problems("a: 1\na: 2\nb: @x\nc: [1\n")] == ["YML005", "YML006", "YML001"]


def test_a_great_many_problems_are_cut_and_said_to_be() -> None:
    found = problems("a: [" + "*x, " * 20_000 + "]")
    assert len(found) == MOST_PROBLEMS + 1
    assert "and more" in {p.message[:8] for p in found}


def test_a_long_line_is_cut_around_its_caret() -> None:
    shown = snippet(["x" * 500 + "HERE" + "y" * 500], 1, 501, 505).split("\n")
    assert len(shown[0]) < 130
    assert shown[0][shown[1].index("^") :].startswith("HERE")
    assert shown[1].count("^") == 4


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=string.printable + "é±·>|&*!@`：\u00a0\u2028", max_size=120))
@example("? a\n: b")
@example("a: &x\n  *x : 1\n")
@example("{? , :}")
@example("- - - -\n -")
@example("%YAML 9.9\n---\na: 1")
@example("a: !<tag:x> |2-\n   b")
def test_any_text_gives_a_tree_or_problems(text: str) -> None:
    read, faults = decoded(text.encode("utf-8", "replace"), "a.yaml")
    assert read is not None or faults.problems
    text = read or ""
    for loader in LOADERS:
        root, faults, complete = parsed(text, "a.yaml", loader)
        assert isinstance(root, Map) or faults.problems
        assert complete or faults.problems
        lines = text.split("\n")
        for problem in faults.problems:
            assert 1 <= problem.line <= len(lines) + 1
            assert problem.column >= 1


def test_text_is_text() -> None:
    text = Text("42.00")
    assert text == "42.00" and isinstance(text, str)
