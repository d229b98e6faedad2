"""The same files give the same bytes, whatever the time zone, language, hash seed or folder."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

CODE = """
import sys, evidence, synthesis
sys.stdout.buffer.write(synthesis.report(evidence.read_review(sys.argv[1])).encode())
"""


def digest(folder: Path, cwd: Path, **changed: str) -> str:
    command = [sys.executable, "-c", CODE, str(folder)]
    done = subprocess.run(command, cwd=cwd, env={**os.environ, **changed}, capture_output=True, check=True)
    return hashlib.sha256(done.stdout).hexdigest()


def test_two_runs_under_other_surroundings_give_the_same_bytes(repository: Path, tmp_path: Path) -> None:
    studies = repository / "studies"
    one = digest(studies, repository, TZ="UTC", LANG="C", LC_ALL="C", PYTHONHASHSEED="1")
    elsewhere = {"TZ": "Pacific/Kiritimati", "LANG": "de_DE.UTF-8", "LC_ALL": "C.UTF-8"}
    other = digest(studies, tmp_path, **elsewhere, PYTHONHASHSEED="4711", SOURCE_DATE_EPOCH="1")
    assert one == other


def test_no_time_machine_or_folder_is_named(real_html: str, repository: Path) -> None:
    assert str(repository) not in real_html
    assert os.uname().nodename not in real_html or len(os.uname().nodename) < 4


@pytest.mark.parametrize("word", ["nan", "None", "inf", "()", "True", "False"])
def test_no_cell_holds_a_word_of_the_program(real: Any, word: str) -> None:
    assert [e for e in real.elements if e.text == word] == []
