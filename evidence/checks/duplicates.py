"""AUD307: are numbers of unlike things equal more often than chance makes them?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import comb, exp, log10, pi, sqrt

from evidence.checks.check import Check, Rule, screen
from evidence.checks.examples import paper, share, shares_test, summary
from evidence.checks.wording import equation, figure, listed, symbol
from evidence.claims import TESTS, AnyTest, Paper, Place, Share, SharesTest, Summary
from evidence.findings import Finding
from evidence.reanalysis.counts import Unknown, counts_of, vectors
from evidence.values import Reported

RULE = Rule("AUD307", "duplicated-numbers")
UNUSUAL = 0.05
"""Coincidences expected less often than this are pointed out."""
FEWEST_DIGITS = 3
NEGLIGIBLE = 1e-9
"""Chances as small as this, squared, add nothing that a float shows."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A printed number (or two) where it stands, and what would force another to equal it."""

    what: str
    numbers: tuple[Reported, ...]
    place: Place
    data: object = None


def run(claim: Paper) -> Iterator[Finding]:
    """Equal statistics of unlike data, equal mean and SD, and percentages that repeat too often."""
    yield from _statistics(claim)
    yield from _summaries(claim)
    yield from _percentages(claim)


def _digits(number: Reported) -> int:
    """Significant digits of a printed number."""
    if number.exact is None or number.exact == 0:
        return 0
    return len(str(abs(int(number.exact / number.ulp)))) if abs(number.exact) < 10**30 else 30


def _groups(seen: Iterable[Seen]) -> list[list[Seen]]:
    """Those with the same printed texts, two or more of them at unlike addresses."""
    by_text: dict[tuple[str, ...], dict[tuple[str, ...], Seen]] = defaultdict(dict)
    for one in seen:
        key = tuple(n.text for n in one.numbers)
        by_text[(one.what, *key)].setdefault(tuple(n.address for n in one.numbers), one)
    return [list(group.values()) for group in by_text.values() if len(group) > 1]


# --- statistics -------------------------------------------------------------------------------------------


def _statistics(whole: Paper) -> Iterator[Finding]:
    seen = [
        Seen(symbol(claim.test.letter), (claim.test.statistic,), claim.test.place, _data(claim))
        for claim in whole.claims
        if isinstance(claim, TESTS) and claim.test.statistic is not None and claim.test.statistic.is_number
    ]
    for group in _groups(seen):
        alike = [s for s in seen if s.what == group[0].what]
        chance = comb(len(alike), 2) * 10.0 ** -_digits(group[0].numbers[0])
        unlike = [s for s in group[1:] if s.data is None or s.data != group[0].data]
        if unlike and _digits(group[0].numbers[0]) >= FEWEST_DIGITS and chance < UNUSUAL:
            name = equation(group[0].what, group[0].numbers[0])
            yield _say(f"{name} is printed for {_places(group)}, whose data are not the same", group, chance)


def _data(claim: AnyTest) -> object:
    """What forces a statistic: the counts behind it, where they are known."""
    if isinstance(claim, SharesTest):
        found = vectors(claim.sides, claim.shared)
        return None if isinstance(found, Unknown) else found
    return None


# --- means ------------------------------------------------------------------------------------------------


def _summaries(whole: Paper) -> Iterator[Finding]:
    seen = []
    for claim in whole.claims:
        if isinstance(claim, Summary) and claim.mean is not None:
            spread = claim.sd or claim.plusminus or claim.se
            if spread is not None and spread.is_number and claim.mean.is_number:
                seen.append(Seen("mean", (claim.mean, spread), claim.place))
    for group in _groups(seen):
        mean, spread = group[0].numbers
        chance = comb(len(seen), 2) * 10.0 ** -(_digits(mean) + _digits(spread))
        if min(_digits(mean), _digits(spread)) >= 2 and chance < UNUSUAL:
            shown = f"{mean.text} ± {spread.text}"
            yield _say(f"{shown} is printed {len(group)} times, for {_places(group)}", group, chance)


# --- percentages ------------------------------------------------------------------------------------------


