"""How large and how small a standard deviation can be, given n and the ends of the data or of their scale."""

from __future__ import annotations

from math import inf, nan, sqrt

from evidence.reanalysis.t import Box


def bhatia_davis(mean: float, least: float, most: float, n: int) -> float:
    """The greatest sample SD of n values with this mean between two ends; nan where there is none.

    Notes
    -----
    s^2 <= (b - m)(m - a) n / (n - 1).

    References
    ----------
    Bhatia and Davis 2000, American Mathematical Monthly 107:353-357.

    Examples
    --------
    >>> round(bhatia_davis(81.73, 1, 100, 44), 4)
    38.8489
    """
    if n < 2 or not least <= mean <= most:
        return nan
    return sqrt((most - mean) * (mean - least)) * sqrt(n / (n - 1))


def popoviciu(least: float, most: float, n: int) -> float:
    """The greatest sample SD of n values between two ends, whatever their mean; nan for fewer than two.

    Notes
    -----
    Half of the values at either end: (b - a)/2 sqrt(n/(n-1)) for even n; for odd n the halves differ by one,
    (b - a)/2 sqrt((n+1)/n).

    References
    ----------
    Popoviciu 1935, Mathematica 9:129-145.

    Examples
    --------
    >>> round(popoviciu(1, 100, 44), 4), round(popoviciu(1, 10, 29), 4)
    (50.0723, 4.5769)
    """
    if n < 2 or least > most:
        return nan
    return (most - least) / 2 * sqrt(n / (n - 1) if n % 2 == 0 else (n + 1) / n)


def least_sd(least: float, most: float, n: int) -> float:
    """The least sample SD of n values that include both ends: all others in the middle between them.

    Notes
    -----
    s >= (b - a) / sqrt(2 (n - 1)).

    Examples
    --------
    >>> round(least_sd(1, 100, 44), 4)
    10.6754
    """
    if n < 2 or least > most:
        return nan
    return (most - least) / sqrt(2 * (n - 1))


def greatest_range(mean: Box, least: float, most: float, n: int) -> float:
    """The greatest sample SD over every mean in a box: at the mean nearest to the middle of the ends.

    Nan where no mean of the box lies between the ends.
    """
    middle = least / 2 + most / 2
    low, high = max(mean[0], least), min(mean[2], most)
    if low > high or not -inf < middle < inf:
        return nan
    return bhatia_davis(min(max(middle, low), high), least, most, n)
