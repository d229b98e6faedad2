"""AUD314: was an uncorrected chi-square made of a table whose expected counts are small?"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.checks.check import Check, Rule, screen
from evidence.checks.examples import shares_test
from evidence.checks.printed_tests import box, meets, size
from evidence.checks.two_by_two_tests import COMMON, computed, numbers
from evidence.checks.wording import chance, counts, equation, figure, symbol
from evidence.claims import SharesTest
from evidence.findings import DEPENDS_ON_TEST, NO_DECISION, Finding
from evidence.reanalysis.counts import Count, Unknown, vectors

RULE = Rule("AUD314", "small-expected-counts")
SMALL, TINY, FEW_PEOPLE = 5.0, 1.0, 40
MOST_TABLES = 200


def run(claim: SharesTest) -> Iterator[Finding]:
    """A note where only Pearson's chi-square gives the statistic, of a table for which it is a poor guide."""
    test = claim.test
    if (
        len(claim.sides) != 2
        or test.letter != "chi2"
        or test.statistic is None
        or not test.statistic.is_number
    ):
        return
    found = vectors(claim.sides, claim.shared)
    if isinstance(found, Unknown) or not 0 < len(found) <= MOST_TABLES:
        return  # AUD311 says why there are no counts
    made, printed = computed(found), size(box(test.statistic))
    pearson = _hits(made[0].values.tolist(), printed)
    others = [i for each in made[1:] if each.scale == "chi2" for i in _hits(each.values.tolist(), printed)]
    if not pearson or others or not all(_is_small(found[i]) for i in pearson):
        return
    vector = found[pearson[0]]
    exact = {each.test: float(each.p[0]) for each in computed((vector,), exact=True)}[COMMON[2]]
    p = float(made[0].p[pearson[0]])
    message = (
        f"{equation(symbol(test.letter), test.statistic)} is uncorrected, of {counts(vector)}, where a count "
        f"of {figure(least_expected(vector), 1)} is expected: Fisher's exact test has p {chance(exact)}"
    )
    decision = DEPENDS_ON_TEST if (p < 0.05) != (exact < 0.05) else NO_DECISION
    details = (f"the uncorrected p is {chance(p)}",)
    about = (test.statistic, *numbers(claim))
    yield screen(RULE, test.place, about, message, decision=decision, details=details, by=COMMON[0])


def _hits(values: list[float], printed: tuple[float, float, float]) -> list[int]:
    return [i for i, value in enumerate(values) if value == value and meets(value, value, printed)]


def least_expected(vector: tuple[Count, ...]) -> float:
    """The least of the expected counts of a table of two shares."""
    (a, n1), (c, n2) = vector
    events, people = a + c, n1 + n2
    return min(n1, n2) * min(events, people - events) / people if people else 0.0


def _is_small(vector: tuple[Count, ...]) -> bool:
    """Cochran's rule: an expected count below 5 with fewer than 40 people, or below 1 with any number."""
    least, people = least_expected(vector), sum(n for _, n in vector)
    return least < TINY or (least < SMALL and people < FEW_PEOPLE)


CHECK = Check(
    rule=RULE,
    title="small expected counts",
    what=(
        "Whether a printed chi-square is Pearson's without correction, and nothing else, of a table in which "
        "a count below 5 is expected among fewer than 40 people, or below 1 among any number."
    ),
    why="The chi-square distribution is a poor guide to such tables, and exact tests often decide otherwise.",
    formula="least expected count = min(n1, n2) min(events, non-events) / N",
    reference="Cochran 1954, Biometrics 10:417-451",
    false_alarms="A rule of thumb: many hold it to be too strict, and a choice of test is not an error.",
    on=(SharesTest,),
    run=run,
    keeps=lambda: (
        shares_test("chi2", "5.794", "<0.05", ("89.02", "82"), ("74.36", "78")),
        shares_test(None, None, "0.03", ("60", "10"), ("10", "10")),
    ),
    breaks=lambda: (shares_test("chi2", "5.495", "0.019", ("60", "10"), ("10", "10")),),
)
