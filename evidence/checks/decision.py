"""AUD302: do the printed p, the printed statistic and the words decide alike?"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.checks.check import About, Check, Rule, consistent, inconsistent
from evidence.checks.examples import bare
from evidence.checks.printed_tests import (
    ALPHA,
    POption,
    box,
    by_words,
    decides,
    impossible_reason,
    p_options,
    printed_p,
    region,
)
from evidence.checks.wording import chances, equation, listed, symbol
from evidence.claims import TESTS, AnyTest, PrintedTest
from evidence.findings import FLIPS, SAME, Finding, Range, Tried
from evidence.reanalysis.counts import Unknown

RULE = Rule("AUD302", "decisions-agree")
STATISTIC = "the statistic"


def run(claim: AnyTest) -> Iterator[Finding]:
    """Whether p, statistic and words lie on one side of 0.05, three comparisons of two."""
    test = claim.test
    if impossible_reason(test) is not None:
        return
    options = p_options(claim)
    known = () if isinstance(options, Unknown) else options
    views = _views(test, known)
    if len(views) < 2:
        return
    yield _agree(test, known, views) if len(set(views.values())) == 1 else _differ(test, known, views)


def _views(test: PrintedTest, options: tuple[POption, ...]) -> dict[str, bool]:
    """Who says what, True for significant: the statistic speaks only if all its readings agree."""
    allowed, p = region(test), printed_p(test)
    views: dict[str, bool | None] = {}
    if allowed is not None and p is not None:
        views[equation("P", p)] = allowed.decides(ALPHA)
    if options:
        sides = {decides(option.p) for option in options}
        views[STATISTIC] = sides.pop() if len(sides) == 1 else None
    if test.claim:
        views[f'the words "{test.claim.replace("-", " ")}"'] = by_words(test)
    return {who: side for who, side in views.items() if side is not None}


def _about(test: PrintedTest) -> About:
    return (printed_p(test), test.statistic)


def _agree(test: PrintedTest, options: tuple[POption, ...], views: dict[str, bool]) -> Finding:
    names = listed([symbol(test.letter) if who == STATISTIC else who for who in views])
    side = "below" if next(iter(views.values())) else "not below"
    spoke = options[0] if STATISTIC in views else None
    return consistent(
        RULE,
        test.place,
        _about(test),
        f"{names} decide alike: p is {side} {ALPHA:g}",
        decision=SAME,
        by=spoke.name if spoke else None,
        recomputed=spoke.p if spoke else None,
        power=0.0,
    )


def _differ(test: PrintedTest, options: tuple[POption, ...], views: dict[str, bool]) -> Finding:
    others = {who: side for who, side in views.items() if who != STATISTIC}
    if STATISTIC not in views:
        message = f"{listed(list(others))} decide differently at {ALPHA:g}"
        return inconsistent(RULE, test.place, _about(test), message, decision=FLIPS, power=0.0)
    option, statistic = options[0], test.statistic
    assert statistic is not None  # it had its say
    side = "below" if views[STATISTIC] else "not below"
    against = [who for who, view in others.items() if view != views[STATISTIC]]
    return inconsistent(
        RULE,
        test.place,
        _about(test),
        f"{equation(symbol(test.letter), statistic)} has p {chances(option.p)} ({option.name}), "
        f"{side} {ALPHA:g}, against {listed(against)}",
        decision=FLIPS,
        recomputed=option.p,
        tried=tuple(Tried(o.name, Range(*box(statistic)), o.p) for o in options),
        details=_one_sided(option),
        power=0.0,
    )


def _one_sided(option: POption) -> tuple[str, ...]:
    """The one-sided p, stated; sidedness is a question for the whole paper, never a rescue for one test."""
    one = option.one_sided
    if one is None or one == option.p:
        return ()
    side = "below" if decides(one) else "not below"
    return (f"one-sided, p would be {chances(one)}, {side} {ALPHA:g}",)


CHECK = Check(
    rule=RULE,
    title="p, statistic and words decide alike",
    what="Whether the printed p, the p of the printed statistic and the words lie on one side of 0.05.",
    why="A disagreement here changes what a reader takes home, not only a digit.",
    formula="a flip only where the whole range of the recomputed p lies on the other side of 0.05",
    reference="Nuijten et al. 2016, Behavior Research Methods 48:1205-1226",
    false_alarms=(
        "A paper that tests at another level than 0.05, one-sided throughout, or with a correction "
        "for many tests: its words then follow its own rule. The statistic speaks only if its whole "
        "range lies on one side."
    ),
    on=TESTS,
    run=run,
    keeps=lambda: (
        bare("t", "1.272", ">0.05", n=("82", "78"), claim="not-significant"),
        bare("t", "1.975", "<0.05", n=("82", "78")),
        bare(None, None, "0.023", claim="significant"),
    ),
    breaks=lambda: (
        bare("t", "1.661", "<0.05", n=("82", "78"), claim="significant"),
        bare(None, None, "0.20", claim="significant"),
        bare("chi2", "7.30", None, n=("40", "40"), claim="not-significant"),
    ),
)
