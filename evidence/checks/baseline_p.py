"""AUD310: are the arms of a randomised trial as alike at baseline as randomisation makes them?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import erf, inf, isnan, sqrt

import numpy as np

from evidence.checks.check import About, Check, Rule, consistent, not_checkable, screen
from evidence.checks.example_papers import trial
from evidence.checks.range_tests import SD, SE, groups, numbers, unsaid
from evidence.checks.rows import share_rows, summary_rows
from evidence.checks.wording import chance, figure, listed
from evidence.claims import Paper, Place, Share, Summary
from evidence.distributions import normal_isf, normal_sf
from evidence.findings import Finding, Range
from evidence.reanalysis.baseline import DRAWS, Arm, p_range, rounded_p, table_p
from evidence.reanalysis.combining import fisher, kolmogorov_smirnov, stouffer
from evidence.reanalysis.counts import Count, Unknown, tables

RULE = Rule("AUD310", "baseline-p")
RANDOMISED = "randomised-trial"
FEWEST_ROWS = 5
EXTREME = 0.001
"""Trials with independent rows are pointed out this rarely on either side."""
MOST_TABLES = 20
NEAREST = 1 / (2 * DRAWS)
"""No p is taken as nearer to 0 or 1 than the draws can tell."""


@dataclass(frozen=True, slots=True)
class Row:
    """A baseline row: its numbers, and the p of its arms over the rounding of what is printed."""

    place: Place
    about: About
    p: Range


def run(claim: Paper) -> Iterator[Finding]:
    """Whether baseline rows of a randomised trial are too alike or too unlike, all together."""
    if claim.design != RANDOMISED:
        return
    printed = [row for row in summary_rows(claim) if row[0].place.baseline]
    counted = [row for row in share_rows(claim) if row[0][0].place.baseline]
    rows = [row for row in (*map(_of_means, printed), *_of_counts(counted)) if row is not None]
    if len(rows) >= FEWEST_ROWS:
        yield _judge(rows)
    elif rows:
        many = "one baseline row lets" if len(rows) == 1 else f"{len(rows)} baseline rows let"
        message = f"only {many} its arms be compared: at least {FEWEST_ROWS} are needed to say anything"
        yield not_checkable(RULE, rows[0].place, _about(rows), message)


def _about(rows: list[Row]) -> About:
    return tuple(number for row in rows for number in row.about)


# --- one row ----------------------------------------------------------------------------------------------


def _of_means(row: tuple[Summary, ...]) -> Row | None:
    reading = SE if row[0].sd is None and not unsaid(row) else SD
    found = groups(row, reading)
    if isinstance(found, Unknown) or any(group.n < 2 for group in found):
        return None
    arms: tuple[Arm, ...] = tuple((group.mean, group.sd, group.n) for group in found)
    if any(abs(x) > 1e100 for mean, sd, _ in arms for x in (*mean, *sd)):
        return None
    p, decimals = p_range(arms), max(each.mean.decimals for each in row if each.mean is not None)
    middle = rounded_p(arms, max(min(decimals, 12), -12))
    if any(map(isnan, (p.low, p.high, middle))):
        return None
    about = tuple(n for n in numbers(*row) if n is not None and not n.address.endswith("/n"))
    return Row(row[0].place, about, Range(min(p.low, middle), middle, max(p.high, middle)))


def _of_counts(rows: list[tuple[tuple[Share, ...], ...]]) -> Iterator[Row | None]:
    """The rows of counts, each two-by-two table once: a row of those without is no news."""
    seen: set[tuple[Count, ...]] = set()
    for row in rows:
        found = tables(row)
        if isinstance(found, Unknown) or not 0 < len(found) <= MOST_TABLES:
            continue
        first, rest = found[0], _others(found[0]) if len(row[0]) == 1 else found[0]
        if first not in seen and rest not in seen:
            seen.add(first)
            yield _row(row, found)


def _others(counts: tuple[Count, ...]) -> tuple[Count, ...]:
    return tuple((n - k, n) for k, n in counts)


def _row(row: tuple[tuple[Share, ...], ...], found: tuple[tuple[Count, ...], ...]) -> Row | None:
    ps = sorted(p for p in (_p_of(counts, len(row)) for counts in found) if not isnan(p))
    if not ps:
        return None
    about = tuple(n for shares in row for share in shares for n in (share.events, share.percent))
    return Row(row[0][0].place, about, Range(ps[0], ps[len(ps) // 2], ps[-1]))


def _p_of(counts: tuple[Count, ...], arms: int) -> float:
    cells = np.array(counts).reshape(arms, -1, 2)
    if cells.shape[1] == 1:
        return table_p(np.column_stack([cells[:, 0, 0], cells[:, 0, 1] - cells[:, 0, 0]]))
    return table_p(cells[:, :, 0])


# --- all of them ------------------------------------------------------------------------------------------


def _judge(rows: list[Row]) -> Finding:
    low, middle, high = (tuple(_clipped(p) for p in ends) for ends in zip(*map(_ends, rows), strict=True))
    similar, different, own = stouffer(low), stouffer(high), stouffer(middle)
    many = f"{len(rows)} baseline rows"
    recomputed = Range(similar.low, own.low, different.low)
    facts = {"details": _details(rows, middle), "power": power(len(rows)), "recomputed": recomputed}
    if similar.high < EXTREME:
        message = (
            f"{many} are more alike in the arms than randomisation makes them: Stouffer's p of being so "
            f"alike is {chance(own.high)}, and at most {chance(similar.high)} over the rounding"
        )
        return screen(RULE, rows[0].place, _about(rows), message, **facts)
    if different.low < EXTREME:
        message = (
            f"{many} are less alike in the arms than randomisation makes them: Stouffer's p of being so "
            f"unlike is {chance(own.low)}, and at most {chance(different.low)} over the rounding"
        )
        return screen(RULE, rows[0].place, _about(rows), message, **facts)
    message = (
        f"{many} are as alike in the arms as randomisation makes them: Stouffer's p is {chance(own.low)}"
    )
    return consistent(RULE, rows[0].place, _about(rows), message, **facts)


def _ends(row: Row) -> tuple[float, float, float]:
    return row.p.low, row.p.mid, row.p.high


def _clipped(p: float) -> float:
    return min(max(p, NEAREST), 1 - NEAREST)


def _details(rows: list[Row], middle: tuple[float, ...]) -> tuple[str, ...]:
    both, (gap, p) = fisher(middle), kolmogorov_smirnov(middle)
    ps = listed([f"{row.place.label} {chance(row.p.mid)}" for row in rows[:12]])
    return (
        f"p of each row: {ps}" + (f" and {len(rows) - 12} more" if len(rows) > 12 else ""),
        f"Fisher's p of being so unlike {chance(both.low)}, so alike {chance(both.high)}; "
        f"greatest gap to a uniform distribution {figure(gap, digits=2)}, p {chance(p)}",
        "arms half as far apart as chance makes them would be pointed out in "
        f"{figure(100 * power(len(rows)), digits=2)} % of such tables",
        "rows of related things (height and weight, say) are counted as if independent, which makes both "
        "extremes likelier than stated; stratified or minimised allocation makes arms alike by design, and "
        "the p of a few very skewed values is only near",
    )


@lru_cache(maxsize=256)
def power(rows: int) -> float:
    """How likely arms half as far apart as chance makes them would be pointed out, rounding aside.

    Examples
    --------
    >>> round(power(5), 2), round(power(30), 2)
    (0.02, 0.8)
    """
    steps = [(i + 0.5) / 400 for i in range(400)]
    deviates = [-normal_isf(2 * normal_sf(normal_isf(step / 2) / 2)) for step in steps]
    mean = sum(deviates) / 400
    spread = sqrt(sum((x - mean) ** 2 for x in deviates) / 400)
    reach = (normal_isf(EXTREME) - mean * sqrt(rows)) / spread
    return 0.5 - 0.5 * erf(reach / sqrt(2)) if abs(reach) < inf else 0.0


_ALIKE = tuple((mean, "10.0") for mean in ("50.02", "50.03"))
_USUAL = (
    (("7.22", "2.39"), ("6.52", "2.21")),
    (("173.6", "18.4"), ("177.4", "17.8")),
    (("393.5", "54.9"), ("396.3", "50.0")),
    (("205.7", "43.4"), ("204.3", "49.1")),
    (("15.5", "4.0"), ("15.9", "3.8")),
    ("41", "47"),
)

CHECK = Check(
    rule=RULE,
    title="baseline of a randomised trial",
    what=(
        "Whether the baseline rows of a randomised trial, all together, differ between its arms as chance "
        "makes them: the p of every row (means as rounded, counts exactly), combined by Stouffer's "
        "method. A screen: pointed out only where every reading of the rounding is beyond 0.001 on one "
        "side. Needs five rows; other designs are not asked."
    ),
    why="Chance alone makes the p of baseline rows uniform; a table made otherwise rarely does.",
    formula="z = Σ Φ⁻¹(p) / √k; p of rounded means from 20,000 seeded draws, ties half; mid-p of counts",
    reference="Carlisle 2017, Anaesthesia 72:944-952; Bland 2013, Clinical Trials 10:570-577",
    false_alarms=(
        "Rows that measure related things, arms balanced by minimisation or within strata, standard errors "
        "printed as standard deviations (too unlike) or the reverse (too alike), and a table of all who "
        "finished rather than of all who were allocated."
    ),
    on=(Paper,),
    run=run,
    keeps=lambda: (
        trial(("89", "89"), *_USUAL),
        trial(("89", "89"), *[_ALIKE] * 8, design="cohort"),
        trial(("89", "89"), *_USUAL[:3]),
    ),
    breaks=lambda: (
        trial(("400", "400"), *[_ALIKE] * 8),
        trial(("400", "400"), *[(("50.0", "10.0"), ("52.0", "10.0"))] * 6),
    ),
)
