"""Tail areas and quantiles of the normal, t, chi-square and F distributions, one number at a time.

Written with `math` alone: importing `scipy.special` costs more processor time than a whole
meta-analysis, so a single study or a single pool does without it. Whoever has thousands of numbers at
once calls `scipy.special` directly; above `LARGE_DF` degrees of freedom these functions do so too, for
the continued fractions below then lose digits to `lgamma`. Upper tails are computed as such, never as
one minus the lower. The tests compare every function with `scipy.special` to 1e-12.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import erfc, exp, expm1, inf, isinf, isnan, lgamma, log, log1p, pi, sqrt

LARGE_DF = 1000.0
_TINY = 1e-300
_EPS = 1e-16
_MAX_TERMS = 10_000
_NEAR = 0.25
"""How far, in turns of the density's logarithm, a tail is reached by adding up the density in between."""
_GAUSS = (
    (0.06943184420297371, 0.17392742256872693),
    (0.33000947820757187, 0.32607257743127307),
    (0.6699905217924281, 0.32607257743127307),
    (0.9305681557970263, 0.17392742256872693),
)
"""Nodes and weights of Gauss and Legendre's rule of four points on 0 to 1 (DLMF 3.5)."""

Three = tuple[float, float, float]


def normal_sf(z: float) -> float:
    """The probability that a standard normal exceeds `z`.

    Examples
    --------
    >>> round(normal_sf(1.959963984540054), 12)
    0.025
    """
    return 0.5 * erfc(z / sqrt(2.0))


@lru_cache(maxsize=256)
def normal_isf(q: float) -> float:
    """The `z` that a standard normal exceeds with probability `q`.

    Notes
    -----
    Halley steps on the tail area itself, from the usual rational start; Abramowitz & Stegun 26.2.23.

    Examples
    --------
    >>> round(normal_isf(0.025), 10)
    1.9599639845
    """
    if not 0.0 < q < 1.0:
        return _edge(q, -inf, inf)
    if q > 0.5:
        return -normal_isf(1.0 - q)
    t = sqrt(-2.0 * log(q))
    z = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (
        1.0 + t * (1.432788 + t * (0.189269 + t * 0.001308))
    )
    for _ in range(4):
        step = (normal_sf(z) - q) * sqrt(2.0 * pi) * exp(0.5 * z * z)
        z += step / (1.0 - 0.5 * z * step)
    return z


def t_sf(t: float, df: float) -> float:
    """The probability that Student's t with `df` degrees of freedom exceeds `t`.

    Notes
    -----
    Half the regularised incomplete beta function I_x(df/2, 1/2) at x = df / (df + t^2).

    Examples
    --------
    >>> round(t_sf(2.2281388519862744, 10), 12)
    0.025
    """
    if isnan(t) or isnan(df):
        return t + df
    if isinf(df):
        return normal_sf(t)
    if df > LARGE_DF:
        from scipy.special import stdtr

        return float(stdtr(df, -t))
    tail = 0.5 * _beta_tail(0.5 * df, 0.5, df, t * t)
    return tail if t >= 0 else 1.0 - tail


@lru_cache(maxsize=1024)
def t_isf(q: float, df: float) -> float:
    """The `t` that Student's t with `df` degrees of freedom exceeds with probability `q`.

    Examples
    --------
    >>> round(t_isf(0.025, 10), 10)
    2.228138852
    """
    if not 0.0 < q < 1.0:
        return _edge(q, -inf, inf)
    if isinf(df):
        return normal_isf(q)
    if q > 0.5:
        return -t_isf(1.0 - q, df)
    if q == 0.5:
        return 0.0
    if df > LARGE_DF:
        from scipy.special import stdtrit

        return -float(stdtrit(df, q))
    constant = exp(lgamma(0.5 * (df + 1)) - lgamma(0.5 * df)) / sqrt(df * pi)

    def log_density(t: float) -> float:
        return log(constant) - 0.5 * (df + 1) * log1p(t * t / df)

    return _solve_log_tail(lambda t: t_sf(t, df), log_density, log(q), abs(normal_isf(q)))


def chi2_sf(x: float, df: float) -> float:
    """The probability that a chi-square with `df` degrees of freedom exceeds `x`.

    Examples
    --------
    >>> round(chi2_sf(3.841458820694124, 1), 12)
    0.05
    """
    if isnan(x) or isnan(df):
        return x + df
    if x <= 0.0:
        return 1.0
    if isinf(x):
        return 0.0
    if df == 1.0:
        return erfc(sqrt(0.5 * x))
    if df > LARGE_DF:
        from scipy.special import chdtrc

        return float(chdtrc(df, x))
    return _gamma_tails(0.5 * df, 0.5 * x)[1]


