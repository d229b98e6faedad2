"""AUD503: are standard deviations or results of arms more alike than samples of this size make them?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product
from math import erf, isnan, log, sqrt

from evidence.checks.baseline_p import power
from evidence.checks.check import About, Check, Rule, consistent, screen
from evidence.checks.example_papers import trial
from evidence.checks.range_tests import SD, Group, groups, printed_spread
from evidence.checks.rows import summary_rows
from evidence.checks.wording import as_float, chance, figure
from evidence.claims import Paper, Place, Summary
from evidence.distributions import chi2_sf
from evidence.findings import Finding, Range
from evidence.reanalysis.baseline import p_range
from evidence.reanalysis.combining import stouffer
from evidence.reanalysis.counts import Unknown

RULE = Rule("AUD503", "too-similar")
FEWEST_ROWS = 5
FEWEST_EQUAL = 3
MOST_ARMS = 6
EXTREME = 0.001
"""Papers with independent rows of normal values are pointed out this rarely by either question."""
NEAREST = 1e-6


@dataclass(frozen=True, slots=True)
class Row:
    """SDs of several arms: Bartlett's p over their rounding, whether all are printed the same, its chance."""

    place: Place
    about: About
    p: Range
    equal: bool
    chance: float


def run(claim: Paper) -> Iterator[Finding]:
    """Whether the SDs of arms, or their means after treatment, are too alike."""
    printed = summary_rows(claim)
    rows = [row for each in printed if (row := _row(each)) is not None]
    if len(rows) >= FEWEST_ROWS:
        yield _spreads(rows)
    after = [each for each in printed if not each[0].place.baseline and each[0].time != "before"]
    means = [found for each in after if (found := _of_means(each)) is not None]
    if len(means) >= FEWEST_ROWS:
        yield from _results(means)


# --- spreads ----------------------------------------------------------------------------------------------


def _spreads(rows: list[Row]) -> Finding:
    about = tuple(number for row in rows for number in row.about)
    equal, expected = sum(row.equal for row in rows), sum(row.chance for row in rows)
    by_count = at_least(equal, tuple(row.chance for row in rows))
    low, middle = (stouffer(tuple(_clipped(p) for p in ps)) for ps in zip(*map(_ends, rows), strict=True))
    facts = {"details": _details(equal, expected, by_count), "power": 1 - _usual_chance(rows)}
    if equal >= FEWEST_EQUAL and by_count < EXTREME:
        message = (
            f"the SDs of all arms are printed the same in {equal} of {len(rows)} rows, where at most "
            f"{figure(expected, digits=2)} such rows are expected"
        )
        return screen(RULE, rows[0].place, about, message, **facts)
    if low.high < EXTREME:
        message = (
            f"the SDs of the arms in {len(rows)} rows are more alike than those of samples: Bartlett's p "
            f"of being so alike is {chance(middle.high)}, and at most {chance(low.high)} over the rounding"
        )
        return screen(RULE, rows[0].place, about, message, **facts)
    message = f"the SDs of the arms in {len(rows)} rows are no more alike than those of samples"
    return consistent(RULE, rows[0].place, about, message, **facts)


def _row(summaries: tuple[Summary, ...]) -> Row | None:
    found = groups(summaries, SD)
    spreads = tuple(printed_spread(each) for each in summaries)
    if isinstance(found, Unknown) or len(found) > MOST_ARMS or any(each.se is not None for each in summaries):
        return None
    if any(g.n < 3 or not 0 < g.sd[0] <= g.sd[2] < 1e100 for g in found):
        return None
    corners = [bartlett_p(ends, found) for ends in product(*((g.sd[0], g.sd[2]) for g in found))]
    middle = bartlett_p(tuple(g.sd[1] for g in found), found)
    unit = max(as_float(s.ulp) for s in spreads if s is not None)
    equal = len({s.text for s in spreads if s is not None}) == 1
    return Row(summaries[0].place, spreads, Range(min(corners), middle, 1.0), equal, _chance(found, unit))


def bartlett_p(sds: tuple[float, ...], found: tuple[Group, ...]) -> float:
    """The p of Bartlett's test that samples have one variance.

    References
    ----------
    Bartlett 1937, Proceedings of the Royal Society A 160:268-282.
    """
    dfs = [group.n - 1 for group in found]
    scale = max(sds)
    variances = [(sd / scale) * (sd / scale) for sd in sds]
    if min(variances) <= 0:
        return 0.0
    whole = sum(df * v for df, v in zip(dfs, variances, strict=True)) / sum(dfs)
    value = sum(dfs) * log(whole) - sum(df * log(v) for df, v in zip(dfs, variances, strict=True))
    correction = 1 + (sum(1 / df for df in dfs) - 1 / sum(dfs)) / (3 * (len(dfs) - 1))
    return chi2_sf(max(value, 0.0) / correction, len(dfs) - 1)


