"""Effects and variances to try a diagnostic on."""

from collections.abc import Callable

import numpy as np
import pytest

from evidence.derivation.inputs import ArmData
from synthesis.table import EffectRow, EffectTable

COUNTS = ([3, 8, 5, 30, 2, 9], [20, 40, 30, 210, 12, 70], [5, 9, 12, 33, 6, 8], [21, 38, 33, 200, 12, 75])


@pytest.fixture(scope="session")
def simulated() -> Callable:
    """simulated(k, between=0.05, seed=1): (yi, vi) of k studies."""

    def draw(k, between=0.05, seed=1):
        source = np.random.default_rng(seed)
        vi = source.uniform(0.01, 0.5, k)
        return source.normal(0.0, np.sqrt(vi + between)), vi

    return draw


@pytest.fixture(scope="session")
def counts() -> tuple[list[int], ...]:
    """(ai, n1i, ci, n2i) of six studies without empty cells."""
    return COUNTS


@pytest.fixture(scope="session")
def counted() -> Callable:
    """counted(measure): the effect table of those counts, its effects log odds ratios."""

    def table(measure="OR"):
        rows = tuple(_row(i, *numbers) for i, numbers in enumerate(zip(*COUNTS, strict=True)))
        return EffectTable("e", "E", measure, ("a", "b"), ("A", "B"), rows)

    return table


def _row(i, a, n1, c, n2):
    arms = [ArmData(key, key, key, n=float(n), events=float(e)) for key, e, n in (("a", a, n1), ("b", c, n2))]
    yi = float(np.log(a * (n2 - c) / (n1 - a) / c))
    vi = 1 / a + 1 / (n1 - a) + 1 / c + 1 / (n2 - c)
    return EffectRow(str(i), str(i), yi, vi, tuple(arms), inputs=(), address=str(i), n_total=float(n1 + n2))
