"""The test of a row or column of a table, and the values beside it that it may be of."""

from __future__ import annotations

from dataclasses import replace

from evidence.claims import BareTest, Claim, MeansTest, PrintedTest, Share, SharesTest, Summary
from evidence.values import Reported

Value = Share | Summary
OF_MEANS = ("t", "z", "f")


def numbers(value: Share | Summary) -> tuple[Reported, ...]:
    """The numbers of a cell, and the n of its arm."""
    found = (
        (value.n, value.events, value.percent)
        if isinstance(value, Share)
        else (value.n, value.mean, value.plusminus)
    )
    return tuple(number for number in found if isinstance(number, Reported))


def tested(test: PrintedTest, known: list[Share | Summary]) -> Claim:
    """The test of two columns of values where it can be one of them, else the test by itself."""
    shares = tuple((value,) for value in known if isinstance(value, Share))
    means = tuple(value for value in known if isinstance(value, Summary))
    if (
        len(shares) == 2
        and all(_is_of_all(share) for (share,) in shares)
        and (test.letter == "chi2" or (test.statistic is None and _exact(test.p)))
    ):
        return SharesTest(test, shares)
    if len(means) == 2 and (test.letter in OF_MEANS if test.statistic is not None else _exact(test.p)):
        return MeansTest(test, means)
    return BareTest(bare(test))


def _is_of_all(share: Share) -> bool:
    """Whether a percentage is of the n it stands under: people may be missing from a row."""
    k, n, percent = share.events, share.n, share.percent
    if not (isinstance(k, Reported) and isinstance(n, Reported) and isinstance(percent, Reported)):
        return False
    if k.exact is None or not n.exact or percent.exact is None:
        return False
    return abs(100 * k.exact / n.exact - percent.exact) <= percent.ulp


def _exact(p: Reported | None) -> bool:
    return p is not None and p.relation == "=" and p.is_number


def bare(test: PrintedTest) -> PrintedTest:
    """A test without its arms, where it need not be of them."""
    return replace(test, arms=(), sizes=())


def letter_of(letters: tuple[str, ...], known: list[Share | Summary]) -> str | None:
    """The letter of a row's statistic: the column's, or of several the one for such values."""
    if len(letters) == 1:
        return letters[0]
    if known and all(isinstance(value, Share) for value in known) and "chi2" in letters:
        return "chi2"
    if known and all(isinstance(value, Summary) for value in known):
        return next((letter for letter in letters if letter in OF_MEANS), None)
    return None
