"""A test right behind the two shares that it compares: ``45/82 (55%) vs 30/80 (38%); χ2=4.90, P=0.027``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from evidence.claims import BareTest, Share, SharesTest
from evidence.extraction.extracted import Extracted

_BETWEEN = re.compile(
    r"[^\d.]{0,60}?\b(?:vs?\.?|versus|and|than|compared (?:with|to)|against)(?:[^\d.;]{0,60}(?<![\w/]))?"
)
"""From one share to the other: words without figures, nor the end of a sentence, that set the two apart."""
_BEHIND = re.compile(
    r"[\s,;:()\[\]]*(?:(?:in|of|for|the|with|group|groups|arm|controls?|patients|"
    r"respectively|[A-Za-z-]{3,20})[\s,;:()\[\]]+){0,6}"
)
_OTHERWISE = re.compile(
    r"\b(?:adjust|log-?rank|trend|interaction|paired|mcnemar|before|after|baseline|stratif|multivaria|surviv|"
    r"cochran|mantel|logistic|regress|weight|propensity|non-?inferior)",
    re.IGNORECASE,
)
"""What makes a test another than that of two independent shares."""
NEAR = 80


def compared(found: list[Extracted], text: str) -> Iterator[Extracted]:
    """The claims, a test of two shares that stand right before it holding them."""
    for k, one in enumerate(found):
        pair = found[k - 2 : k] if k > 1 else []
        if pair and isinstance(one.claim, BareTest) and _are_compared(found, k, text):
            yield _of_shares(one, pair[0], pair[1])
        else:
            yield one


def _are_compared(found: list[Extracted], k: int, text: str) -> bool:
    first, second, test = found[k - 2 : k + 1]
    if not (_is_counted(first) and _is_counted(second) and _is_of_counts(test)):
        return False
    if k > 2 and isinstance(found[k - 3].claim, Share) and first.start - found[k - 3].end < NEAR:
        return False  # a third share, of which the test may be as well
    if first.end > second.start or test.start - first.start > 3 * NEAR:
        return False
    between, behind = text[first.end : second.start], text[second.end : test.start]
    around = text[max(first.start - NEAR, 0) : test.end + NEAR // 2]
    if len(behind) >= NEAR or _BETWEEN.fullmatch(between) is None or _BEHIND.fullmatch(behind) is None:
        return False
    return _OTHERWISE.search(around) is None


def _is_counted(found: Extracted) -> bool:
    claim = found.claim
    return isinstance(claim, Share) and None not in (claim.events, claim.n)


def _is_of_counts(found: Extracted) -> bool:
    """Whether a test can be of two shares: a chi-square on one degree of freedom, or an exact p alone."""
    assert isinstance(found.claim, BareTest)
    test = found.claim.test
    if test.p is None or test.sided is not None or test.sizes:
        return False
    if test.letter == "chi2":
        return all(df.exact == 1 for df in test.df)
    return test.statistic is None and test.p.is_number and test.p.relation == "="


def _of_shares(test: Extracted, one: Extracted, two: Extracted) -> Extracted:
    assert isinstance(test.claim, BareTest)
    assert isinstance(one.claim, Share)
    assert isinstance(two.claim, Share)
    arms = ("first", "second")
    shares = tuple(replace(each, arm=arm) for each, arm in zip((one.claim, two.claim), arms, strict=True))
    named = replace(test.claim.test, arms=arms, sizes=tuple(share.n for share in shares))
    claim = SharesTest(named, tuple((share,) for share in shares))
    return replace(test, claim=claim, positions=(*one.positions, *two.positions, *test.positions))
