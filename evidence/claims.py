"""The typed claims that checks and measures consume: what a paper says, sorted by what can be asked of it.

Types only. ``claiming`` builds them from a study; every number in them is still as printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from evidence.values import Printed, Reported


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a study a claim stands: for words and anchors.

    ``address`` is that of the entry (``study/endpoint[@time][#id]``); ``label`` is how a reader would call
    it; ``kind`` is the endpoint's kind; ``baseline`` marks baseline characteristics.
    """

    study: str
    address: str
    endpoint: str
    label: str
    at: tuple[str, ...] = ()
    where: str | None = None
    quotes: tuple[str, ...] = ()
    kind: str | None = None
    design: str | None = None
    paired: bool = False
    baseline: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """How many of an arm: events, percentage or both, of ``n``.

    ``survival`` marks a Kaplan-Meier percentage, which need not be a count over ``n``; ``others`` are the n
    of the other arms, which a percentage may have been taken of by mistake, and ``elsewhere`` the other n
    that the study prints for this arm.
    """

    place: Place
    arm: str
    n: Printed | None
    events: Printed | None = None
    percent: Printed | None = None
    survival: bool = False
    others: tuple[Printed, ...] = ()
    elsewhere: tuple[Printed, ...] = ()


@dataclass(frozen=True, slots=True)
class ShareInterval:
    """A share with a confidence interval of its percentage; ``level`` in per cent, None where not printed."""

    place: Place
    share: Share
    low: Reported
    high: Reported
    level: Fraction | None


@dataclass(frozen=True, slots=True)
class Witnesses:
    """One statistic, or one interval, as two sources of a study print it.

    ``sources`` names the two, the more trusted first; ``pairs`` holds each number as the two print it, and
    ``levels``, of an interval, are in per cent. ``ratio`` marks limits made on the log scale.
    """

    place: Place
    what: str
    sources: tuple[str, str]
    pairs: tuple[tuple[Reported, Reported], ...]
    levels: tuple[Fraction | None, Fraction | None] | None = None
    ratio: bool = False


