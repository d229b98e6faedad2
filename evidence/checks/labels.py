"""AUD308: does a statistic that fits nothing under its label fit under another one?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from evidence.checks.check import Check, Rule, screen
from evidence.checks.examples import bare, paper
from evidence.checks.printed_tests import p_options, printed_p, region
from evidence.checks.wording import as_float, chances, equation, symbol
from evidence.claims import TESTS, AnyTest, Paper
from evidence.findings import Finding, Range
from evidence.reanalysis.counts import Unknown
from evidence.values import Reported

RULE = Rule("AUD308", "label-of-statistic")
SMALL = 0.2
"""A chi-square below this on one degree of freedom has a p of .65 or more."""
FEWEST_DIGITS = 2
NEED_DF = ("t", "chi2")
LETTERS = ("t", "z", "chi2", "f")
"""Labels that are tried, the commonest mistakes first."""


def run(claim: Paper) -> Iterator[Finding]:
    """Which other label, or which exchange, makes a statistic agree with its p, where its own does not."""
    tests = [each for each in claim.claims if isinstance(each, TESTS) and _is_wrong(each)]
    everywhere = [each for each in claim.claims if isinstance(each, TESTS)]
    for test in tests:
        yield from _exchanged(test) or _read_as_p(test, everywhere) or _relabelled(test)


def _is_wrong(claim: AnyTest) -> bool:
    """Whether statistic and p are printed and no reading of the label's own p agrees."""
    return claim.test.statistic is not None and printed_p(claim.test) is not None and not _agrees(claim)


def _agrees(claim: AnyTest) -> bool:
    """Whether a statistic under its label can have the printed p; yes where that cannot be told."""
    return _hit(claim) is not None or _unknown(claim)


def _unknown(claim: AnyTest) -> bool:
    return (
        region(claim.test) is not None and not _is_negative(claim) and isinstance(p_options(claim), Unknown)
    )


def _is_negative(claim: AnyTest) -> bool:
    statistic = claim.test.statistic
    negative = statistic is not None and statistic.exact is not None and statistic.exact < 0
    return negative and claim.test.letter in ("chi2", "f", "h", "q")


def _hit(claim: AnyTest) -> Range | None:
    """The p of a statistic under its label, if some reading of it agrees with the printed one."""
    allowed, options = region(claim.test), p_options(claim)
    if allowed is None or isinstance(options, Unknown) or _is_negative(claim):
        return None
    return next((option.p for option in options if allowed.meets(option.p.low, option.p.high)), None)


def _said(claim: AnyTest) -> str:
    test = claim.test
    assert test.statistic is not None and test.p is not None  # only such tests are looked at
    return f"{equation(symbol(test.letter), test.statistic)} beside {equation('P', test.p)}"


# --- statistic and p in each other's place ----------------------------------------------------------------


def _exchanged(claim: AnyTest) -> tuple[Finding, ...]:
    """A p above 1 beside a statistic below 1 that agree once exchanged, or two decimals that do."""
    test = claim.test
    statistic, p = test.statistic, test.p
    assert statistic is not None and p is not None
    if statistic.exact is None or p.exact is None or "=" not in (p.relation, statistic.relation):
        return ()
    if not (0 <= statistic.exact <= 1 and p.relation == statistic.relation == "="):
        return ()
    other = replace(claim, test=replace(test, statistic=p, p=statistic))
    found = _hit(other)
    if found is None:
        return ()
    message = (
        f"{_said(claim)} agree in each other's place: {equation(symbol(test.letter), p)} has p "
        f"{chances(found)}"
    )
    return (_say(claim, message, found, _power(statistic)),)


def _power(p: Reported) -> float:
    """How unlikely a p of these decimals is to agree by accident."""
    return max(0.0, 1.0 - as_float(p.ulp)) if p.decimals > 0 else 0.0


# --- a p in the place of a statistic ----------------------------------------------------------------------


def _read_as_p(claim: AnyTest, everywhere: list[AnyTest]) -> tuple[Finding, ...]:
    """A small chi-square beside a small p: the statistic is a p, of this test or of another."""
    test = claim.test
    statistic, allowed = test.statistic, region(test)
    assert statistic is not None
    if statistic.exact is None or allowed is None or not 0 <= statistic.exact <= 1:
        return ()
    found = _same_as_p_of(claim, everywhere)
    if found is not None:
        where = found.test.place.label
        message = f"{_said(claim)} do not go together; {statistic.text} is also printed as the P of {where}"
        return (_say(claim, message, None, _power(statistic), (found.test.p,)),)
    value = float(statistic.exact)
    if test.letter != "chi2" or value >= SMALL or not allowed.meets(value, value):
        return ()
    message = f"{_said(claim)} do not go together; {statistic.text} read as the P itself agrees"
    return (_say(claim, message, None, 1 - (allowed.high - allowed.low)),)


