"""Other programs that happen to be installed, timed on the same numbers: R's metafor."""

import shutil
import subprocess
from functools import cache

import numpy as np
import pytest

_TIMED = """
suppressMessages(library(metafor))
yi <- as.matrix(read.csv("{yi}", header=FALSE)); vi <- as.matrix(read.csv("{vi}", header=FALSE))
job <- function() {job}
invisible(job())
taken <- Inf
for (round in seq_len({rounds})) {{
  before <- proc.time(); for (i in seq_len({loops})) job(); after <- proc.time()
  taken <- min(taken, (after - before)[["user.self"]])
}}
cat(1000 * taken / {loops})
"""


@cache
def has_metafor() -> bool:
    """Whether R is here with the package metafor."""
    if shutil.which("Rscript") is None:
        return False
    asked = ["Rscript", "-e", 'cat(requireNamespace("metafor", quietly=TRUE))']
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout.endswith("TRUE")


def metafor_ms(job: str, yi, vi, folder, loops: int = 20, rounds: int = 3) -> float:
    """Milliseconds of user time for one `job`, an expression in R over the matrices yi and vi."""
    places = {}
    for name, values in (("yi", yi), ("vi", vi)):
        places[name] = folder / f"{name}.csv"
        np.savetxt(places[name], np.atleast_2d(values), delimiter=",", fmt="%.17g")
    code = _TIMED.format(**places, job=job, loops=loops, rounds=rounds)
    done = subprocess.run(["Rscript", "-e", code], capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1])


@pytest.fixture
def in_r(tmp_path):
    """What metafor takes for a job, {name: milliseconds}; nothing where it is not installed."""

    def timed(name, job, yi, vi, **how):
        return {name: metafor_ms(job, yi, vi, tmp_path, **how)} if has_metafor() else {}

    return timed
