"""Every number of every claim occurs in the text, where the claim says it does."""

from dataclasses import fields, is_dataclass

from hypothesis import given
from hypothesis import strategies as st

from evidence.extraction.characters import written_plainly
from evidence.extraction.recognising import extract
from evidence.values import Reported

PIECES = (
    *(
        "t",
        "F",
        "z",
        "r",
        "rho",
        "Q",
        "χ2",
        "χ²",
        "x2",
        "𝜒2",
        "chi-square",
        "p",
        "P",
        "Ｐ",
        "HR",
        "OR",
        "MD",
        "n",
        "M",
    ),
    *(
        "(",
        ")",
        "[",
        "]",
        ",",
        ";",
        ":",
        "=",
        "<",
        ">",
        "≤",
        "＜",
        "＝",
        "±",
        "+/-",
        "%",
        "/",
        "-",
        "–",
        "−",
        "·",
        ".",
    ),
    *(
        "58",
        "2.31",
        ".003",
        "0·59",
        "０．０５",
        "1,234",
        "1,234.5",
        "1e-5",
        "2 × 10⁻⁵",
        "0.45-0.76",
        "95% CI",
        "½",
        "10^5",
    ),
    *(
        "df",
        "N",
        "all",
        "both",
        "one-tailed",
        "of",
        "to",
        "ns",
        "n.s.",
        "SD",
        "log-rank",
        " ",
        " ",
        " ",
        "\n",
        "\u2009",
    ),
    *(
        "hazard ratio",
        "73/82",
        "89.02%",
        "(12%)",
        "&lt;",
        "<sup>",
        "</sup>",
        "grade",
        "patients",
        "\u200b",
        "²",
        "₅",
    ),
)


def numbers_of(value: object) -> list[Reported]:
    """Every printed number anywhere in a claim."""
    if isinstance(value, Reported):
        return [value]
    if isinstance(value, tuple):
        return [number for each in value for number in numbers_of(each)]
    if is_dataclass(value):
        return [number for field in fields(value) for number in numbers_of(getattr(value, field.name))]
    return []


def squeezed(text: str) -> str:
    """Without spaces, and without marks of height, which a slice of the text may lack or have of its own."""
    return "".join(text.split()).replace("^", "").replace("_", "")


def check(text: str) -> None:
    for found in extract(text):
        assert found.text == text[found.start : found.end]
        places = {position.number.address: position for position in found.positions}
        assert {number.address for number in numbers_of(found.claim)} == set(places)
        for position in places.values():
            printed = text[position.start : position.end]
            assert found.start <= position.start < position.end <= found.end
            as_plain = written_plainly(printed).plain
            assert squeezed(position.number.text) in (squeezed(printed), squeezed(as_plain))
            source = position.number.source
            lines = text.split("\n")
            start = sum(len(line) + 1 for line in lines[: source.line - 1]) + source.column - 1
            assert (start, source.end_column - source.column) == (position.start, len(printed))


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_in_texts_made_of_the_pieces_of_results(text: str) -> None:
    check(text)


@given(st.text(alphabet=st.sampled_from("tFzrQχ²pPHRn (),;=<>±%/-–·.0123456789\n０５₂⁵𝜒"), max_size=80))
def test_in_texts_of_their_characters(text: str) -> None:
    check(text)


@given(st.text(max_size=60))
def test_in_any_text(text: str) -> None:
    check(text)
