"""AUD301: does the printed p follow from the printed statistic?"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.checks.check import Check, Rule, consistent, impossible, inconsistent, not_checkable, slip
from evidence.checks.examples import bare
from evidence.checks.printed_tests import (
    ALPHA,
    POption,
    box,
    decides,
    decision_of,
    distance,
    impossible_reason,
    p_options,
    printed_p,
    region,
)
from evidence.checks.wording import as_float, chances, equation, symbol
from evidence.claims import TESTS, AnyTest, BareTest
from evidence.findings import FLIPS, SAME, Finding, Range, Tried
from evidence.reanalysis.counts import Unknown
from evidence.rounding import PRegion
from evidence.values import Reported

RULE = Rule("AUD301", "p-follows-from-statistic")


def run(claim: AnyTest) -> Iterator[Finding]:
    """Whether the p of a printed statistic, over its rounding, meets the printed p."""
    test = claim.test
    p, statistic = printed_p(test), test.statistic
    reason = impossible_reason(test)
    if reason is not None:
        yield impossible(RULE, test.place, _impossible_about(claim), reason, power=1.0)
        return
    if p is None:
        return
    if statistic is None:
        if isinstance(claim, BareTest):
            message = f"nothing is printed from which {equation('P', p)} could be recomputed"
            yield not_checkable(RULE, test.place, (p,), message)
        return
    options, allowed = p_options(claim), region(test)
    if isinstance(options, Unknown) or allowed is None:
        why = options.reason if isinstance(options, Unknown) else "no probability is printed"
        message = f"{equation(symbol(test.letter), statistic)} cannot be turned into a p: {why}"
        yield not_checkable(RULE, test.place, (p, statistic), message)
        return
    yield from _compare(claim, p, statistic, options, allowed)


def _impossible_about(claim: AnyTest) -> tuple[Reported | None, ...]:
    test = claim.test
    bad_p = test.p is not None and test.p.exact is not None and not 0 <= test.p.exact <= 1
    return (test.p, test.statistic) if bad_p else (test.statistic, test.p)


def _compare(
    claim: AnyTest, p: Reported, statistic: Reported, options: tuple[POption, ...], allowed: PRegion
) -> Iterator[Finding]:
    place, about = claim.test.place, (p, statistic)
    said = equation(symbol(claim.test.letter), statistic)
    printed = Range(*box(statistic))
    tried = tuple([_tried(option, p, printed, allowed) for option in options])
    hit = next((o for o, t in zip(options, tried, strict=True) if t.hit), None)
    if hit is not None:
        message = f"{said} has p {chances(hit.p)}, which agrees with {equation('P', p)}"
        power = _power(p, allowed)
        decision = SAME if decides(hit.p) is not None else "none"
        yield consistent(
            RULE,
            place,
            about,
            message,
            by=hit.name,
            recomputed=hit.p,
            tried=tried,
            power=power,
            decision=decision,
        )
        return
    nearest = min(options, key=lambda o: _gap(o.p, p)) if len(options) > 1 else options[0]
    flips = decision_of(claim.test) not in (None, decides(nearest.p)) and decides(nearest.p) is not None
    if flips and _is_a_decision(p):
        return  # the same disagreement is AUD302's
    away = min((t.distance for t in tried if t.distance is not None), default=None)
    message = f"{said} has p {chances(nearest.p)}, not {equation('P', p)}"
    more = {"recomputed": nearest.p, "tried": tried, "relaxation": away, "power": _power(p, allowed)}
    details = _one_sided(nearest, p, allowed)
    if away is not None and away <= 1 and p.relation == "=" and not flips:
        yield slip(RULE, place, about, f"{message}: one unit of the last digit away", details=details, **more)
    else:
        decision = FLIPS if flips else SAME
        yield inconsistent(RULE, place, about, message, decision=decision, details=details, **more)


def _tried(option: POption, p: Reported, printed: Range, allowed: PRegion) -> Tried:
    hit = allowed.meets(option.p.low, option.p.high)
    away = 0.0 if hit else _gap(option.p, p)
    return Tried(option.name, printed, option.p, hit=hit, distance=away)


def _gap(found: Range, p: Reported) -> float:
    if p.exact is None:
        return 0.0
    return distance(found.low, found.high, box(p), as_float(p.ulp)) or 0.0


def _is_a_decision(p: Reported) -> bool:
    """Whether a printed p says no more than on which side of alpha it lies."""
    return p.exact is None or (p.relation != "=" and as_float(p.exact) == ALPHA)


def _power(p: Reported, allowed: PRegion) -> float:
    """How likely a wrong p would be caught: the share of all probabilities that the printed one excludes."""
    return 1.0 - min(1.0, max(allowed.high - allowed.low, 0.0)) if p.relation == "=" else 0.0


def _one_sided(option: POption, p: Reported, allowed: PRegion) -> tuple[str, ...]:
    one = option.one_sided
    if one is None or one == option.p:
        return ()
    fits = "would agree" if allowed.meets(one.low, one.high) else "would not agree either"
    return (f"a one-sided p, {chances(one)}, {fits} with {equation('P', p)}",)


CHECK = Check(
    rule=RULE,
    title="p follows from the statistic",
    what=(
        "Whether the printed p can be the p of the printed statistic, over everything that rounds to it. "
        "Where the printed p only says on which side of 0.05 it lies, a disagreement is reported as AUD302."
    ),
    why="A statistic and its p are one fact printed twice; where they differ, one is not what was computed.",
    formula="p = P(|T| ≥ t) on the printed degrees of freedom, else n1 + n2 - 2 (t) or the table's (χ²)",
    reference="Nuijten et al. 2016, Behavior Research Methods 48:1205-1226",
    false_alarms=(
        "A p of another test than the statistic beside it (an exact test, a permutation, a corrected "
        "or clustered analysis), or on other degrees of freedom than are printed. A one-sided p is "
        "tried and stated, and is no excuse by itself."
    ),
    on=TESTS,
    run=run,
    keeps=lambda: (
        bare("chi2", "0.748", ">0.05", n=("82", "78")),
        bare("t", "1.616", ">0.05", n=("82", "78")),
        bare("t", "2.31", "0.024", n=("30", "30")),
        bare("z", "1.96", "0.05"),
    ),
    breaks=lambda: (
        bare("t", "2.31", "0.003", n=("30", "30")),
        bare("chi2", "-2.13", "0.03", n=("40", "40")),
        bare("z", "2.10", "1.04"),
    ),
)
