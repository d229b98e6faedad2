"""One endpoint of a study as printed: results, tests and effects as frozen records.

The records hold an entry as it is asked, not as it is laid out in the file: tables and subgroups are spread
out into entries, arms and times into flat results. Fields marked as made are filled in by the reader.
"""

from fractions import Fraction
from typing import Literal

from pydantic import Field

from evidence.records import Flag, Number, Position, Record, Sided, made

LETTERS = ("chi2", "t", "z", "f", "u", "w", "h", "q", "rho", "statistic")
INTERVALS = ("ci95", "ci90", "ci99", "ci60", "ci80", "ci96", "ci97.5", "cri95", "ci", "cri")
QUALIFIERS = (
    "at", "cut", "set", "assessor", "criteria", "confirmed", "grade", "unit", "source", "origin",
)  # fmt: skip
TIMES = ("before", "after", "change", "percent-change", "last", "end-of-treatment", "best")
RESERVED = ("all", "each", "none", *TIMES)
TestName = Literal[
    "chi-square", "chi-square-corrected", "fisher", "mcnemar", "cmh", "trend", "t", "welch", "paired-t",
    "anova", "repeated-measures", "mann-whitney", "signed-rank", "kruskal-wallis", "friedman", "log-rank",
    "stratified-log-rank", "gehan", "cox", "interaction", "correlation",
]  # fmt: skip


class Interval(Record):
    """A confidence or credible interval, as printed; level None where it was not printed."""

    key: str = made("The key it was written under.", "ci95")
    kind: Literal["ci", "cri"] = made("Confidence or credible.", "ci")
    level: Fraction | None = made("Level in per cent.")
    low: Number = made("Lower limit.", ...)
    high: Number = made("Upper limit.", ...)


class CurvePoint(Record):
    """One point of a curve read from a figure."""

    time: Number = Field(description="Time since the start.", examples=["6"])
    survival: Number = Field(description="Survival by then.", examples=["0.82"])


class Statistics(Record):
    """Statistics of one arm, as printed."""

    events: Number | None = Field(None, description="How many had the event.", examples=["73"])
    n: Number | None = Field(None, description="Out of how many, where not the arm's n.", examples=["82"])
    percent: Number | None = Field(None, description="Events in per cent of n.", examples=["89.02"])
    rate: Number | None = Field(None, description="Events per person-time.", examples=["0.12"])
    person_time: Number | None = Field(None, description="Person-time at risk.", examples=["1,204"])
    expected: Number | None = Field(None, description="Expected events (log-rank).", examples=["34.2"])
    mean: Number | None = Field(None, description="Mean.", examples=["44.25"])
    sd: Number | None = Field(None, description="Standard deviation.", examples=["5.31"])
    se: Number | None = Field(None, description="Standard error of the mean.", examples=["0.59"])
    plusminus: Number | None = Field(
        None, description="A number after ± whose kind is not said.", examples=["5.31"]
    )
    geometric_mean: Number | None = Field(None, description="Geometric mean.", examples=["12.4"])
    r: Number | None = Field(None, description="Correlation of before and after.", examples=["0.62"])
    median: Number | None = Field(None, description="Median.", examples=["21"])
    iqr: tuple[Number, Number] | None = Field(
        None, description="First and third quartile.", examples=[["148", "2010"]]
    )
    range: tuple[Number, Number] | None = Field(
        None, description="Least and greatest value.", examples=[["40.1", "88.0"]]
    )
    survival: Number | None = Field(
        None, description="Kaplan-Meier survival in per cent at `at`.", examples=["98.78"]
    )
    rmst: Number | None = Field(None, description="Restricted mean survival time.", examples=["10.4"])
    tau: Number | None = Field(None, description="Horizon of the restricted mean.", examples=["12"])
    curve: str | None = Field(
        None, description="CSV of a curve read from a figure.", examples=["curves/active-pfs.csv"]
    )
    at_risk: dict[str, Number] | None = Field(
        None, description="Numbers at risk, by time.", examples=[{"0": "72", "6": "40"}]
    )
    points: tuple[CurvePoint, ...] = made("Points of the curve.", ())
    intervals: tuple[Interval, ...] = made("Intervals, from ci95 and its sisters.", ())
    quotes: tuple[str, ...] = made("Printed fragments the numbers were copied from.", ())
    note: str | None = Field(None, description="Anything a reader should know.", examples=["by eye"])
    address: str = made("Address of the result.", "")
    position: Position | None = made("Where it stands in the file.")

    @property
    def interval(self) -> Interval | None:
        """The first interval printed, or None."""
        return self.intervals[0] if self.intervals else None


