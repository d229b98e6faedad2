"""AUD319: can a rank sum of so many people be what is printed, and have the printed p?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import inf
from typing import Any

from evidence.checks.check import (
    About,
    Check,
    Rule,
    consistent,
    consistent_under,
    impossible,
    inconsistent,
    not_checkable,
)
from evidence.checks.examples import bare, table_test
from evidence.checks.printed_tests import box, decides, decision_of, printed_p, region
from evidence.checks.wording import as_float, chances, equation, figure, symbol
from evidence.claims import TESTS, AnyTest, PrintedTest, TableTest
from evidence.findings import ERROR, FLIPS, NO_DECISION, WARNING, Finding, Range, Tried
from evidence.reanalysis import ranks
from evidence.reanalysis.counts import Unknown, tables, whole_numbers
from evidence.reanalysis.t import Box
from evidence.values import Reported

RULE = Rule("AUD319", "rank-tests")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way of reading a printed U or W: the greatest it can be, and the p of a value without ties."""

    name: str
    shift: float
    greatest: float
    ps: tuple[Callable[[float], float | None], ...]


def run(claim: AnyTest) -> Iterator[Finding]:
    """Whether U or W lies where the sizes let it, and whether its p without ties is not below the printed."""
    test, statistic = claim.test, claim.test.statistic
    if test.letter not in ("u", "w") or statistic is None or not statistic.is_number:
        return
    about: About = (statistic, printed_p(test), *test.sizes)
    if isinstance(claim, TableTest) and len(claim.arms) == 2 and test.letter == "u":
        yield from _of_table(claim, statistic, about)
        return
    readings = _readings(test)
    if isinstance(readings, Unknown):
        yield not_checkable(RULE, test.place, about, f"{_name(test)} cannot be checked: {readings.reason}")
        return
    ends = box(statistic)
    fitting = [r for r in readings if ends[2] >= r.shift and ends[0] <= r.shift + r.greatest]
    if not fitting:
        most = max(r.shift + r.greatest for r in readings)
        message = f"{_name(test)} of so many people lies between 0 and {figure(most, 0, 12)}"
        yield impossible(RULE, test.place, about, message, power=_power(statistic, most))
    else:
        yield from _judge_p(test, about, fitting, ends)


def _name(test: PrintedTest) -> str:
    assert test.statistic is not None  # asked before
    return equation(symbol(test.letter), test.statistic)


def _power(statistic: Reported, most: float) -> float:
    """How likely a wrong value would be caught: of those up to ten times as large as can be."""
    usual = max(10 * as_float(abs(statistic.exact or Fraction(0))), most)
    return 0.0 if usual in (0.0, inf) else max(0.0, 1 - most / usual)


def _readings(test: PrintedTest) -> list[Reading] | Unknown:
    """U of two arms, their rank sums, or the signed ranks of pairs."""
    sizes = [whole_numbers(n) for n in test.sizes]
    unknown = next((s for s in sizes if isinstance(s, Unknown)), None)
    if unknown is not None:
        return unknown
    known = [s for s in sizes if not isinstance(s, Unknown)]
    if any(len(s) > 1 for s in known):
        return Unknown("n can be several numbers")
    ns = [s[0] for s in known]
    if test.within and len(ns) == 1:
        return [_signed(ns[0])]
    if len(ns) != 2 or min(ns) < 1:
        return Unknown("it is of two groups, and their sizes are not printed")
    return _of_two(test, *ns)


def _signed(n: int) -> Reading:
    return Reading(
        "signed ranks",
        0.0,
        ranks.greatest_signed_rank(n),
        (
            lambda w: ranks.exact_signed_rank_p(w, n),
            lambda w: ranks.signed_rank_p(w, n),
            lambda w: ranks.signed_rank_p(w, n, corrected=True),
        ),
    )


def _of_two(test: PrintedTest, n1: int, n2: int) -> list[Reading]:
    ps: tuple[Callable[[float], float | None], ...] = (
        lambda u: ranks.exact_u_p(u, n1, n2),
        lambda u: ranks.u_p(u, n1, n2),
        lambda u: ranks.u_p(u, n1, n2, corrected=True),
    )
    greatest = float(ranks.greatest_u(n1, n2))
    shifts = {"U": 0.0}
    if test.letter == "w":
        shifts |= {f"rank sum of {n}": n * (n + 1) / 2 for n in (n1, n2)}
    return [Reading(name, shift, greatest, ps) for name, shift in shifts.items()]


