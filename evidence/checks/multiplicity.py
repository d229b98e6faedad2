"""AUD323: how many tests were made, and which differences stay when that is counted?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import comb

from evidence.checks.check import Check, Rule, consistent, screen
from evidence.checks.examples import bare, paper, within_test
from evidence.checks.printed_tests import ALPHA, p_options, printed_p, region
from evidence.checks.wording import a_few, chance, figure
from evidence.claims import TESTS, AnyTest, Paper
from evidence.findings import Finding, Range
from evidence.reanalysis.counts import Unknown
from evidence.values import Reported

RULE = Rule("AUD323", "multiplicity")
MANY = 10
"""So many tests make half a false positive at 0.05: fewer are let be."""
JUST_BELOW = (0.04, 0.045, 0.05)
UNUSUAL = 0.01
TOGETHER = "p of related outcomes move together, which makes clusters likelier than stated"


@dataclass(frozen=True, slots=True)
class OneTest:
    """A test between arms and the range of its p: from the statistic where it agrees with the printed p."""

    claim: AnyTest
    p: Range

    @property
    def number(self) -> Reported | None:
        """The printed p, or else the statistic."""
        return printed_p(self.claim.test) or self.claim.test.statistic


Cluster = tuple[list[OneTest], str]
"""Tests whose p lie just below alpha, and how many they are."""


def run(claim: Paper) -> Iterator[Finding]:
    """Which tests between arms stay below alpha by Holm's method, and whether p cluster just below it."""
    tests = [
        found for each in claim.claims if isinstance(each, TESTS) and (found := _tested(each)) is not None
    ]
    below, cluster = [each for each in tests if each.p.high <= ALPHA], _clustered(tests)
    if len(tests) >= MANY and below:
        yield _counted(tests, below, cluster)
    elif cluster is not None:
        nearest, message = cluster
        about = tuple(each.claim.test.p for each in nearest)
        yield screen(RULE, nearest[0].claim.test.place, about, message, details=(TOGETHER,))


def _counted(tests: list[OneTest], below: list[OneTest], cluster: Cluster | None) -> Finding:
    stay = holm(tuple(each.p.low for each in tests))
    lost = [each for each, keeps in zip(tests, stay, strict=True) if each in below and not keeps]
    about = tuple(each.number for each in (*lost, *below))
    said = f"{len(tests)} tests between arms, of which {len(below)} have p below {ALPHA:g}"
    details = [
        f"were there no differences, {figure(len(tests) * ALPHA, digits=2)} tests below {ALPHA:g} are "
        "expected by chance",
        "one main outcome that was named beforehand needs no correction; which it was is not asked here",
    ]
    if cluster is not None:
        details += [cluster[1], TOGETHER]
    place = (lost or below)[0].claim.test.place
    if lost:
        names = a_few(list(dict.fromkeys(each.claim.test.place.label for each in lost)), 6)
        message = f"{said}: by Holm's method {len(lost)} of them do not stay so ({names})"
        return screen(RULE, place, about, message, details=tuple(details))
    message = f"{said}: all may stay so by Holm's method"
    return consistent(RULE, place, about, message, details=tuple(details))


def _tested(claim: AnyTest) -> OneTest | None:
    """A test between arms that says something of its p; baseline and within-arm tests ask something else."""
    test, allowed = claim.test, region(claim.test)
    if test.within or test.place.baseline or test.of == "interaction" or allowed is None:
        return None
    options = p_options(claim)
    known = () if isinstance(options, Unknown) else options
    hit = next((o.p for o in known if allowed.meets(o.p.low, o.p.high)), None)
    if hit is not None:
        return OneTest(claim, hit)
    middle = allowed.high if allowed.low == 0 else (allowed.low + allowed.high) / 2
    return OneTest(claim, Range(allowed.low, middle, allowed.high))


def holm(ps: tuple[float, ...], alpha: float = ALPHA) -> tuple[bool, ...]:
    """Which of several p stay below alpha by Holm's step-down method.

    Notes
    -----
    The smallest is held against alpha / m, the next against alpha / (m - 1), and so on until one fails.

    References
    ----------
    Holm 1979, Scandinavian Journal of Statistics 6:65-70.

    Examples
    --------
    >>> holm((0.01, 0.04, 0.03, 0.005))
    (True, False, False, True)
    """
    stay, many = [False] * len(ps), len(ps)
    for step, i in enumerate(sorted(range(many), key=ps.__getitem__)):
        if ps[i] > alpha / (many - step):
            break
        stay[i] = True
    return tuple(stay)


def _clustered(tests: list[OneTest]) -> Cluster | None:
    """More exact p from .045 to .05 than from .04 to .045, where they should be about as many, or fewer."""
    low, middle, high = JUST_BELOW
    exact = [each for each in tests if _is_exact(each.claim.test.p)]
    near = [each for each in exact if low < each.p.mid < middle]
    nearest = [each for each in exact if middle <= each.p.mid < high]
    many = len(near) + len(nearest)
    ways = sum(comb(many, k) for k in range(len(nearest), many + 1)) / 2**many
    if ways >= UNUSUAL:
        return None
    message = (
        f"of {many} exact p between {low:g} and {high:g}, {len(nearest)} lie at {middle:g} or above: "
        f"chance {chance(ways)} if either half were as likely"
    )
    return nearest, message


def _is_exact(p: Reported | None) -> bool:
    return p is not None and p.relation == "=" and p.decimals > 2


def _tests(*ps: str) -> Paper:
    return paper(*(bare(None, None, p, n=("40", "40"), label=f"outcome {i}") for i, p in enumerate(ps)))


_BEFORE, _AFTER = ("10.0", "2.0", "25"), ("8.0", "2.0", "25")

CHECK = Check(
    rule=RULE,
    title="many tests",
    what=(
        "Among ten tests between arms or more, which of those below 0.05 do not stay so by Holm's method, "
        "and how many are expected below it by chance; and whether exact p gather just below 0.05. Where "
        "only P < 0.05 is printed, with no statistic, the p is taken as small as it can be. A note: it "
        "counts, it does not judge."
    ),
    why="Twenty tests of nothing find something; a reader cannot count tests that are spread over a paper.",
    formula="p(i) ≤ α / (m - i + 1) from the smallest on; m α expected; 2^-m Σ C(m, k) for the cluster",
    reference="Holm 1979, Scandinavian Journal of Statistics 6:65-70; Head et al. 2015, PLOS Biology 13(3)",
    false_alarms=(
        "Outcomes that were ordered beforehand, descriptive tests of adverse events, and one main outcome "
        "among many others, which needs no correction."
    ),
    on=(Paper,),
    run=run,
    keeps=lambda: (
        _tests("0.04", "0.03", "0.60"),
        _tests("<0.001", *["0.60"] * 12),
        _tests(*["<0.05"] * 12),
        paper(*(within_test("t", "5.00", "<0.001", _BEFORE, _AFTER, label=f"o{i}") for i in range(12))),
    ),
    breaks=lambda: (
        _tests("0.04", "0.03", *["0.60"] * 10),
        _tests(*["0.047", "0.048", "0.049", "0.046"] * 3),
    ),
)