class ArmStatistics(Statistics):
    """Statistics of one arm at one time."""

    arm: str = made("The arm, or all.", ...)
    time: str | None = made("The time, where a result has several.")


class Result(ArmStatistics):
    """Statistics of one arm at one time, of every category where there are several."""

    by_category: dict[str, ArmStatistics] | None = Field(
        None, description="Statistics of every category.", examples=[{"CR": {"events": "3"}}]
    )


class Shared(Statistics):
    """Statistics printed once for several arms, as the least and the greatest."""

    arms: tuple[str, ...] = Field(description="The arms they were printed for, or all.", examples=["all"])


class Pairs(Record):
    """A paired two by two: how many had the event on both sides, on one, on neither."""

    compare: tuple[str, ...] = Field(description="First and second side.", examples=[["left", "right"]])
    both: Number | None = Field(None, description="Event on both sides.", examples=["12"])
    first: Number | None = Field(None, description="Event on the first side only.", examples=["5"])
    second: Number | None = Field(None, description="Event on the second side only.", examples=["2"])
    neither: Number | None = Field(None, description="Event on neither side.", examples=["31"])
    address: str = made("Address of the contrast.", "")
    position: Position | None = made("Where it stands in the file.")


class Acceptance(Record):
    """A finding that somebody has looked at and accepts."""

    code: str = Field(description="Code of the finding.", examples=["AUD302"])
    was: str = Field(description="The printed text, so that a later edit ends this.", examples=["1.661"])
    because: str | None = Field(None, description="Why.", examples=["the authors confirm a one-sided test"])
    by: str | None = Field(None, description="Who: initials.", examples=["RR"])
    on: str | None = Field(None, description="When.", examples=["2026-03-02"])
    position: Position | None = made("Where it stands in the file.")


class Contrast(Record):
    """What tests and effects have in common."""

    p: Number | None = Field(None, description="p, as printed.", examples=["<0.05"])
    sided: Sided | None = Field(
        None, description="one or two, where stated; held as 1 or 2.", examples=["two"]
    )
    df: tuple[Number, ...] = Field((), description="Degrees of freedom; two for F.", examples=["158"])
    note: str | None = Field(None, description="Anything a reader should know.", examples=["read so"])
    id: str | None = Field(
        None, description="Tells two of the same contrast apart in addresses.", examples=["week-24"]
    )
    accept: tuple[Acceptance, ...] = Field(
        (),
        description="Findings accepted.",
        examples=[[{"code": "AUD302", "was": "1.661", "because": "..."}]],
    )
    quotes: tuple[str, ...] = made("Printed fragments the numbers were copied from.", ())
    contrast: str = made("What is compared, as in the address.", "")
    address: str = made("Address of the test or effect.", "")
    position: Position | None = made("Where it stands in the file.")


class Test(Contrast):
    """A test, as printed."""

    __test__ = False

    letter: str | None = made("The printed letter of the statistic.")
    statistic: Number | None = Field(None, description="Statistic without a letter.", examples=["5.794"])
    test: TestName | None = Field(
        None, description="The test, where the source names it.", examples=["log-rank"]
    )
    claim: Literal["significant", "not-significant"] | None = Field(
        None, description="What the words say.", examples=["significant"]
    )
    higher: str | None = Field(
        None, description="The side that the words call higher.", examples=["anlotinib"]
    )
    compare: tuple[tuple[str, ...], ...] = Field(
        (),
        description="The sides: arms, or times with `within`. Absent: all arms of the entry.",
        examples=[["anlotinib", "sorafenib"]],
    )
    within: str | None = Field(
        None, description="Times within this arm, or within `each`.", examples=["anlotinib"]
    )
    across: str | None = Field(
        None, description="The subgroup factor, for interaction and cmh.", examples=["prior-therapy"]
    )
    of: Literal["level", "change", "percent-change"] = Field(
        "level", description="What of the endpoint was compared.", examples=["percent-change"]
    )


