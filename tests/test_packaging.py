"""The wheel holds what the tree holds."""

import ast
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

# package -> folder, for the two packages that lie outside synthesis/
MAPPED = {"synthesis.templates": "templates", "synthesis.studies": "studies"}


@pytest.fixture(scope="module")
def project(repository: Path) -> dict[str, Any]:
    return tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))


def packages_in_the_tree(repository: Path) -> set[str]:
    found = set(MAPPED)
    for top in ("evidence", "synthesis"):
        for file in (repository / top).rglob("*.py"):
            found.add(".".join(file.parent.relative_to(repository).parts))
    return found


def test_every_package_of_the_tree_is_listed(repository: Path, project: dict[str, Any]) -> None:
    assert sorted(packages_in_the_tree(repository)) == sorted(project["tool"]["setuptools"]["packages"])


def test_the_list_is_in_order(project: dict[str, Any]) -> None:
    packages = project["tool"]["setuptools"]["packages"]
    assert packages == sorted(packages)


def test_the_two_outer_folders_are_mapped_and_ship_everything(project: dict[str, Any]) -> None:
    setuptools = project["tool"]["setuptools"]
    assert setuptools["package-dir"] == MAPPED
    assert all(setuptools["package-data"][package] == ["**/*"] for package in MAPPED)


@pytest.mark.parametrize("package", sorted(MAPPED))
def test_the_outer_folders_are_packages(repository: Path, package: str) -> None:
    # Without it, editable installs find neither folder.
    assert (repository / MAPPED[package] / "__init__.py").read_text() == ""


def test_every_package_has_an_init(repository: Path) -> None:
    folders = {file.parent for top in ("evidence", "synthesis") for file in (repository / top).rglob("*.py")}
    assert [str(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


def test_every_dependency_is_pinned(repository: Path, project: dict[str, Any]) -> None:
    optional = project["project"]["optional-dependencies"]
    named = project["project"]["dependencies"] + [item for extra in optional.values() for item in extra]
    wanted = {re.split(r"[<>=\[ ]", item)[0].lower() for item in named}
    lines = (repository / ".ci/constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {line.split("==")[0].lower() for line in lines if not line.startswith("#")}
    assert wanted - pinned == set()


def test_everything_imported_is_declared(repository: Path, project: dict[str, Any]) -> None:
    distribution = {"yaml": "pyyaml", "markupsafe": "jinja2", "pydantic_core": "pydantic"}
    optional = project["project"]["optional-dependencies"]["frames"]
    items = [*project["project"]["dependencies"], *optional]
    declared = {re.split(r"[<>=\[ ]", item)[0].lower() for item in items}
    ours = {"evidence", "synthesis"}
    used = set()
    for top in ours:
        for file in (repository / top).rglob("*.py"):
            used |= {distribution.get(name, name) for name in third_party(file)}
    assert used - ours - declared == set()


def third_party(file: Path) -> set[str]:
    """The top-level names that a file imports, less the standard library."""
    import sys

    names = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.add(node.module.split(".")[0])
    return names - set(sys.stdlib_module_names)


def test_the_version_is_written_once(repository: Path, project: dict[str, Any]) -> None:
    import evidence
    import synthesis

    assert project["project"]["dynamic"] == ["version"]
    assert project["tool"]["setuptools"]["dynamic"]["version"] == {"attr": "evidence._version.__version__"}
    assert evidence.__version__ == synthesis.__version__
    assert f"## {evidence.__version__}" in (repository / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_top_of_the_tree_holds_only_what_the_project_names(repository: Path) -> None:
    allowed = {"evidence", "studies", "synthesis", "templates", "tests", "pyproject.toml", "README.md"}
    tooling = {"Makefile", "LICENSE", "CHANGELOG.md", "report.html", "build", "dist"}
    seen = {item.name for item in repository.iterdir() if not item.name.startswith(".")}
    assert {name for name in seen - allowed - tooling if not name.endswith(".egg-info")} == set()
