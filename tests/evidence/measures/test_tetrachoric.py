"""The tetrachoric correlation reproduces its table exactly, and its variance is that of the multinomial."""

import numpy as np
import pytest
from scipy.stats import multivariate_normal, norm

from evidence.measures import get

TABLES = [(4, 123, 11, 139), (62, 13598, 248, 12867), (40, 60, 5, 70), (3, 50, 44, 50), (1, 300, 30, 40)]


@pytest.mark.parametrize("table", TABLES)
def test_it_gives_back_the_cell(table):
    a, n1, c, n2 = table
    r = float(get("RTET").effect(*table)[0])
    cuts = norm.ppf([n1 / (n1 + n2), (a + c) / (n1 + n2)])
    below = multivariate_normal([0, 0], [[1, r], [r, 1]]).cdf(cuts)
    assert below == pytest.approx(a / (n1 + n2), rel=1e-6)


@pytest.mark.parametrize("table", TABLES)
def test_its_variance_is_that_of_the_delta_method(table):
    a, n1, c, n2 = (float(one) for one in table)
    cells = np.array([a, n1 - a, c, n2 - c])
    shares = cells / cells.sum()

    def r(cell):
        return float(get("RTET").effect(cell[0], cell[0] + cell[1], cell[2], cell[2] + cell[3])[0])

    steps = 1e-5 * cells
    gradient = [
        (r(cells + step * np.eye(4)[i]) - r(cells - step * np.eye(4)[i])) / (2 * step)
        for i, step in enumerate(steps)
    ]
    gradient = np.array(gradient) * cells.sum()
    expected = (shares @ gradient**2 - (shares @ gradient) ** 2) / cells.sum()
    assert float(get("RTET").effect(*table)[1]) == pytest.approx(expected, rel=1e-6)


def test_the_z_scale_is_the_delta_method():
    r, vi = get("RTET").effect([4], [123], [11], [139])
    z, vz = get("ZTET").effect([4], [123], [11], [139])
    np.testing.assert_allclose([z, vz], [np.arctanh(r), vi / (1 - r**2) ** 2], rtol=1e-12)