class Effect(Contrast):
    """An effect between arms, as printed."""

    joint = "."

    measure: str = Field(description="Measure: HR OR RR RD MD SMD ROM IRR IRD RMSTD.", examples=["HR"])
    compare: tuple[tuple[str, ...], ...] = Field(
        description="First versus second, as a ratio or difference reads.",
        examples=[["vandetanib", "placebo"]],
    )
    estimate: Number | None = Field(None, description="The estimate.", examples=["0.63"])
    se: Number | None = Field(None, description="Its standard error.", examples=["0.16"])
    intervals: tuple[Interval, ...] = made("Intervals, from ci95 and its sisters.", ())
    o_minus_e: Number | None = Field(None, description="Observed minus expected.", examples=["-12.4"])
    variance: Number | None = Field(None, description="Its variance.", examples=["30.1"])
    tau: Number | None = Field(None, description="Horizon of restricted means.", examples=["12"])
    margin: Number | None = Field(None, description="Non-inferiority margin.", examples=["1.25"])
    scale: Literal["log", "percent"] | None = Field(
        None,
        description="`log` where printed as a logarithm, `percent` for a risk difference in per cent.",
        examples=["log"],
    )
    adjusted: tuple[str, ...] | None = Field(
        None, description="What it is adjusted for; none; not-reported.", examples=[["age", "sex"]]
    )
    stratified: tuple[str, ...] | None = Field(
        None, description="What it is stratified by; none; not-reported.", examples=[["region"]]
    )
    crossover: str | None = Field(
        None, description="How treatment changes were handled.", examples=["RPSFTM"]
    )
    method: str | None = Field(None, description="The model.", examples=["cox"])
    interval_kind: str | None = Field(
        None, alias="interval", description="An unusual interval.", examples=["bootstrap"]
    )

    @property
    def interval(self) -> Interval | None:
        """The first interval printed, or None."""
        return self.intervals[0] if self.intervals else None


class Entry(Record):
    """One endpoint (or baseline variable) under one set of qualifiers, printed in one place."""

    endpoint: str = Field(description="An endpoint of review.yaml.", examples=["objective-response"])
    at: tuple[str, ...] = Field((), description="Time since a patient's start.", examples=["6 months"])
    cut: str | None = Field(None, description="A data cut-off of `cuts`.", examples=["interim"])
    set: str | None = Field(None, description="Who is counted, of `sets`.", examples=["safety"])
    assessor: Literal["independent", "investigator", "local", "central", "patient"] | None = Field(
        None, description="Who judged.", examples=["independent"]
    )
    criteria: str | None = Field(None, description="By which criteria.", examples=["RECIST 1.1"])
    confirmed: Flag | None = Field(None, description="Whether confirmed.", examples=["true"])
    grade: str | None = Field(None, description="Grade of an adverse event.", examples=["3+"])
    unit: str | None = Field(None, description="Unit, as printed.", examples=["months"])
    source: str | None = Field(None, description="A name of `sources`.", examples=["registry"])
    origin: Literal["printed", "figure", "authors", "derived"] = Field(
        "printed", description="How the numbers came.", examples=["figure"]
    )
    reading_error: Number | None = Field(
        None, description="Reading error of a figure, if known.", examples=["0.01"]
    )
    items: Number | None = Field(
        None,
        description="Whole-number answers that each value is the mean of; 1 where values are whole numbers.",
        examples=["1"],
    )
    scale: tuple[Number, Number] | None = Field(
        None, description="Least and greatest value that anybody can have.", examples=[["1", "7"]]
    )
    label: str | None = Field(None, description="What the paper calls it.", examples=["overall response"])
    where: str | None = Field(None, description="A place a reader can turn to.", examples=["Table 2"])
    note: str | None = Field(None, description="Anything a reader should know.", examples=["sic"])
    id: str | None = Field(None, description="Only where two addresses would clash.", examples=["second"])
    results: tuple[Result, ...] = made("Results, one for each arm and time.", ())
    shared: tuple[Shared, ...] = Field(
        (), description="Printed for several arms at once.", examples=[[{"arms": "all"}]]
    )
    tests: tuple[Test, ...] = Field((), description="Tests.", examples=[[{"chi2": "5.794", "p": "<0.05"}]])
    effects: tuple[Effect, ...] = Field(
        (), description="Effects between arms.", examples=[[{"measure": "HR", "compare": ["a", "b"]}]]
    )
    pairs: Pairs | None = Field(
        None, description="A paired two by two.", examples=[{"compare": ["left", "right"], "both": "12"}]
    )
    categories: tuple[str, ...] = Field(
        (), description="Categories, in printed order.", examples=[["CR", "PR", "SD", "PD"]]
    )
    ordered: Flag | None = Field(None, description="Whether their order means something.", examples=["true"])
    accept: tuple[Acceptance, ...] = Field(
        (),
        description="Findings accepted.",
        examples=[[{"code": "AUD302", "was": "1.661", "because": "..."}]],
    )
    quotes: tuple[str, ...] = made("Printed fragments the numbers were copied from.", ())
    subgroup: str | None = made("The subgroup level it is about; None is everybody.")
    baseline: bool = made("Whether it is a baseline characteristic.", False)
    address: str = made("study/endpoint[@time][#id].", "")
    position: Position | None = made("Where it stands in the file.")