def _spans(reading: Reading, ends: Box) -> Range:
    """The p of everything that rounds to the statistic, without ties, exact and approximate."""
    low, mid, high = (min(max(x - reading.shift, 0.0), reading.greatest) for x in ends)
    points = [low, mid, high, *([reading.greatest / 2] if low <= reading.greatest / 2 <= high else [])]
    found = [p for x in points for way in reading.ps if (p := way(x)) is not None]
    middle = next(p for way in reading.ps[1:] if (p := way(mid)) is not None)
    return Range(min(found), middle, max(found))


def _judge_p(test: PrintedTest, about: About, readings: list[Reading], ends: Box) -> Iterator[Finding]:
    p, allowed = printed_p(test), region(test)
    if p is None or allowed is None:
        message = f"{_name(test)} is possible for so many people"
        yield consistent(RULE, test.place, about, message, power=0.0)
        return
    spans = {r.name: _spans(r, ends) for r in readings}
    tried = tuple(Tried(name, Range(*ends), s, hit=allowed.meets(s.low, s.high)) for name, s in spans.items())
    said = equation("P", p)
    hit = next((t for t in tried if t.hit), None)
    more: dict[str, Any] = {"tried": tried, "power": 0.0}
    first = next(iter(spans.values()))
    if hit is not None and hit.p is not None:
        message = f"{_name(test)} has p {chances(hit.p)} without ties, which agrees with {said}"
        yield consistent(RULE, test.place, about, message, by=hit.test, recomputed=hit.p, **more)
    elif any(allowed.low <= s.low for s in spans.values()):
        message = f"{_name(test)} has p {chances(first)} without ties, and with many ties {said}"
        yield consistent_under(RULE, test.place, about, message, by="ties", recomputed=first, **more)
    else:
        flips = decision_of(test) is False and decides(first) is True
        message = f"{_name(test)} has p {chances(first)} at most, without ties, not {said}"
        severity, decision = (ERROR, FLIPS) if flips else (WARNING, NO_DECISION)
        more |= {"recomputed": first, "severity": severity, "decision": decision}
        yield inconsistent(RULE, test.place, about, message, **more)


def _of_table(claim: TableTest, statistic: Reported, about: About) -> Iterator[Finding]:
    """U of two rows of ordered counts, which is known with its ties."""
    test, found = claim.test, tables(claim.cells)
    if isinstance(found, Unknown) or not found:
        reason = found.reason if isinstance(found, Unknown) else "the printed numbers allow no counts"
        yield not_checkable(RULE, test.place, about, f"{_name(test)} cannot be recomputed: {reason}")
        return
    us = []
    for vector in found:
        counts, half = [k for k, _ in vector], len(vector) // 2
        one, two = counts[:half], counts[half:]
        made = ranks.from_ordered_counts(one, two)
        us += [made.u, sum(one) * sum(two) - made.u] if made is not None else []
    if not us:
        yield not_checkable(RULE, test.place, about, "no U is defined: all are in one row or column")
        return
    low, _, high = box(statistic)
    seen = Range(min(us), us[0], max(us))
    shown = f"{figure(us[0], 1)} or {figure(us[1], 1)}"
    if any(low <= u <= high for u in us):
        message = f"{_name(test)} is that of the table, {shown}"
        yield consistent(RULE, test.place, about, message, recomputed=seen, power=0.9)
    else:
        message = f"{_name(test)} is not that of the table, {shown}"
        yield inconsistent(RULE, test.place, about, message, recomputed=seen, power=0.9)


CHECK = Check(
    rule=RULE,
    title="rank tests",
    what=(
        "Whether a printed U or W can be that of so many people, and whether the printed p is no greater "
        "than without ties; with ordered categories printed, whether U is that of the table, ties and all."
    ),
    why="Rank tests are printed without their ranks; n alone already limits both numbers.",
    formula="0 ≤ U ≤ n1 n2; p by the exact distribution and by the normal one with variance n1 n2 (N + 1)/12",
    reference="Wilcoxon 1945, Biometrics Bulletin 1:80-83; Mann and Whitney 1947, Ann. Math. Stat. 18:50-60",
    false_alarms="People left out of the test, so that n is not the printed one; a W of another convention.",
    on=TESTS,
    run=run,
    keeps=lambda: (
        bare("u", "56", "0.097", n=("12", "15")),
        bare("u", "56", "0.08", n=("12", "15")),
        bare("w", "134", "0.10", n=("12", "15")),
        bare("w", "5", "0.02", n=("10",), within=True),
        table_test("u", "589.5", "0.033", ("3", "17", "12", "8"), ("1", "10", "15", "14")),
    ),
    breaks=lambda: (
        bare("u", "256", "0.097", n=("12", "15")),
        bare("u", "56", "0.40", n=("12", "15")),
        table_test("u", "400.0", "0.033", ("3", "17", "12", "8"), ("1", "10", "15", "14")),
    ),
)
