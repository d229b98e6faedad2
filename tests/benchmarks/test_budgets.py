"""How much processor time the common commands take, start-up included; `make bench` runs these.

Time is user and system time of a fresh process, the least of five: what other programs do at the
same time hardly counts, and after the first run the modules are compiled. An import is counted above a
start of the bare interpreter, which in an editable install takes thirty milliseconds by itself.
"""

import os
import sys
from pathlib import Path

import pytest

from tests.grown import generated

EVIDENCE = "import synthesis.cli; synthesis.cli.main()"
POOL = "import synthesis; synthesis.pool(yi=[0.2, 0.9, 0.4], vi=[0.05, 0.08, 0.04])"
REPEATS = 5


def milliseconds(code: str, arguments: tuple[str, ...]) -> float:
    """Processor time of one fresh interpreter."""
    program = [sys.executable, "-c", code, *arguments]
    child = os.posix_spawn(
        program[0],
        program,
        {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0o600),
            (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0o600),
        ],
    )
    _, _, usage = os.wait4(child, 0)
    return 1000 * (usage.ru_utime + usage.ru_stime)


@pytest.mark.parametrize(
    ("name", "budget", "code", "arguments"),
    [
        ("evidence --help", 100, EVIDENCE, ("--help",)),
        ("import evidence", 30, "import evidence", ()),
        ("import synthesis", 30, "import synthesis", ()),
        ("the first pool(yi=, vi=)", 350, POOL, ()),
        ("evidence validate studies", 500, EVIDENCE, ("validate", "studies")),
        ("evidence audit studies", 2000, EVIDENCE, ("audit", "studies")),
        ("evidence report studies", 5000, EVIDENCE, ("report", "studies", "-o", os.devnull)),
    ],
    ids=["help", "import-evidence", "import-synthesis", "pool", "validate", "audit", "report"],
)
def test_it_stays_within_its_budget(
    repository: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    budget: float,
    code: str,
    arguments: tuple[str, ...],
) -> None:
    monkeypatch.chdir(repository)
    taken = min(milliseconds(code, arguments) for _ in range(REPEATS))
    if code.startswith("import") and not arguments and "pool" not in code:
        taken -= min(milliseconds("pass", ()) for _ in range(REPEATS))
    print(f"\n{name}: {taken:.0f} ms of {budget} ms", end="")
    assert taken < budget


def test_a_report_of_a_hundred_studies_with_ten_endpoints_takes_ten_seconds(tmp_path: Path) -> None:
    folder = str(generated(tmp_path, 100, 10))
    taken = min(milliseconds(EVIDENCE, ("report", folder, "-o", os.devnull)) for _ in range(2))
    print(f"\na report of 100 studies with 10 endpoints: {taken:.0f} ms of 10000 ms", end="")
    assert taken < 10_000


def test_the_two_first_studies_are_reported_within_their_budget(first_two: Path) -> None:
    taken = min(milliseconds(EVIDENCE, ("report", str(first_two), "-o", os.devnull)) for _ in range(REPEATS))
    print(f"\nreport of the two first studies: {taken:.0f} ms of 1200 ms", end="")
    assert taken < 1200
