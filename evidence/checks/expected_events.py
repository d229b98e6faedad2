"""AUD418: do expected events add up to the observed, and say the same as the hazard ratio?"""

from __future__ import annotations

from collections.abc import Iterator
from math import exp

from evidence.checks.check import Check, Rule, consistent, inconsistent, slip
from evidence.checks.example_survival import group, hazard_ratio, named, survival
from evidence.checks.ratio_boxes import about, said
from evidence.checks.survival_arms import SOME_POWER, count, log_ratio, pair, positive
from evidence.checks.wording import as_float, figures
from evidence.claims import HazardRatio, SurvivalClaim
from evidence.findings import ERROR, NOTE, Finding, Range
from evidence.reanalysis.survival import log_ratio_of_rates
from evidence.reanalysis.t import Box

RULE = Rule("AUD418", "expected-events")


def run(claim: SurvivalClaim) -> Iterator[Finding]:
    """Whether the expected events of all arms make the observed, and lie on the side of the ratio."""
    yield from _sum(claim)
    for ratio in claim.ratios:
        yield from _side(claim, ratio)


def _sum(claim: SurvivalClaim) -> Iterator[Finding]:
    expected = [positive(arm.expected) for arm in claim.arms]
    events = [count(arm.events) for arm in claim.arms]
    sizes = [e for e in expected if e is not None]
    if len(sizes) < len(claim.arms) or len(sizes) < 2 or any(o is None for o in events):
        return
    observed = sum(o for o in events if o is not None)
    total = Range(*(sum(e[i] for e in sizes) for i in range(3)))
    numbers = (*(arm.expected for arm in claim.arms), *(arm.events for arm in claim.arms))
    message = f"expected events add up to {figures(total)}, and {observed} were observed"
    facts = {"recomputed": total, "power": _power(total, observed)}
    unit = max(as_float(arm.expected.ulp) for arm in claim.arms if arm.expected is not None)
    off = max(total.low - observed, observed - total.high) / unit
    if off <= 1e-9:
        yield consistent(RULE, claim.place, numbers, message, **facts)
    else:
        verdict = slip if off <= 1 else inconsistent
        yield verdict(RULE, claim.place, numbers, message, relaxation=off, **facts)


def _power(total: Range, observed: int) -> float:
    """How likely a wrong expected number would be caught: the share of totals up to the observed one."""
    return max(0.0, 1.0 - (total.high - total.low) / max(observed, 1))


def _side(claim: SurvivalClaim, ratio: HazardRatio) -> Iterator[Finding]:
    """The score of a Cox model at no effect is O - E: its sign is that of the crude log hazard ratio."""
    arms, b = pair(claim, ratio), log_ratio(ratio)
    if arms is None or b is None or not ratio.plain:
        return
    parts = [(positive(arm.events), positive(arm.expected)) for arm in arms]
    (o1, e1), (o2, e2) = parts
    if o1 is None or o2 is None or e1 is None or e2 is None:
        return
    exact = [(box[1], box[1], box[1]) for box in (o1, o2)]
    found = log_ratio_of_rates(exact[0], e1, exact[1], e2)
    seen = Range(*map(exp, found))
    numbers = (*about(ratio.effect), *(n for arm in arms for n in (arm.events, arm.expected)))
    message = f"{said(ratio.effect)} beside {figures(seen)} from observed and expected events"
    facts = {"recomputed": seen, "power": SOME_POWER}
    if _opposite(b, found):
        severity = ERROR if ratio.crude else NOTE
        text = f"{message}: on the other side of 1"
        yield inconsistent(RULE, claim.place, numbers, text, severity=severity, **facts)
    else:
        yield consistent(RULE, claim.place, numbers, message, **facts)


def _opposite(one: Box, two: Box) -> bool:
    return (one[0] > 0 and two[2] < 0) or (one[2] < 0 and two[0] > 0)


_MEN = group("138", events="112", expected="91.6")
_WOMEN = group("90", events="53", expected="73.4")

CHECK = Check(
    rule=RULE,
    title="observed and expected events",
    what=(
        "Whether the expected events of the log-rank test add up to the observed ones, and whether "
        "the ratio of observed to expected lies on the same side of 1 as the hazard ratio: an error "
        "where that is crude."
    ),
    why="Observed and expected events of swapped arms turn a benefit into harm in an analysis of O - E.",
    formula="sum O = sum E; sign ln[(O1/E1)/(O2/E2)] = sign ln HR",
    reference="Yusuf et al. 1985, Progress in Cardiovascular Diseases 27:335-371",
    false_alarms=(
        "Expected events of a stratified test, or an adjusted ratio: on the other side of 1 is a note unless "
        "the ratio is said to be crude."
    ),
    on=(SurvivalClaim,),
    run=run,
    keeps=lambda: (
        survival(
            *named(_MEN, _WOMEN),
            ratios=(hazard_ratio("1.69", "1.22", "2.36", crude=True),),
        ),
    ),
    breaks=lambda: (
        survival(*named(group("138", events="112", expected="81.6"), _WOMEN)),
        survival(
            *named(_MEN, _WOMEN),
            ratios=(hazard_ratio("0.59", "0.42", "0.82", crude=True),),
        ),
    ),
)