def _chance(found: tuple[Group, ...], unit: float) -> float:
    """At most how likely the arms are to print one SD: as if their true SDs were the same."""
    sd = min(group.sd[1] for group in found)
    one, other = sorted(found, key=lambda g: g.n)[:2]  # any two of them have to agree
    error = sd * sqrt(1 / (2 * (one.n - 1)) + 1 / (2 * (other.n - 1)))
    return erf(unit / (error * sqrt(2))) if error > 0 else 1.0


def at_least(count: int, chances: tuple[float, ...]) -> float:
    """The exact chance that this many or more of several independent things happen.

    Examples
    --------
    >>> at_least(2, (0.5, 0.5)), at_least(0, (0.1,))
    (0.25, 1.0)
    """
    ways = [1.0]
    for p in chances:
        ways = [a * (1 - p) + b * p for a, b in zip([*ways, 0.0], [0.0, *ways], strict=True)]
    return min(1.0, sum(ways[count:]))


def _ends(row: Row) -> tuple[float, float]:
    return row.p.low, row.p.mid


def _clipped(p: float) -> float:
    return min(max(p, NEAREST), 1 - NEAREST)


def _usual_chance(rows: list[Row]) -> float:
    return min(1.0, sum(row.chance for row in rows) / len(rows))


def _details(equal: int, expected: float, by_count: float) -> tuple[str, ...]:
    return (
        f"rows of equal SDs: {equal}, at most {figure(expected, digits=2)} expected, p {chance(by_count)}",
        "rows are counted as if independent; values with lighter tails than normal ones have SDs more "
        "alike than this test expects, and an SD carried from one arm to the next is the commonest slip",
    )


# --- results ----------------------------------------------------------------------------------------------


def _of_means(summaries: tuple[Summary, ...]) -> tuple[Summary, Range] | None:
    """The p of a row of means, each arm's own mean and spread as it is rounded."""
    found = groups(summaries, SD)
    if isinstance(found, Unknown) or any(each.se is not None for each in summaries):
        return None
    if any(g.n < 2 or abs(x) > 1e100 for g in found for x in (*g.mean, *g.sd)):
        return None
    p = p_range(tuple((g.mean, g.sd, g.n) for g in found))
    return None if isnan(p.low) or isnan(p.mid) else (summaries[0], p)


def _results(rows: list[tuple[Summary, Range]]) -> Iterator[Finding]:
    """Means after treatment that hardly differ in row after row: real differences only make it rarer."""
    least = stouffer(tuple(_clipped(p.low) for _, p in rows))
    if least.high < EXTREME:
        message = (
            f"the means of the arms in {len(rows)} rows of results are more alike than samples of one "
            f"population: Stouffer's p of being so alike is at most {chance(least.high)} over the rounding"
        )
        details = ("rows are counted as if independent; visits of the same people are not",)
        about = tuple(n for first, _ in rows for n in (first.mean, printed_spread(first)))
        yield screen(RULE, rows[0][0].place, about, message, details=details, power=power(len(rows)))


_SAME = (("50.2", "10.31"), ("51.9", "10.31"))
_UNLIKE = (("50.2", "10.31"), ("51.9", "11.74"))


def _afterwards(whole: Paper) -> Paper:
    """The same rows as results and not as baseline."""
    rows = [each for each in whole.claims if isinstance(each, Summary)]
    return replace(
        whole, claims=tuple(replace(each, place=replace(each.place, baseline=False)) for each in rows)
    )


CHECK = Check(
    rule=RULE,
    title="arms too alike",
    what=(
        "Whether the standard deviations of different arms, over five rows or more, are printed the same, "
        "or lie nearer to each other (lower tail of Bartlett's test), than those of samples do; and "
        "whether their means after treatment do. A screen: the chance of equal SDs is taken as large as "
        "it can be, that of arms with one true SD."
    ),
    why="An SD varies from sample to sample even where nothing differs; copied ones do not.",
    formula="P(same print) ≤ u / (s √(2π(1/2(n1-1) + 1/2(n2-1)))); Stouffer's z over Bartlett's p",
    reference="Simonsohn 2013, Psychological Science 24:1875-1888",
    false_alarms=(
        "An SD pooled over the arms and printed beside each, values on a short scale, whose SDs vary less "
        "than those of normal ones, and rows that repeat one measurement in other units."
    ),
    on=(Paper,),
    run=run,
    keeps=lambda: (
        trial(("40", "40"), *[_UNLIKE] * 6),
        trial(("40", "40"), *[_SAME] * 3),
        trial(("40", "40"), *[(("5.1", "1"), ("5.2", "1"))] * 6),
    ),
    breaks=lambda: (
        trial(("40", "40"), *[_SAME] * 6),
        _afterwards(trial(("400", "400"), *[(("50.02", "10.1"), ("50.03", "11.2"))] * 8)),
    ),
)
