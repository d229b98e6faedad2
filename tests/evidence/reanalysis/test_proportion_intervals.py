"""Intervals of one proportion against Newcombe 1998 (Statistics in Medicine 17:857-872, table I).

And against statsmodels 0.15.0, `proportion_confint(81, 263, 0.05, method)` and so on, to ten decimals: closed
forms and incomplete beta functions, which both sides give to more. Where no event was seen the lower limit of
Jeffreys' method is 0 here, after Brown, Cai and DasGupta 2001; statsmodels has the quantile.
"""

import pytest

from evidence.distributions import normal_isf
from evidence.reanalysis.proportion_intervals import NEAR, all_limits, is_about_as_wide, wilson

EXACT, MID_P, JEFFREYS = "the exact method of Clopper and Pearson", "the mid-P method", "Jeffreys' method"
NORMAL, WILSON = "the normal method", "Wilson's method"
AGRESTI = "the method of Agresti and Coull"
CORRECTED = " with a continuity correction"

NEWCOMBE = [
    (81, 263, NORMAL, 0.2522, 0.3638),
    (81, 263, NORMAL + CORRECTED, 0.2503, 0.3657),
    (81, 263, WILSON, 0.2553, 0.3662),
    (81, 263, WILSON + CORRECTED, 0.2535, 0.3682),
    (81, 263, EXACT, 0.2527, 0.3676),
    (81, 263, MID_P, 0.2544, 0.3658),
    (15, 148, NORMAL, 0.0527, 0.1500),
    (15, 148, NORMAL + CORRECTED, 0.0494, 0.1534),
    (15, 148, WILSON, 0.0624, 0.1605),
    (15, 148, WILSON + CORRECTED, 0.0598, 0.1644),
    (15, 148, EXACT, 0.0578, 0.1617),
    (15, 148, MID_P, 0.0601, 0.1581),
    (0, 20, NORMAL + CORRECTED, 0.0, 0.0250),
    (0, 20, WILSON, 0.0, 0.1611),
    (0, 20, WILSON + CORRECTED, 0.0, 0.2005),
    (0, 20, EXACT, 0.0, 0.1684),
    (0, 20, MID_P, 0.0, 0.1391),
    (1, 29, WILSON, 0.0061, 0.1718),
    (1, 29, WILSON + CORRECTED, 0.0018, 0.1963),
    (1, 29, EXACT, 0.0009, 0.1776),
    (1, 29, MID_P, 0.0017, 0.1585),
]
STATSMODELS = [
    (81, 263, NORMAL, 0.2521901262, 0.3637794555),
    (81, 263, AGRESTI, 0.2552206652, 0.3662774317),
    (81, 263, EXACT, 0.2527367456, 0.3676219226),
    (81, 263, WILSON, 0.2552885199, 0.366209577),
    (81, 263, JEFFREYS, 0.254521935, 0.3656474992),
    (1, 29, AGRESTI, 0.0, 0.1862865086),
    (1, 29, EXACT, 0.0008726469, 0.1776442955),
    (1, 29, JEFFREYS, 0.0037461736, 0.150077686),
]


@pytest.mark.parametrize(("k", "n", "method", "low", "high"), NEWCOMBE)
def test_as_newcombe_prints_them(k: int, n: int, method: str, low: float, high: float) -> None:
    assert tuple(round(limit, 4) for limit in all_limits(k, n, 95)[method]) == (low, high)


@pytest.mark.parametrize(("k", "n", "method", "low", "high"), STATSMODELS)
def test_as_statsmodels_has_them(k: int, n: int, method: str, low: float, high: float) -> None:
    assert all_limits(k, n, 95)[method] == pytest.approx((low, high), abs=1e-10)


@pytest.mark.parametrize("method", list(all_limits(3, 10, 95)))
def test_events_and_others_are_mirrored(method: str) -> None:
    low, high = all_limits(3, 10, 90)[method]
    other = all_limits(7, 10, 90)[method]
    assert (low, high) == pytest.approx((1 - other[1], 1 - other[0]), abs=1e-12)


@pytest.mark.parametrize("n", [5, 28, 400])
def test_the_quick_no_keeps_every_method(n: int) -> None:
    for k in (0, 1, n // 3, n // 2, n):
        for low, high in all_limits(k, n, 95).values():
            wide = wilson(k, n, 1.96)
            if high - low > 0.6 * (wide[1] - wide[0]):
                assert is_about_as_wide(n, 95, k / n, (low, low), (high, high))


@pytest.mark.parametrize("level", [80, 90, 95, 99, 99.9])
@pytest.mark.parametrize("n", [1, 3, 12, 60, 500])
def test_limits_by_tails_lie_near_those_of_wilson(n: int, level: float) -> None:
    z = normal_isf((1 - level / 100) / 2)
    for k in {0, 1, 2, n // 4, n // 2, n - 1, n}:
        if 0 <= k <= n:
            found = all_limits(k, n, level)
            for method in (EXACT, MID_P, JEFFREYS):
                gaps = [abs(a - b) for a, b in zip(found[method], wilson(k, n, z), strict=True)]
                assert max(gaps) < 0.7 * NEAR * (1 + z * z) / n