@lru_cache(maxsize=1024)
def chi2_isf(q: float, df: float) -> float:
    """The value that a chi-square with `df` degrees of freedom exceeds with probability `q`.

    Notes
    -----
    Newton on the logarithm of the smaller tail against log(x), from the Wilson-Hilferty cube.

    Examples
    --------
    >>> round(chi2_isf(0.05, 1), 10)
    3.8414588207
    """
    if not 0.0 < q < 1.0:
        return _edge(q, 0.0, inf)
    if df > LARGE_DF:
        from scipy.special import chdtri

        return float(chdtri(df, q))
    cube = 1.0 - 2.0 / (9.0 * df) + normal_isf(q) * sqrt(2.0 / (9.0 * df))
    small = 2.0 * exp((log1p(-q) + lgamma(0.5 * df + 1.0)) / (0.5 * df))
    x = df * cube**3 if cube > 0.2 else small
    target = log(q) if q < 0.5 else log1p(-q)
    for _ in range(60):
        lower, upper = _gamma_tails(0.5 * df, 0.5 * x)
        tail, sign = (upper, -1.0) if q < 0.5 else (lower, 1.0)
        if tail <= 0.0:
            x *= 0.9 if q < 0.5 else 1.1
            continue
        slope = exp(0.5 * df * log(0.5 * x) - 0.5 * x - lgamma(0.5 * df)) / tail
        step = max(-1.0, min(1.0, sign * (target - log(tail)) / slope))
        x *= exp(step)
        if abs(step) < 4e-14:
            break
    return x


def f_sf(f: float, df1: float, df2: float) -> float:
    """The probability that F with `df1` and `df2` degrees of freedom exceeds `f`.

    Examples
    --------
    >>> round(f_sf(4.964602743730711, 1, 10), 12)
    0.05
    """
    if isnan(f) or isnan(df1) or isnan(df2):
        return f + df1 + df2
    if f <= 0.0:
        return 1.0
    if isinf(df2):
        return chi2_sf(f * df1, df1)
    if max(df1, df2) > LARGE_DF:
        from scipy.special import fdtrc

        return float(fdtrc(df1, df2, f))
    return _beta_tail(0.5 * df2, 0.5 * df1, df2, df1 * f)


def t_tails(ts: Three, df: float) -> Three:
    """The upper tails of Student's t at three points near each other, the second between the others.

    Examples
    --------
    >>> [round(p, 6) for p in t_tails((2.305, 2.31, 2.315), 58)]
    [0.012382, 0.012233, 0.012086]
    """
    if not (ts[0] > 0.0 and 0.0 < df <= LARGE_DF):
        return t_sf(ts[0], df), t_sf(ts[1], df), t_sf(ts[2], df)
    low, mid, high = _beta_tails(0.5 * df, 0.5, df, (ts[0] * ts[0], ts[1] * ts[1], ts[2] * ts[2]))
    return 0.5 * low, 0.5 * mid, 0.5 * high


def f_tails(fs: Three, df1: float, df2: float) -> Three:
    """The upper tails of F at three points near each other, the second between the others.

    Examples
    --------
    >>> [round(p, 6) for p in f_tails((3.195, 3.20, 3.205), 2, 45)]
    [0.05041, 0.050189, 0.04997]
    """
    if not (fs[0] > 0.0 and 0.0 < df1 <= LARGE_DF and 0.0 < df2 <= LARGE_DF):
        return f_sf(fs[0], df1, df2), f_sf(fs[1], df1, df2), f_sf(fs[2], df1, df2)
    return _beta_tails(0.5 * df2, 0.5 * df1, df2, (df1 * fs[0], df1 * fs[1], df1 * fs[2]))


def _edge(q: float, at_one: float, at_zero: float) -> float:
    """What a quantile function gives at 0 and 1; anything outside is an error."""
    if q == 0.0:
        return at_zero
    if q == 1.0:
        return at_one
    raise ValueError(f"a probability lies between 0 and 1, not {q!r}")


def _beta_tail(a: float, b: float, u: float, v: float) -> float:
    """I_x(a, b) at x = u / (u + v), with neither x nor 1 - x formed by subtraction."""
    if v <= 0.0:
        return 1.0
    if isinf(v) or u / (u + v) == 0.0:
        return 0.0
    return _tail_below(a, b, u, v, _beta_front(a, b, u, v))


