"""AUD322: are differences, changes and proportions of a size that is seldom seen?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import inf

from evidence.checks.check import About, Check, Rule, screen
from evidence.checks.duplicates import collision
from evidence.checks.examples import bare, number, paper, place, share, summary
from evidence.checks.printed_tests import decision_of
from evidence.checks.range_tests import SD, Group, groups, numbers
from evidence.checks.response_and_size import is_response
from evidence.checks.rows import EVERYBODY, summary_rows
from evidence.checks.wording import a_few, figure
from evidence.claims import TESTS, Paper, Share, Summary
from evidence.findings import Finding
from evidence.reanalysis.counts import Unknown, counts_of

RULE = Rule("AUD322", "plausibility")
LARGE = 2.0
"""Standardised differences between arms above this are seldom seen."""
EXTREME = 5.0
"""Changes of so many standard deviations are seldom seen even where a treatment works on everybody."""
MANY_TESTS = 10
MANY_PEOPLE = 20
UNUSUAL = 0.01


def run(claim: Paper) -> Iterator[Finding]:
    """Very large differences and changes, tests that all succeed, everybody responding, equal losses."""
    yield from _differences(claim)
    yield from _changes(claim)
    yield from _all_significant(claim)
    yield from _everybody(claim)
    yield from _equal_losses(claim)


# --- sizes of differences ---------------------------------------------------------------------------------


def _differences(whole: Paper) -> Iterator[Finding]:
    """Differences between arms of many SDs, after all that rounding could take off."""
    found: list[tuple[float, str, tuple[Summary, ...]]] = []
    for row in summary_rows(whole):
        known = groups(row, SD)
        if not isinstance(known, Unknown) and not any(each.se is not None for each in row):
            size, one, two = _greatest(row, known)
            if size > LARGE:
                found.append((size, f"{row[0].place.label} {_shown(one)} and {_shown(two)}", (one, two)))
    if found:
        found.sort(key=lambda each: -each[0])
        shown = a_few([f"{text} ({figure(size, digits=2)} SDs)" for size, text, _ in found], 3)
        message = f"arms differ by more than {LARGE:g} standard deviations: {shown}"
        details = ("standard errors printed as standard deviations make differences look so large",)
        about = tuple(n for _, _, pair in found for n in numbers(*pair))
        yield screen(RULE, found[0][2][0].place, about, message, details=details)


def _greatest(row: tuple[Summary, ...], known: tuple[Group, ...]) -> tuple[float, Summary, Summary]:
    pairs = [
        (_smd(known[i], known[j]), row[i], row[j]) for i in range(len(row)) for j in range(i + 1, len(row))
    ]
    return max(pairs, key=lambda each: each[0])


def _smd(one: Group, two: Group) -> float:
    """The least standardised difference that the rounding allows."""
    gap = max(one.mean[0] - two.mean[2], two.mean[0] - one.mean[2], 0.0)
    spread = max(one.sd[2], two.sd[2])
    return gap / spread if 0 < spread < inf and gap < inf else 0.0


def _changes(whole: Paper) -> Iterator[Finding]:
    """Changes from before to after of many SDs of before."""
    pairs: dict[tuple[str, str], dict[str, Summary]] = {}
    for claim in whole.claims:
        if isinstance(claim, Summary) and claim.time in ("before", "after") and claim.mean is not None:
            pairs.setdefault((claim.place.endpoint, claim.arm), {}).setdefault(claim.time, claim)
    found = []
    for pair in pairs.values():
        known = groups(tuple(pair.values()), SD) if len(pair) == 2 else Unknown("only one of them")
        if not isinstance(known, Unknown):
            before, after = (known[list(pair).index(time)] for time in ("before", "after"))
            size = _smd(replace(before), replace(after, sd=before.sd))
            if size > EXTREME:
                found.append((size, pair["before"], pair["after"]))
    if found:
        texts = [
            f"{b.place.label} in {b.arm} from {_shown(b)} to {_shown(a)} ({figure(s, digits=2)} SDs)"
            for s, b, a in found
        ]
        message = f"means change by more than {EXTREME:g} standard deviations of before: {a_few(texts, 3)}"
        details = ("hardly anybody can have changed little; standard errors printed as SDs look so too",)
        about = tuple(n for _, before, after in found for n in numbers(before, after))
        yield screen(RULE, found[0][1].place, about, message, details=details)


def _shown(summary: Summary) -> str:
    spread = summary.sd or summary.plusminus
    return f"{summary.mean.text if summary.mean else '?'} ± {spread.text if spread else '?'}"


# --- all of many ------------------------------------------------------------------------------------------


def _all_significant(whole: Paper) -> Iterator[Finding]:
    tests = [each.test for each in whole.claims if isinstance(each, TESTS) and not each.test.place.baseline]
    decided = [(test, decision_of(test)) for test in tests if test.p is not None]
    if len(decided) >= MANY_TESTS and all(decision for _, decision in decided):
        message = f"all {len(decided)} printed tests have p below 0.05"
        details = ("at a power of 80 % each, so many in a row would be printed about "
                   f"{figure(100 * 0.8 ** len(decided), digits=2)} % of the time",)  # fmt: skip
        about: About = tuple(test.p for test, _ in decided)
        yield screen(RULE, decided[0][0].place, about, message, details=details)


def _everybody(whole: Paper) -> Iterator[Finding]:
    for claim in whole.claims:
        if isinstance(claim, Share) and claim.arm != EVERYBODY and is_response(claim.place):
            found = counts_of(claim)
            if not isinstance(found, Unknown) and found and all(k == n >= MANY_PEOPLE for k, n in found):
                n = found[0][1]
                message = f"all {n} people of {claim.arm} have a response, {claim.place.label}"
                least = figure(100 * 0.05 ** (1 / n), digits=3)
                details = (f"the share of all such people who respond would be {least} % or more (95 %)",)
                about = (claim.percent, claim.events, claim.n)
                yield screen(RULE, claim.place, about, message, details=details)


def _equal_losses(whole: Paper) -> Iterator[Finding]:
    """The same number lost in all arms at every stage, where that is not likely."""
    stages: dict[str, list[tuple[Share, int, int]]] = {}
    for share_ in whole.lost:
        found = counts_of(share_)
        if isinstance(found, Unknown) or len(found) != 1:
            return
        stages.setdefault(share_.place.address, []).append((share_, *found[0]))
    chance = 1.0
    for losses in stages.values():
        if len(losses) < 2 or len({k for _, k, _ in losses}) != 1:
            return
        first = losses[0][1]
        chance *= collision(max(n for _, _, n in losses), 2 * first) ** (len(losses) - 1) if first else 1.0
    if stages and chance < UNUSUAL:
        everyone = [each for losses in stages.values() for each in losses]
        counts = a_few([str(k) for _, k, _ in everyone], 6)
        message = f"as many people were lost in every arm at every stage: {counts}"
        details = (f"such coincidences have a chance of about {figure(chance, digits=2)}",)
        about = tuple(each.events for each, _, _ in everyone)
        yield screen(RULE, everyone[0][0].place, about, message, details=details)


def _losing(*counts: str) -> Paper:
    stages = [
        Share(place(f"lost {i}"), arm, number("100", f"{arm}/n"), number(count, f"{arm}/events", f"lost {i}"))
        for i, count in enumerate(counts)
        for arm in "ab"
    ]
    return replace(paper(), lost=tuple(stages))


def _row(one: tuple[str, str], two: tuple[str, str], *times: str | None) -> Paper:
    first, second = (times[0], times[1]) if times else (None, None)
    return paper(
        summary(*one, "40", time=first),
        summary(*two, "40", arm="a" if times else "b", time=second),
    )


CHECK = Check(
    rule=RULE,
    title="sizes seldom seen",
    what=(
        "Arms more than two standard deviations apart, changes of more than five, ten tests or more that "
        "all have p below 0.05, a response of everybody among twenty or more, and equal losses at every "
        "stage. Screens without a null hypothesis: real effects can be so, which is why nothing here is "
        "more than a note."
    ),
    why="Differences of this size are rarer than misprints, mistaken units and SEs printed as SDs.",
    formula="(|m1 - m2| at its least over rounding) / max(s1, s2); (|before - after|) / s before",
    reference="Wilkinson et al. 2025, INSPECT-SR, domain 4; Cohen 1988, Statistical Power Analysis",
    false_alarms=(
        "Laboratory values under a treatment that removes their source, diagnostic groups chosen to "
        "differ, and papers that print only what fell below 0.05."
    ),
    on=(Paper,),
    run=run,
    keeps=lambda: (
        _row(("93.63", "28.35"), ("132.78", "27.72")),
        _row(("151.87", "25.21"), ("44.25", "5.31"), "before", "after"),
        paper(share("100", "12", label="objective response")),
        paper(*(bare("t", "2.5", "<0.05", n=("40", "40"), label=f"t{i}") for i in range(5))),
        _losing("3", "2"),
    ),
    breaks=lambda: (
        _row(("93.63", "8.35"), ("132.78", "7.72")),
        _row(("702.94", "105.64"), ("93.63", "28.35"), "before", "after"),
        paper(share("100", "40", label="objective response")),
        paper(*(bare("t", "2.5", "<0.05", n=("40", "40"), label=f"t{i}") for i in range(12))),
        _losing("12", "15"),
    ),
)
