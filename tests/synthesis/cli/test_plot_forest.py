"""`evidence plot forest`: what may be asked of the figure, and how a wish that cannot be met is refused."""

import json
from pathlib import Path

import pytest

PAIR = ("objective-response", "--compare", "anlotinib,sorafenib")


@pytest.mark.parametrize("layout", ["standard", "revman", "bmj", "jama", "lancet", "compact"])
def test_a_layout_is_drawn(evidence, studies: str, tmp_path: Path, layout: str) -> None:
    file = tmp_path / "f.svg"
    said = evidence("plot", "forest", *PAIR, "--layout", layout, "--root", studies, "-o", str(file))
    assert said.code == 0 and f"layout&quot;: &quot;{layout}&quot;" in file.read_text("utf-8")


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        (("--layout", "bjm"), "bmj"),
        (("--order", "yaer"), "year"),
        (("--line", "1.25"), "MID=1.25"),
        (("--line", "MID=much"), "MID=1.25"),
        (("--limits", "2"), "0.1,10"),
        (("--limits", "2,1"), "limits"),
        (("--readings", "--reading", "as-printed"), "--readings"),
    ],
)
def test_a_wish_that_cannot_be_met_is_refused_with_what_would_do(
    evidence, studies: str, tmp_path: Path, wish: tuple[str, ...], told: str
) -> None:
    said = evidence("plot", "forest", *PAIR, *wish, "--root", studies, "-o", str(tmp_path / "f.svg"))
    assert said.code == 2 and told in said.err
    assert not (tmp_path / "f.svg").exists()


def test_lines_and_limits_are_as_printed(evidence, studies: str, tmp_path: Path) -> None:
    file = tmp_path / "f.svg"
    wishes = ("--line", "Important benefit=1.25", "--limits", "0.5,4")
    said = evidence("plot", "forest", *PAIR, *wishes, "--root", studies, "-o", str(file))
    assert said.code == 0 and ">Important benefit</text>" in file.read_text("utf-8")


def test_every_reading_is_drawn(evidence, studies: str, tmp_path: Path) -> None:
    file = tmp_path / "f.svg"
    said = evidence("plot", "forest", *PAIR, "--readings", "--root", studies, "-o", str(file))
    assert said.code == 0 and file.exists()


def test_json_says_what_was_written(evidence, studies: str, tmp_path: Path) -> None:
    file = tmp_path / "f.pdf"
    said = evidence("plot", "forest", *PAIR, "--format", "json", "--root", studies, "-o", str(file))
    found = json.loads(said.out)
    assert (found["written"], found["endpoint"], found["k"]) == (str(file), "objective-response", 1)
