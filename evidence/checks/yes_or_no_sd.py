"""AUD203: do the mean and standard deviation of a yes/no variable belong to one count?"""

from __future__ import annotations

from collections.abc import Iterator
from math import sqrt
from typing import Any

from evidence.checks.check import (
    Check,
    Rule,
    consistent,
    consistent_under,
    impossible,
    not_checkable,
    slip,
)
from evidence.checks.examples import summary
from evidence.checks.printed_tests import box
from evidence.checks.whole_numbers import (
    WholeNumbers,
    is_yes_or_no,
    people,
    spread_of,
    whole_number_data,
)
from evidence.checks.wording import a_few, as_float, figure
from evidence.claims import Summary
from evidence.findings import Finding, Range
from evidence.reanalysis.counts import Count, Unknown
from evidence.reanalysis.debit import POPULATION, SAMPLE, behind_mean, debit, variance
from evidence.values import Reported

RULE = Rule("AUD203", "yes-or-no-sd")


def run(claim: Summary) -> Iterator[Finding]:
    """Whether some count of n zeros and ones has the printed mean and standard deviation."""
    data, sd = whole_number_data(claim), spread_of(claim)
    if data is None or isinstance(data, Unknown) or sd is None or not is_yes_or_no(claim):
        return  # AUD201 says why n does not do
    about = (sd, claim.mean, claim.n)
    behind = [(n, behind_mean(data.mean, n)) for n in data.sizes]
    unknown = next((found for _, found in behind if isinstance(found, Unknown)), None)
    if unknown is not None or all(n < 2 for n in data.sizes):
        reason = unknown.reason if unknown is not None else "a standard deviation needs two values"
        yield not_checkable(RULE, claim.place, about, f"{_said(data, sd)}: {reason}")
        return
    pairs = [(k, n) for n, found in behind if not isinstance(found, Unknown) for k in found]
    if not pairs:
        return  # the mean alone is impossible, as AUD201 says
    for kind in (SAMPLE, POPULATION):
        hits = [(k, n) for n in data.sizes for k in _counts(data.mean, sd, n, kind)]
        if hits:
            yield _fits(claim, data, sd, hits, kind)
            return
    yield _fails(claim, data, sd, [(k, n) for k, n in pairs if n > 1])


def _said(data: WholeNumbers, sd: Reported) -> str:
    return f"mean {data.mean.text} and standard deviation {sd.text}"


def _counts(mean: Reported, sd: Reported, n: int, kind: str) -> tuple[int, ...]:
    found = debit(mean, sd, n, kind)
    return () if isinstance(found, Unknown) else found


def _fits(claim: Summary, data: WholeNumbers, sd: Reported, hits: list[Count], kind: str) -> Finding:
    about = (sd, claim.mean, claim.n)
    shown = a_few([f"{k}/{n}" for k, n in hits], 3)
    message = f"{_said(data, sd)} are those of {shown}"
    if kind == SAMPLE:
        return consistent(RULE, claim.place, about, message, power=0.5)
    text = f"{message} with the divisor n, not n - 1"
    return consistent_under(RULE, claim.place, about, text, by="population standard deviation", power=0.5)


def _fails(claim: Summary, data: WholeNumbers, sd: Reported, pairs: list[Count]) -> Finding:
    about = (sd, claim.mean, claim.n)
    values = sorted(sqrt(as_float(variance(k, n))) for k, n in pairs)
    seen = Range(values[0], values[len(values) // 2], values[-1])
    low, _, high = box(sd)
    unit = as_float(sd.ulp)
    away = min(max(low - v, v - high, 0.0) / unit for v in values)
    decimals = max(sd.decimals, 0)
    shown = (
        figure(seen.low, decimals) if seen.low == seen.high else f"{figure(seen.low)} to {figure(seen.high)}"
    )
    message = f"{people(data.sizes)} zeros and ones with mean {data.mean.text} have SD {shown}, not {sd.text}"
    more: dict[str, Any] = {"recomputed": seen, "relaxation": away, "power": 0.9}
    if away <= 1:
        return slip(RULE, claim.place, about, f"{message}: one unit of the last digit away", **more)
    return impossible(RULE, claim.place, about, message, **more)


CHECK = Check(
    rule=RULE,
    title="standard deviation of a yes/no variable",
    what=(
        "Whether one count of zeros and ones has both the printed mean and the printed standard deviation. "
        "Asked where the study file says `items: 1` and `scale: [0, 1]`."
    ),
    why="The share of ones fixes the standard deviation, so one of the two is not what was computed.",
    formula="s² = k (n - k) / (n (n - 1)) for a whole k; with n² the population's",
    reference="Heathers and Brown 2019, DEBIT: a simple consistency test for binary data, osf.io/5vb3u",
    false_alarms="Weighted or imputed data, whose standard deviation is not that of zeros and ones.",
    on=(Summary,),
    run=run,
    keeps=lambda: (
        summary("0.81", "0.39", "43", items="1", scale=("0", "1")),
        summary("1.00", "0.00", "20", items="1", scale=("0", "1")),
        summary("0.35", "0.18", "20"),
    ),
    breaks=lambda: (
        summary("0.35", "0.18", "20", items="1", scale=("0", "1")),
        summary("0.50", "0.25", "40", items="1", scale=("0", "1")),
    ),
)
