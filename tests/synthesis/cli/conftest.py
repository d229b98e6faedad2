"""Running the command line in this process, and in one of its own."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from synthesis.cli.program import run


@dataclass(frozen=True)
class Said:
    """What a command said, and the code it left with."""

    code: int
    out: str
    err: str


Evidence = Callable[..., Said]


@pytest.fixture
def evidence(capsys: pytest.CaptureFixture[str]) -> Evidence:
    """Calls the command line: `evidence("audit", "studies")`."""

    def call(*arguments: str) -> Said:
        capsys.readouterr()
        code = run(arguments)
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return call


@pytest.fixture
def process(tmp_path: Path) -> Evidence:
    """Calls it in a process of its own, from an empty folder unless `cwd` names another."""

    def call(*arguments: str, cwd: Path = tmp_path, **extra: str) -> Said:
        import os

        environment = {**os.environ, **extra}
        program = "import synthesis.cli; synthesis.cli.main()"
        done = subprocess.run(
            [sys.executable, "-c", program, *arguments],
            capture_output=True,
            cwd=cwd,
            env=environment,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        return Said(done.returncode, done.stdout.decode(), done.stderr.decode())

    return call


@pytest.fixture
def studies(first_two: Path) -> str:
    """The folder of the two real studies."""
    return str(first_two)
