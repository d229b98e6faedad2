"""Processor time of whole commands, interpreter start included, beside the budget each should keep.

Run with ``make bench``; the column ``extra_info`` holds the budget in milliseconds and the share of it used.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

STUDIES = Path(__file__).parents[2] / "studies"
POOL = "import synthesis; synthesis.pool(yi=[0.1, 0.3, 0.2, 0.5], vi=[0.04, 0.05, 0.03, 0.06])"

PYTHON = sys.executable
EVIDENCE = str(Path(PYTHON).parent / "evidence")

COMMANDS = {
    "bare interpreter": ([PYTHON, "-c", "pass"], None),
    "import evidence": ([PYTHON, "-c", "import evidence"], 30),
    "import synthesis": ([PYTHON, "-c", "import synthesis"], 30),
    "evidence --help": ([EVIDENCE, "--help"], 100),
    "first pool": ([PYTHON, "-c", POOL], 350),
    "evidence audit": ([EVIDENCE, "audit", str(STUDIES), "--fail-on", "never"], 800),
    "evidence report": ([EVIDENCE, "report", str(STUDIES), "-o", "report.html"], 1200),
}


def processor_time() -> float:
    """User and system time of every child process so far, in seconds."""
    times = os.times()
    return times.children_user + times.children_system


@pytest.mark.benchmark(timer=processor_time, group="commands")
@pytest.mark.parametrize("name", COMMANDS)
def test_processor_time_of_a_command(name: str, benchmark: Any, tmp_path: Path) -> None:
    command, budget = COMMANDS[name]

    def run() -> int:
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
        return done.returncode

    assert benchmark.pedantic(run, rounds=5, warmup_rounds=1) == 0
    if budget is not None:
        spent = benchmark.stats.stats.median * 1000
        benchmark.extra_info["budget_ms"] = budget
        benchmark.extra_info["share_of_budget"] = round(spent / budget, 2)