@dataclass(frozen=True, slots=True)
class ResponseSum:
    """A response and those that make it up, such as CR and PR; ``missing`` ones are not printed."""

    place: Place
    whole: Share
    parts: tuple[tuple[str, Share], ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SharedShare:
    """One percentage range printed for several arms: one arm prints as ``low``, one as ``high``."""

    place: Place
    arms: tuple[Share, ...]
    low: Reported
    high: Reported


@dataclass(frozen=True, slots=True)
class Summary:
    """Mean or median of an arm at one time, with whatever spread was printed.

    ``items`` is how many whole-number answers each person's value is the mean of (1: the values are whole
    numbers); None where the study does not say that they are of that kind. ``scale`` holds the least and
    the greatest value that anybody can have.
    """

    place: Place
    arm: str
    time: str | None
    n: Printed | None
    unit: str | None = None
    mean: Reported | None = None
    sd: Reported | None = None
    se: Reported | None = None
    plusminus: Reported | None = None
    median: Reported | None = None
    q1: Reported | None = None
    q3: Reported | None = None
    minimum: Reported | None = None
    maximum: Reported | None = None
    correlation: Reported | None = None
    items: Reported | None = None
    scale: tuple[Reported, Reported] | None = None


@dataclass(frozen=True, slots=True)
class PrintedTest:
    """A test as printed: statistic, degrees of freedom, p and what the words say of it.

    ``letter`` is the printed one (chi2, t, z, F, ...); ``named`` the test the source names, if it does;
    ``sided`` 1 or 2 where stated; ``claim`` is significant, not-significant or None; ``of`` says what was
    compared (level, change, percent-change); ``arms`` are the compared arms, in order, and ``sizes`` their n.
    """

    place: Place
    address: str
    contrast: str
    letter: str | None = None
    statistic: Reported | None = None
    df: tuple[Reported, ...] = ()
    p: Reported | None = None
    sided: int | None = None
    named: str | None = None
    claim: str | None = None
    higher: str | None = None
    within: bool = False
    of: str = "level"
    arms: tuple[str, ...] = ()
    sizes: tuple[Printed | None, ...] = ()

    def __hash__(self) -> int:
        """Of the address and the statistic, which say nearly all: hashing every word of a place is slow."""
        return hash((self.address, self.statistic))


@dataclass(frozen=True, slots=True)
class SharesTest:
    """A test between arms of yes/no outcomes; a side of several shares is their sum."""

    test: PrintedTest
    sides: tuple[tuple[Share, ...], ...]
    shared: tuple[SharedShare, ...] = ()


@dataclass(frozen=True, slots=True)
class TableTest:
    """A test of an r x c table: ``cells[arm][category]``, categories in printed order."""

    test: PrintedTest
    arms: tuple[str, ...]
    categories: tuple[str, ...]
    cells: tuple[tuple[Share, ...], ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class StratifiedTest:
    """A test of a yes/no outcome between two arms over strata: (first arm, second arm) of each."""

    test: PrintedTest
    strata: tuple[tuple[Share, Share], ...]


@dataclass(frozen=True, slots=True)
class MeansTest:
    """A test between arms of means with their spread; ``others`` are arms printed beside those compared."""

    test: PrintedTest
    groups: tuple[Summary, ...]
    others: tuple[Summary, ...] = ()


@dataclass(frozen=True, slots=True)
class WithinTest:
    """A test between two times in the same people."""

    test: PrintedTest
    before: Summary
    after: Summary


@dataclass(frozen=True, slots=True)
class ChangeTest:
    """A test between arms of change from before to after; ``pairs`` is one (before, after) an arm."""

    test: PrintedTest
    pairs: tuple[tuple[Summary, Summary], ...]


@dataclass(frozen=True, slots=True)
class BareTest:
    """A test with nothing printed beside it to recompute it from."""

    test: PrintedTest


AnyTest = SharesTest | TableTest | StratifiedTest | MeansTest | WithinTest | ChangeTest | BareTest


@dataclass(frozen=True, slots=True)
class EffectClaim:
    """An effect between arms as printed: estimate, interval at ``level`` per cent, p.

    ``level`` is None where it was not printed; ``credible`` marks a Bayesian interval; ``log_scale`` an
    estimate printed as a logarithm; ``margin`` is that of non-inferiority, on the scale of the estimate.
    """

    place: Place
    address: str
    contrast: str
    compare: tuple[str, str]
    measure: str
    estimate: Reported | None = None
    low: Reported | None = None
    high: Reported | None = None
    level: Fraction | None = None
    credible: bool = False
    se: Reported | None = None
    p: Reported | None = None
    sided: int | None = None
    log_scale: bool = False
    interval: str | None = None
    method: str | None = None
    adjusted: bool | None = None
    margin: Reported | None = None


@dataclass(frozen=True, slots=True)
class Correlations:
    """A table of correlations between several variables, as printed: (row, column, r) below the diagonal."""

    place: Place
    variables: tuple[str, ...]
    cells: tuple[tuple[int, int, Reported], ...]


@dataclass(frozen=True, slots=True)
class EffectOfArms:
    """A printed effect beside the printed numbers of the two arms that it compares.

    Each side is the share of an arm, for ratios and differences of risks, or its summary, for those of means.
    """

    place: Place
    effect: EffectClaim
    first: Share | Summary
    second: Share | Summary


@dataclass(frozen=True, slots=True)
class Ordered:
    """Numbers that cannot decrease from first to last: (name, number), such as low, estimate, high."""

    place: Place
    what: str
    items: tuple[tuple[str, Reported], ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """Counts that should add up: ``parts`` to ``total``."""

    place: Place
    what: str
    total: Reported
    parts: tuple[Reported, ...]
    exhaustive: bool = True


@dataclass(frozen=True, slots=True)
class Time:
    """A length of time as the study says it; ``unit`` is None where no unit was printed."""

    said: str
    exact: Fraction
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Landmark:
    """What is printed of an arm at one time: survival in per cent, events by then, number at risk."""

    time: Time
    survival: Reported | None = None
    events: Reported | None = None
    at_risk: Reported | None = None


@dataclass(frozen=True, slots=True)
class SurvivalArm:
    """One arm of a time-to-event endpoint: counts, median, restricted mean and landmarks in order of time.

    ``unit`` is that of the median and the restricted mean; ``level`` that of the median's interval.
    """

    arm: str
    n: Printed | None
    unit: str | None = None
    events: Reported | None = None
    expected: Reported | None = None
    median: Reported | None = None
    low: Reported | None = None
    high: Reported | None = None
    level: Fraction | None = None
    rmst: Reported | None = None
    tau: Reported | None = None
    landmarks: tuple[Landmark, ...] = ()


@dataclass(frozen=True, slots=True)
class HazardRatio:
    """A printed hazard ratio: ``crude`` None where adjustment was not stated; ``plain`` is Cox, as observed.

    A model of another name, an unusual interval or an allowance for crossover make it not plain.
    """

    effect: EffectClaim
    crude: bool | None = None
    plain: bool = True


@dataclass(frozen=True, slots=True)
class SurvivalClaim:
    """A time-to-event endpoint of one study under one cut and set, from all the places it is printed in.

    ``arms`` are all arms of the study; ``events`` those of everybody; ``logranks`` the tests called log-rank,
    without strata; ``cut``, ``set`` and ``subgroup`` are None where they were not stated.
    """

    place: Place
    arms: tuple[SurvivalArm, ...]
    ratios: tuple[HazardRatio, ...] = ()
    logranks: tuple[PrintedTest, ...] = ()
    events: Reported | None = None
    cut: str | None = None
    set: str | None = None
    subgroup: str | None = None


@dataclass(frozen=True, slots=True)
class Calendar:
    """When people were enrolled (a span with /) and until when they were followed, as printed.

    ``followed`` are the longest times that anybody was followed, each with its unit.
    """

    recruitment: str | None = None
    until: str | None = None
    followed: tuple[tuple[Reported, str | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything one study claims, for the checks that look at all of it.

    ``sizes`` are the arms with their n as allocated; ``lost`` how many of an arm were lost or withdrew.
    """

    study: str
    design: str
    claims: tuple[Claim, ...]
    sizes: tuple[tuple[str, Printed], ...] = ()
    lost: tuple[Share, ...] = ()
    calendar: Calendar = Calendar()


Claim = (
    Share
    | ShareInterval
    | ResponseSum
    | SharedShare
    | Witnesses
    | Summary
    | AnyTest
    | EffectClaim
    | EffectOfArms
    | Correlations
    | Ordered
    | Sum
    | SurvivalClaim
)
TESTS = (SharesTest, TableTest, StratifiedTest, MeansTest, WithinTest, ChangeTest, BareTest)
