"""Effects and variances to try a diagnostic on."""

from collections.abc import Callable

import numpy as np
import pytest


@pytest.fixture(scope="session")
def simulated() -> Callable:
    """simulated(k, between=0.05, seed=1): (yi, vi) of k studies."""

    def draw(k, between=0.05, seed=1):
        source = np.random.default_rng(seed)
        vi = source.uniform(0.01, 0.5, k)
        return source.normal(0.0, np.sqrt(vi + between)), vi

    return draw