def _same_as_p_of(claim: AnyTest, everywhere: list[AnyTest]) -> AnyTest | None:
    statistic = claim.test.statistic
    assert statistic is not None
    if statistic.decimals < FEWEST_DIGITS:
        return None
    others = (each for each in everywhere if each.test.address != claim.test.address)
    return next((each for each in others if _is_same(each.test.p, statistic)), None)


def _is_same(p: Reported | None, statistic: Reported) -> bool:
    alike = p is not None and p.exact == statistic.exact and p.decimals == statistic.decimals
    return alike and p is not None and p.relation == "="


# --- another label ----------------------------------------------------------------------------------------


def _relabelled(claim: AnyTest) -> tuple[Finding, ...]:
    """A statistic that under one other label has the printed p, where that p is precise enough to tell."""
    test = claim.test
    if test.p is None or (test.p.relation != "=" and not _is_negative(claim)):
        return ()
    found = [(letter, p) for letter in LETTERS if (p := _under(claim, letter)) is not None]
    if not found:
        return ()
    p = found[0][1]
    names = " or ".join(symbol(each) for each, _ in found)
    message = f"{_said(claim)} do not go together; as {names} it has p {chances(p)}, which agrees"
    return (_say(claim, message, p, _power(test.p) if test.p.relation == "=" else 0.0),)


def _under(claim: AnyTest, letter: str) -> Range | None:
    test = claim.test
    negative = test.statistic is not None and test.statistic.exact is not None and test.statistic.exact < 0
    if letter == test.letter or (negative and letter not in ("t", "z")):
        return None
    df = test.df if letter == "t" and len(test.df) == 1 and test.letter != "chi2" else ()
    if not df and not test.sizes and letter in NEED_DF:
        return None  # on any degrees of freedom nearly every p agrees
    return _hit(replace(claim, test=replace(test, letter=letter, df=df)))


def _say(
    claim: AnyTest,
    message: str,
    p: Range | None,
    power: float,
    more: tuple[Reported | None, ...] = (),
) -> Finding:
    test = claim.test
    details = ("another number may be wrong instead: the same disagreement is an AUD301 or AUD302",)
    about = (test.statistic, test.p, *more)
    return screen(RULE, test.place, about, message, recomputed=p, power=power, details=details)


N = ("40", "40")

CHECK = Check(
    rule=RULE,
    title="label of a statistic",
    what=(
        "For a statistic whose label gives it another p than printed: whether the two agree in each "
        "other's place, whether the statistic is a p (its own, or one printed for another test), or "
        "whether under another letter (a t headed χ², say) the p agrees. A screen: it proposes, beside "
        "the error itself."
    ),
    why="Columns of statistics and of p are exchanged and shifted; one heading stands over several tests.",
    formula="p(statistic) under t, z, χ², F on the printed or implied df, against what the printed P allows",
    reference="Nuijten et al. 2016, Behavior Research Methods 48:1205-1226 (typing and heading errors)",
    false_alarms=(
        "A P printed with two decimals agrees with another letter about once in a hundred tries a letter, "
        "so that a mistyped P can look like a wrong heading."
    ),
    on=(Paper,),
    run=run,
    keeps=lambda: (
        paper(bare("chi2", "0.748", ">0.05", n=N), bare("chi2", "0.15", "0.70", n=N, label="two")),
        paper(bare("t", "1.661", "<0.05", n=N)),
        paper(bare("chi2", "3.00", "0.30", n=N)),
    ),
    breaks=lambda: (
        paper(bare("chi2", "-2.13", "0.036", n=N)),
        paper(bare("chi2", "0.023", "5.15", n=N)),
        paper(bare("chi2", "0.034", "<0.05", n=N)),
        paper(bare("chi2", "2.31", "0.024", n=N)),
        paper(bare("chi2", "0.412", "0.02", n=N), bare("t", "0.82", "0.412", n=N, label="age")),
    ),
)
