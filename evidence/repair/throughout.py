"""Readings of the whole paper in which means were tested otherwise than printed: formula, spread or visit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from evidence.checks import change_test, means_test, within_test
from evidence.checks.wording import equation, listed, symbol
from evidence.claims import ChangeTest, MeansTest, Paper, Summary, WithinTest
from evidence.findings import CONSISTENT, INCONSISTENT, Finding, Joint

INDEPENDENT = "independent-samples t throughout"
ERRORS = "standard errors printed as standard deviations throughout"
VISIT = "values of another visit"

OfMeans = MeansTest | WithinTest | ChangeTest
_RULES: dict[type, tuple[str, Callable[..., Iterator[Finding]]]] = {
    MeansTest: (means_test.RULE.code, means_test.run),
    WithinTest: (within_test.RULE.code, within_test.run),
    ChangeTest: (change_test.RULE.code, change_test.run),
}
CODES = tuple(code for code, _ in _RULES.values())


def readings(paper: Paper, findings: list[Finding]) -> Iterator[tuple[Joint, set[str]]]:
    """Every such reading that explains something, with the addresses of the statistics that it explains."""
    yield from _independent(findings)
    failing = {f.address for f in findings if f.code in CODES and f.severity != "none"}
    tests = [
        claim
        for claim in paper.claims
        if isinstance(claim, MeansTest | WithinTest | ChangeTest) and claim.test.statistic is not None
    ]
    if any(_address(claim) in failing for claim in tests):
        yield from _errors(tests, failing)
        yield from _visit(paper, tests, findings)


def _address(claim: OfMeans) -> str:
    return claim.test.statistic.address if claim.test.statistic is not None else ""


def _said(claim: OfMeans) -> str:
    assert claim.test.statistic is not None  # only such tests are read
    return equation(symbol(claim.test.letter), claim.test.statistic)


def _verdict(claim: OfMeans) -> str:
    _, run = _RULES[type(claim)]
    return next((finding.verdict for finding in run(claim)), "")


# --- the formula ------------------------------------------------------------------------------------------


def _independent(findings: list[Finding]) -> Iterator[tuple[Joint, set[str]]]:
    """Tests before and after that all are the t of independent samples, at least one of them only so."""
    name = within_test.INDEPENDENT
    within = [f for f in findings if f.code == within_test.RULE.code and any(t.test == name for t in f.tried)]
    hits = [f for f in within if any(t.test == name and t.hit for t in f.tried)]
    only = [f for f in hits if f.by == name]
    if len(within) < 2 or len(hits) < len(within) or not only:
        return
    shown = listed([equation("t", f.about[0]) for f in within])
    message = (
        f"the formula for independent samples explains all {len(within)} tests before and after ({shown}) "
        "with every number as printed, but leaves out that before and after are of the same people"
    )
    yield Joint(INDEPENDENT, message, tuple(f.address for f in within)), {f.address for f in only}


# --- the spread -------------------------------------------------------------------------------------------


def _errors(tests: list[OfMeans], failing: set[str]) -> Iterator[tuple[Joint, set[str]]]:
    """Tests that all agree if what is printed as SDs are standard errors, at least one of them only so."""
    called = [claim for claim in tests if not isinstance(claim, ChangeTest) and _as_deviations(claim)]
    odd = [claim for claim in called if _address(claim) in failing]
    if len(called) < 2 or not odd or any(_verdict(_with_errors(claim)) != CONSISTENT for claim in called):
        return
    shown = listed([_said(claim) for claim in called])
    message = (
        f"standard errors printed as standard deviations would explain all {len(called)} tests of means "
        f"({shown}); as printed {len(odd)} of them {'fails' if len(odd) == 1 else 'fail'}"
    )
    yield Joint(ERRORS, message, tuple(map(_address, called))), {_address(claim) for claim in odd}


def _summaries(claim: OfMeans) -> tuple[Summary, ...]:
    if isinstance(claim, MeansTest):
        return claim.groups
    if isinstance(claim, WithinTest):
        return claim.before, claim.after
    return tuple(each for pair in claim.pairs for each in pair)


def _as_deviations(claim: OfMeans) -> bool:
    """Whether every spread is called a standard deviation."""
    return all(s.sd is not None and s.se is None and s.plusminus is None for s in _summaries(claim))


def _with_errors(claim: OfMeans) -> OfMeans:
    def read(summary: Summary) -> Summary:
        return replace(summary, sd=None, se=summary.sd)

    if isinstance(claim, MeansTest):
        return replace(claim, groups=tuple(map(read, claim.groups)))
    if isinstance(claim, WithinTest):
        return replace(claim, before=read(claim.before), after=read(claim.after))
    return claim


# --- the visit --------------------------------------------------------------------------------------------


def _visit(paper: Paper, tests: list[OfMeans], findings: list[Finding]) -> Iterator[tuple[Joint, set[str]]]:
    """Tests that fail, but agree with values printed for another visit, or with values of no stated visit."""
    wrong = {f.address for f in findings if f.code in CODES and f.verdict == INCONSISTENT}
    odd = [c for c in tests if _address(c) in wrong and isinstance(c, MeansTest | ChangeTest)]
    found = [(claim, visit) for claim in odd if (visit := _other_visit(paper, claim)) is not None]
    if odd and len(found) == len(odd):
        shown = listed([f"{_said(claim)} with those of {visit}" for claim, visit in found])
        yield _of_visits(f"values of another visit than stated explain every test that fails: {shown}", odd)
        return
    loose = [c for c in odd if isinstance(c, ChangeTest) and c.test.place.at and not _times_of(c)]
    if len(loose) > 1 and len(loose) == len(odd):
        visits = listed(list(dict.fromkeys(", ".join(c.test.place.at) for c in loose)))
        message = (
            f"the values after are printed without their visit: if it is another than {visits}, they say "
            f"nothing against {listed([_said(c) for c in loose])}; nothing printed tells"
        )
        yield _of_visits(message, loose)


def _of_visits(message: str, claims: Sequence[OfMeans]) -> tuple[Joint, set[str]]:
    addresses = tuple(map(_address, claims))
    return Joint(VISIT, message, addresses), set(addresses)


def _times_of(claim: ChangeTest) -> tuple[str, ...]:
    """The visits that the values after were printed for."""
    return tuple(at for _, after in claim.pairs for at in after.place.at)


def _other_visit(paper: Paper, claim: OfMeans) -> str | None:
    """The visit whose printed values agree with a test, where those of its own do not."""
    own = _summaries(claim)
    last = own if isinstance(claim, MeansTest) else own[1::2]
    visits: dict[tuple[str, str | None], dict[str, Summary]] = {}
    for other in paper.claims:
        if isinstance(other, Summary) and other.place.endpoint == last[0].place.endpoint:
            visits.setdefault((", ".join(other.place.at), other.time), {}).setdefault(other.arm, other)
    for (at, time), by_arm in visits.items():
        values = [by_arm.get(summary.arm) for summary in last]
        known = tuple(each for each in values if each is not None)
        if (
            len(known) == len(last)
            and not set(known) & set(own)
            and _verdict(_at(claim, known)) == CONSISTENT
        ):
            return at or time or "another entry"
    return None


def _at(claim: OfMeans, values: tuple[Summary, ...]) -> OfMeans:
    if isinstance(claim, MeansTest):
        return replace(claim, groups=values)
    if isinstance(claim, ChangeTest):
        pairs = zip(claim.pairs, values, strict=True)
        return replace(claim, pairs=tuple((before, after) for (before, _), after in pairs))
    return claim
