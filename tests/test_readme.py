"""README.md keeps its promises: every command is in it, its walk works, its outputs are current."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import click
import pytest

from synthesis.cli.program import PROGRAM, run


@pytest.fixture(scope="module")
def readme(repository: Path) -> str:
    return (repository / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def renew(repository: Path) -> ModuleType:
    """The script behind `make readme`."""
    spec = importlib.util.spec_from_file_location("renew", repository / ".ci/readme/renew.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def leaves(group: click.Group = PROGRAM, path: str = "evidence") -> list[str]:
    """`evidence new review`, `evidence audit`, ..."""
    context, found = click.Context(group), []
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        below = isinstance(command, click.Group)
        found += leaves(command, f"{path} {name}") if below else [f"{path} {name}"]
    return found


FIGURE = "evidence plot "


@pytest.mark.parametrize("command", leaves())
def test_every_command_is_in_the_readme(readme: str, command: str) -> None:
    if command.startswith(FIGURE):
        (line,) = re.findall(r"^\| `evidence plot .*$", readme, flags=re.MULTILINE)
        assert re.search(rf"\b{command.removeprefix(FIGURE)}\b", line), "name the figure in its line"
    else:
        assert re.search(rf"\| `{command}[ `]", readme)


def test_every_command_of_the_readme_exists(readme: str) -> None:
    named = set(re.findall(r"^\| `(evidence [a-z ]*[a-z])", readme, flags=re.MULTILINE))
    assert named == {"evidence plot" if one.startswith(FIGURE) else one for one in leaves()}


def test_the_picture_is_current(renew: ModuleType) -> None:
    assert renew.PICTURE.read_text(encoding="utf-8") == renew.picture(), "run: make readme"


def test_what_the_commands_print_is_current(renew: ModuleType, readme: str) -> None:
    assert renew.renewed(readme) == readme, "run: make readme"


def test_what_it_names_exists(repository: Path, readme: str) -> None:
    named = re.findall(r"\]\((?!http)([^)]+)\)", readme) + re.findall(r"`((?:\.ci|[a-z]+)/[\w/.-]*)`", readme)
    missing = [name for name in named if not (repository / name).exists() and not name.startswith("thyroid/")]
    assert [name for name in missing if "NAME" not in name] == []


@pytest.fixture(scope="module")
def walked(readme: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The review after the walk through adding a study."""
    folder = tmp_path_factory.mktemp("walk") / "thyroid"
    assert run(["new", "review", str(folder)]) == 0
    assert run(["new", "study", "decision", "--root", str(folder)]) == 0
    names, study = re.findall(r"^```yaml\n(.*?)^```$", readme, flags=re.MULTILINE | re.DOTALL)
    (folder / "decision.yaml").write_text(study, encoding="utf-8")
    before, _, _ = (folder / "review.yaml").read_text(encoding="utf-8").partition("treatments:\n")
    (folder / "review.yaml").write_text(before + names, encoding="utf-8")
    return folder


def test_the_walk_gives_a_study_that_is_understood(walked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", str(walked)]) == 0, capsys.readouterr().err
    assert "decision" in capsys.readouterr().out


def test_the_audit_includes_it(walked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["audit", str(walked / "decision.yaml"), "--format", "concise"])
    assert run(["audit", str(walked / "decision.yaml"), "--format", "json"]) in (0, 1)
    assert '"study": "decision"' in capsys.readouterr().out


def test_its_hazard_ratio_is_an_effect(walked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["effects", "progression-free-survival", "--compare", "sorafenib,placebo", "--root", str(walked)]
    assert run(asked) == 0
    assert "0.59" in capsys.readouterr().out


def test_the_report_includes_it(walked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = walked.parent / "report.html"
    assert run(["report", str(walked), "-o", str(page)]) == 0
    assert "DECISION 2014" in page.read_text(encoding="utf-8")
