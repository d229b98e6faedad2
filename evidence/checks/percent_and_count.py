"""AUD104: is the printed percentage that of the printed count?"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from evidence.checks.check import Check, Rule, consistent, inconsistent, not_checkable, slip
from evidence.checks.examples import share
from evidence.checks.percent_attainable import ASSESSED, is_stated, of_another_size, smaller_denominators
from evidence.checks.wording import a_few, as_float, figure
from evidence.claims import Share
from evidence.findings import ERROR, NOTE, Finding, Range
from evidence.reanalysis.counts import Count, Unknown, whole_numbers
from evidence.rounding import bounds
from evidence.values import Reported, numbers_in

RULE = Rule("AUD104", "percent-of-count")


def run(claim: Share) -> Iterator[Finding]:
    """Whether 100 k / n is printed as the percentage, or would be of a neighbouring n."""
    printed = [p for p in numbers_in(claim.percent) if p.is_number]
    if claim.events is None or not printed or claim.survival:
        return
    about = (claim.percent, claim.events, claim.n)
    events, sizes = whole_numbers(claim.events, "the count"), whole_numbers(claim.n)
    for unknown in (events, sizes):
        if isinstance(unknown, Unknown):
            yield not_checkable(RULE, claim.place, about, f"{printed[0].text} %: {unknown.reason}")
            return
    assert not isinstance(events, Unknown) and not isinstance(sizes, Unknown)
    pairs = [(k, n) for k in events for n in sizes if n > 0 and k <= n]
    if not pairs:
        yield not_checkable(RULE, claim.place, about, f"{printed[0].text} %: the count is more than n")
        return
    yield _compare(claim, printed, pairs)


def _compare(claim: Share, printed: list[Reported], pairs: list[Count]) -> Finding:
    about = (claim.percent, claim.events, claim.n)
    said = f"{' or '.join(p.text for p in printed)} %"
    shares = sorted(100 * k / n for k, n in pairs)
    power = 1.0 - min(1.0, len(pairs) * max(as_float(p.ulp) for p in printed) / 100)
    seen = Range(shares[0], shares[len(shares) // 2], shares[-1])
    if any(_holds(p, k, n) for p in printed for k, n in pairs):
        message = f"{said} is {a_few([f'{k}/{n}' for k, n in pairs], 2)}"
        return consistent(RULE, claim.place, about, message, recomputed=seen, power=power)
    (k, n), away = min(
        ((pair, _away(p, *pair)) for p in printed for pair in pairs), key=lambda found: found[1]
    )
    decimals = max(printed[0].decimals, 0)
    message = f"{k}/{n} is {figure(100 * k / n, decimals)} %, not {said}"
    more: dict[str, Any] = {"recomputed": seen, "power": power, "relaxation": away}
    if away <= 1:
        return slip(RULE, claim.place, about, f"{message}: one unit of the last digit away", **more)
    fewer = smaller_denominators(printed, pairs[-1][1], ASSESSED, events=k)
    elsewhere = of_another_size(claim, printed, k)
    severity = NOTE if (fewer or elsewhere) and not is_stated(claim) else ERROR
    details = (*elsewhere, *_explained(claim, printed, pairs, fewer))
    more |= {"details": details, "severity": severity}
    return inconsistent(RULE, claim.place, about, message, **more)


def _holds(percent: Reported, k: int, n: int) -> bool:
    return bounds(percent).holds(Fraction(100 * k, n))


def _away(percent: Reported, k: int, n: int) -> float:
    region, exact = bounds(percent), Fraction(100 * k, n)
    below = region.low - exact if region.low is not None else Fraction(0)
    above = exact - region.high if region.high is not None else Fraction(0)
    return as_float(max(below, above, Fraction(0)) / percent.ulp)


def _explained(
    claim: Share, printed: list[Reported], pairs: list[Count], fewer: list[Count]
) -> tuple[str, ...]:
    """What else the percentage could be of: one person more or fewer, those assessed, another arm's n."""
    near = [(k, n + step) for k, n in pairs for step in (-1, 1) if n + step >= max(k, 1)]
    reasons = [f"it is {k}/{n}" for k, n in near if any(_holds(p, k, n) for p in printed)]
    for other in claim.others:
        sizes = whole_numbers(other)
        if not isinstance(sizes, Unknown):
            reasons += [
                f"it is {k}/{n}, of another arm's n"
                for k, _ in pairs
                for n in sizes
                if n >= max(k, 1) and any(_holds(p, k, n) for p in printed)
            ]
    if fewer:
        reasons.append(f"it would be {a_few([f'{k}/{n}' for k, n in fewer], 3)} if not everybody was counted")
    return tuple(dict.fromkeys(reasons))


CHECK = Check(
    rule=RULE,
    title="percentage of its count",
    what="Whether the printed count over n is printed as this percentage; or that of a neighbouring n.",
    why="A count and its percentage are one fact printed twice.",
    formula="low ≤ 100 k / n ≤ high, in exact rationals",
    reference="Brown and Heathers 2017, Social Psychological and Personality Science 8:363-369",
    false_alarms=(
        "A percentage of those assessed beside a count of the arm: where n is only the arm's size and down "
        "to a quarter fewer people explain it, or another n of the arm, a note. Another arm's n is named "
        "where it fits."
    ),
    on=(Share,),
    run=run,
    keeps=lambda: (share("9.7", "207", "20"), share("2.4", "209", "5"), share("0.0", "40", "0")),
    breaks=lambda: (share("9.7", "220", "20"), share("27.7", "207", "20"), share("27.5", "207", "20")),
)
