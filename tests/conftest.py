"""What all tests share: a browser where one is expected, and one line where there is none."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

# The same examples on every run, however slow the machine: a red build is then a change, not a roll of dice.
settings.register_profile("steady", derandomize=True, deadline=None)
# New ones every night, many more of them: `make nightly`.
settings.register_profile("nightly", derandomize=False, deadline=None, max_examples=1000, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

BROWSER_TESTS = Path(__file__).parent / "browser"
NAMES = ("chromium", "chromium-browser", "google-chrome", "/usr/bin/chromium", "/usr/lib/chromium/chromium")


def find_browser() -> str | None:
    """The Chromium of this machine: on the path, or where Debian puts it."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def browser_required() -> bool:
    return os.environ.get("EVIDENCE_BROWSER") == "required"


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Without a browser its tests are left out, which the summary says; CI requires one, and brings axe."""
    if collection_path == BROWSER_TESTS / "test_accessibility.py" and "EVIDENCE_AXE" not in os.environ:
        return True
    inside = collection_path == BROWSER_TESTS or BROWSER_TESTS in collection_path.parents
    return True if inside and find_browser() is None and not browser_required() else None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if find_browser() is None:
        terminalreporter.write_line("No Chromium found: the tests in tests/browser were left out.")
    elif "EVIDENCE_AXE" not in os.environ:
        terminalreporter.write_line(
            "EVIDENCE_AXE names no axe-core: tests/browser/test_accessibility.py was left out."
        )


@pytest.fixture(scope="session")
def browser() -> str:
    """The path of Chromium; an error where EVIDENCE_BROWSER=required and there is none."""
    found = find_browser()
    if found is None:
        raise RuntimeError("EVIDENCE_BROWSER=required, but no Chromium was found on PATH or in /usr/bin")
    return found


@pytest.fixture(scope="session")
def repository() -> Path:
    """The folder that holds pyproject.toml."""
    return Path(__file__).parent.parent


@pytest.fixture(scope="session")
def first_two(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A review of the two first studies alone, so that what is expected of them outlives new studies."""
    folder = tmp_path_factory.mktemp("first-two") / "studies"
    folder.mkdir()
    shutil.copy(repository / "tests/reviews/first-two.yaml", folder / "review.yaml")
    for study in ("chen-2025", "gansu-2024"):
        shutil.copy(repository / f"studies/{study}.yaml", folder)
    return folder
