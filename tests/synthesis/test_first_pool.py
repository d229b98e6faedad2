"""The first pool of a process loads NumPy and nothing heavier."""

import subprocess
import sys

FIRST = """
import sys, synthesis
pool = synthesis.pool(yi=[0.2, 0.9, 0.4], vi=[0.05, 0.08, 0.04], measure="RR")
pool.summary(), pool.explain(), pool.to_dict()
loaded = {name.partition(".")[0] for name in sys.modules}
print(*sorted(loaded & {"scipy", "pandas", "matplotlib", "pydantic"}))
"""


def test_a_first_pool_with_its_summary_loads_neither_scipy_nor_pandas():
    run = subprocess.run([sys.executable, "-c", FIRST], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""