def _beta_front(a: float, b: float, u: float, v: float) -> float:
    """x^a y^b / B(a, b) at x = u / (u + v) and y = v / (u + v)."""
    log_x = -log1p(v / u) if u > 0.0 else -inf
    return exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log_x - b * log1p(u / v))


def _tail_below(a: float, b: float, u: float, v: float, front: float) -> float:
    x, y = u / (u + v), v / (u + v)
    if x < (a + 1.0) / (a + b + 2.0):
        return front * _beta_fraction(a, b, x) / a
    return 1.0 - front * _beta_fraction(b, a, y) / b


def _beta_tails(a: float, b: float, u: float, vs: Three) -> Three:
    """I_x(a, b) at x = u / (u + v) for three v: one fraction for the middle one, and the density beside it.

    Notes
    -----
    In log v the tail falls by x^a y^b / B(a, b), which is smooth: where it turns little between the points,
    four points of it give what a fraction of its own would to all but the last digits.
    """
    low, mid, high = vs
    y = mid / (u + mid)
    if not 0.0 < y < 1.0:
        return _beta_tail(a, b, u, low), _beta_tail(a, b, u, mid), _beta_tail(a, b, u, high)
    front = _beta_front(a, b, u, mid)
    tail = _tail_below(a, b, u, mid, front)
    turns = abs(b - (a + b) * y) + sqrt((a + b) * y * (1.0 - y)) + 1.0

    def near(v: float) -> float:
        step = log(v / mid) if v < inf else inf
        if abs(step) * turns > _NEAR or front <= _TINY:
            return _beta_tail(a, b, u, v)
        area = 0.0
        for node, weight in _GAUSS:
            s = node * step
            area += weight * exp(b * s - (a + b) * log1p(y * expm1(s)))
        return tail - front * step * area

    return near(low), tail, near(high)


def _beta_fraction(a: float, b: float, x: float) -> float:
    """The continued fraction of the incomplete beta function, two of its terms at a time (DLMF 8.17.22).

    Notes
    -----
    The even part of the fraction by its forward recurrence, numerators and denominators divided by the last
    denominator as it goes: ``below`` is the denominator before it.
    """
    total = a + b
    odd = -total * x / (a + 1.0)
    before, value = 0.0, 1.0 / (1.0 + odd)
    below = value
    for m in range(1, _MAX_TERMS):
        am = a + 2 * m
        even = m * (b - m) * x / ((am - 1.0) * am)
        top = -odd * even
        odd = -(a + m) * (total + m) * x / (am * (am + 1.0))
        middle = 1.0 + even + odd
        under = 1.0 / (middle + top * below)
        before, value = value, (middle * value + top * before * below) * under
        below = under
        if -_EPS * value <= value - before <= _EPS * value:
            break
    return value


def _gamma_tails(a: float, x: float) -> tuple[float, float]:
    """The regularised incomplete gamma functions P(a, x) and Q(a, x) (DLMF 8.7.1 and 8.9.2)."""
    front = exp(a * log(x) - x - lgamma(a))
    if x < a + 1.0:
        term = total = 1.0 / a
        n = a
        while abs(term) > _EPS * total:
            n += 1.0
            term *= x / n
            total += term
        lower = min(1.0, front * total)
        return lower, 1.0 - lower
    b = x + 1.0 - a
    c, d = 1.0 / _TINY, 1.0 / b
    value = d
    for i in range(1, _MAX_TERMS):
        an = -i * (i - a)
        b += 2.0
        d = an * d + b
        d = 1.0 / (d if abs(d) > _TINY else _TINY)
        c = b + an / c
        c = c if abs(c) > _TINY else _TINY
        value *= d * c
        if abs(d * c - 1.0) < _EPS:
            break
    upper = min(1.0, front * value)
    return 1.0 - upper, upper


def _solve_log_tail(
    sf: Callable[[float], float], log_density: Callable[[float], float], target: float, start: float
) -> float:
    """The argument above 0 where log sf equals `target`: Newton on log against log."""
    x = max(start, 1e-8)
    for _ in range(100):
        log_tail = log(sf(x))
        slope = x * exp(log_density(x) - log_tail)
        step = max(-2.0, min(2.0, (log_tail - target) / slope))
        x *= exp(step)
        if abs(step) < 4e-14:
            break
    return x