def _percentages(whole: Paper) -> Iterator[Finding]:
    by_arm: dict[tuple[str, int], list[tuple[Seen, int]]] = defaultdict(list)
    for claim in whole.claims:
        if isinstance(claim, Share) and not claim.survival and isinstance(claim.percent, Reported):
            found = counts_of(claim)
            if not isinstance(found, Unknown) and len(found) == 1:
                k, n = found[0]
                by_arm[claim.arm, n].append((Seen("percent", (claim.percent,), claim.place), k))
    for (arm, n), shares in by_arm.items():
        yield from _repeats(arm, n, shares, len(by_arm))


def _repeats(arm: str, n: int, shares: list[tuple[Seen, int]], arms: int) -> Iterator[Finding]:
    """More pairs of equal counts in an arm than its n makes likely, given that all arms are looked at."""
    groups = _groups(seen for seen, _ in shares)
    pairs = sum(comb(len(group), 2) for group in groups)
    if pairs < 2:
        return
    expected = sum(collision(n, one + two) for i, (_, one) in enumerate(shares) for _, two in shares[i + 1 :])
    chance = arms * _at_least(pairs, expected)
    if chance < UNUSUAL:
        texts = [f"{group[0].numbers[0].text} % ({len(group)} times)" for group in groups]
        message = (
            f"in {arm} {listed(texts)}: {pairs} pairs of equal percentages among {len(shares)}, "
            f"where about {figure(expected, digits=2)} are expected"
        )
        yield _say(message, [seen for group in groups for seen in group], chance)


@lru_cache(maxsize=4096)
def collision(n: int, total: int) -> float:
    """The chance that two counts out of n each, ``total`` together, would be equal if their true share is.

    Notes
    -----
    The sum over k of P(k)^2, binomial; near 1 / (2 sqrt(pi n p q)) once the variance n p q is large.

    Examples
    --------
    >>> round(collision(82, 20), 3)
    0.095
    """
    p = total / (2 * n) if n else 0.0
    if not 0 < p < 1:
        return 1.0
    if n * p * (1 - p) > 50:
        return 1 / (2 * sqrt(pi * n * p * (1 - p)))
    p = min(p, 1 - p)  # the sum is the same for those without
    odds, each = p / (1 - p), (1 - p) ** n
    whole = each * each
    for k in range(n):
        each *= (n - k) / (k + 1) * odds
        whole += each * each
        if each < NEGLIGIBLE and k > n * p:
            break
    return whole


def _at_least(count: int, expected: float) -> float:
    """The Poisson chance of this many or more."""
    term, below = exp(-expected), 0.0
    for i in range(count):
        below += term
        term *= expected / (i + 1)
    return max(0.0, 1.0 - below)


def _places(group: list[Seen]) -> str:
    return listed(list(dict.fromkeys(seen.place.label for seen in group)))


def _say(message: str, group: list[Seen], chance: float) -> Finding:
    numbers = tuple(n for seen in group for n in seen.numbers)
    score = -log10(chance) if chance > 0 else 99.0
    details = (f"such coincidences expected here: {figure(chance, digits=2)} (score {score:.1f})",)
    return screen(RULE, group[0].place, numbers, message, details=details)


def _alike(one: str, two: str) -> Paper:
    return paper(
        shares_test("chi2", one, "<0.05", ("12.20", "82"), ("29.49", "78"), label="diarrhoea"),
        shares_test("chi2", two, "<0.05", ("12.20", "82"), ("26.92", "78"), label="fatigue"),
    )


CHECK = Check(
    rule=RULE,
    title="duplicated numbers",
    what=(
        "Whether a statistic, a mean with its SD, or a percentage is printed again for something else, more "
        "often than its digits and its n make likely. A screen: it points, it does not accuse."
    ),
    why="A value copied from the row above is the commonest slip in a table.",
    formula="pairs × 10^-digits; for percentages the sum over pairs of Σ P(k)² on the k/n grid",
    reference="Bolland, Gamble, Avenell, Grey 2019, Journal of Clinical Epidemiology 110:50-62",
    false_alarms=(
        "Counts that are truly the same give the same statistic and percentage; with few decimals and "
        "many rows coincidences are to be expected, and the finding says how many. It is always a "
        "note."
    ),
    on=(Paper,),
    run=run,
    keeps=lambda: (
        _alike("7.301", "5.551"),
        paper(share("12.20", "82", label="one"), share("12.20", "82", label="two")),
    ),
    breaks=lambda: (
        _alike("7.301", "7.301"),
        paper(
            summary("44.25", "5.31", "82", label="one"),
            summary("44.25", "5.31", "78", arm="b", label="two"),
        ),
    ),
)
