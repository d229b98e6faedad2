"""A study file as typed, frozen records: what one source printed, in the reader's order.

The records hold a study as it is asked, not as it is laid out in the file: tables and subgroups are spread
out into entries, arms and times into flat results. Fields marked as made are filled in by the reader.
"""

from fractions import Fraction
from typing import Any, Literal

from pydantic import Field

from evidence.records import Flag, Format, Number, Position, Record, Sided, made

LETTERS = ("chi2", "t", "z", "f", "u", "w", "h", "q", "rho", "statistic")
INTERVALS = ("ci95", "ci90", "ci99", "ci60", "ci80", "ci96", "ci97.5", "cri95", "ci", "cri")
QUALIFIERS = (
    "at", "cut", "set", "assessor", "criteria", "confirmed", "grade", "unit", "source", "origin",
)  # fmt: skip
TIMES = ("before", "after", "change", "percent-change", "last", "end-of-treatment", "best")
RESERVED = ("all", "each", "none", *TIMES)
STAGES = ("screened", "randomised", "treated", "crossed-over", "lost", "withdrawn", "analysed")
KINDS = ("binary", "count", "continuous", "ordinal", "time-to-event")

TestName = Literal[
    "chi-square", "chi-square-corrected", "fisher", "mcnemar", "cmh", "trend", "t", "welch", "paired-t",
    "anova", "repeated-measures", "mann-whitney", "signed-rank", "kruskal-wallis", "friedman", "log-rank",
    "stratified-log-rank", "gehan", "cox", "interaction", "correlation",
]  # fmt: skip


class Publication(Record):
    """Something that printed numbers of the study."""

    kind: Literal[
        "paper", "abstract", "supplement", "registry", "correction", "correspondence", "secondary", "news",
        "press", "authors",
    ] = Field(description="What it is.", examples=["abstract"])  # fmt: skip
    title: str | None = Field(None, description="Its title.", examples=["Anlotinib in RAIR-DTC"])
    journal: str | None = Field(None, description="The journal or site.", examples=["Lancet"])
    year: str | None = Field(None, description="Year of publication.", examples=["2024"])
    doi: str | None = Field(None, description="DOI, without a web address.", examples=["10.1000/xyz123"])
    pmid: str | None = Field(None, description="PubMed number.", examples=["24768112"])
    url: str | None = Field(None, description="Web address.", examples=["https://example.org/paper"])
    corrects: str | None = Field(
        None, description="For a correction: the name of the source it corrects.", examples=["paper"]
    )
    authors: str | None = Field(None, description="Authors, as printed.", examples=["Chen Z, Tang X"])
    note: str | None = Field(None, description="Anything a reader should know.", examples=["in Chinese"])


class Design(Record):
    """How the study was made."""

    kind: Literal[
        "randomised-trial", "non-randomised-trial", "cohort", "case-control", "cross-sectional", "single-arm",
        "case-series",
    ] = Field(description="Kind of study.", examples=["cohort"])  # fmt: skip
    timing: Literal["prospective", "retrospective"] | None = Field(
        None, description="Whether people were followed forwards or looked up.", examples=["retrospective"]
    )
    blinding: Literal["none", "single", "double", "unstated"] | None = Field(
        None, description="Who did not know the treatment.", examples=["double"]
    )
    paired: Literal["crossover", "matched", "split-body"] | None = Field(
        None, description="Arms are pairs: tests between them are paired.", examples=["crossover"]
    )
    ratio: str | None = Field(None, description="Allocation ratio, as printed.", examples=["2:1"])
    clusters: Number | None = Field(None, description="Number of clusters allocated.", examples=["24"])
    centres: Number | None = Field(None, description="Number of centres.", examples=["1"])
    country: str | None = Field(None, description="Where.", examples=["China"])
    setting: str | None = Field(None, description="Setting.", examples=["Gansu Provincial Tumor Hospital"])
    recruitment: str | None = Field(
        None, description="Dates of recruitment, a span with /.", examples=["2018-01/2023-12"]
    )
    follow_up_until: str | None = Field(None, description="End of follow-up.", examples=["2023-12"])
    note: str | None = Field(None, description="Anything a reader should know.", examples=["stopped early"])


class Arm(Record):
    """One group of the study, as allocated."""

    treatment: str = Field(description="A treatment of review.yaml.", examples=["anlotinib"])
    n: Number = Field(description="People in the arm, as allocated.", examples=["82"])
    label: str | None = Field(None, description="What the source calls it.", examples=["Group A"])
    dose: str | None = Field(None, description="Dose, as printed.", examples=["12 mg daily"])
    note: str | None = Field(None, description="Anything a reader should know.", examples=["open label"])


class Interval(Record):
    """A confidence or credible interval, as printed; level None where it was not printed."""

    key: str = made("The key it was written under.", "ci95")
    kind: Literal["ci", "cri"] = made("Confidence or credible.", "ci")
    level: Fraction | None = made("Level in per cent.")
    low: Number = made("Lower limit.", ...)
    high: Number = made("Upper limit.", ...)


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
    scale: Literal["log"] | None = Field(
        None, description="`log` where printed as a logarithm.", examples=["log"]
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


class FollowUp(Statistics):
    """How long people were followed."""

    unit: str | None = Field(None, description="Unit, as printed.", examples=["months"])
    where: str | None = Field(None, description="A place a reader can turn to.", examples=["Abstract"])
    results: tuple[Result, ...] = made("Follow-up of every arm.", ())


class AnalysisSet(Record):
    """Who is counted."""

    n: dict[str, Number] = Field(
        {}, description="People counted in each arm; not-reported.", examples=[{"anlotinib": "80"}]
    )
    excluded: dict[str, Number] = Field(
        {}, description="Printed exclusions of each arm.", examples=[{"anlotinib": "2"}]
    )
    total: Number | None = Field(None, description="People counted altogether.", examples=["158"])
    counts: str | None = Field(None, description="Another unit than the patient.", examples=["nodes"])
    clustered_in: str | None = Field(None, description="What the units lie in.", examples=["patients"])
    label: str | None = Field(None, description="What the paper calls it.", examples=["safety population"])
    note: str | None = Field(None, description="Anything a reader should know.", examples=["as treated"])


class Cut(Record):
    """A data cut-off."""

    n: Number | None = Field(None, description="People by then.", examples=["187"])
    date: str | None = Field(None, description="When.", examples=["2021-02-08"])
    follow_up: FollowUp | None = Field(
        None, description="Follow-up by then.", examples=[{"median": "6.2", "unit": "months"}]
    )
    label: str | None = Field(None, description="What the paper calls it.", examples=["interim analysis"])
    note: str | None = Field(None, description="Anything a reader should know.", examples=["planned"])


class Level(Record):
    """One level of a subgroup factor."""

    n: dict[str, Number] = Field(
        {}, description="People in each arm.", examples=[{"cabozantinib": "63", "placebo": "33"}]
    )
    label: str | None = Field(None, description="What the paper calls it.", examples=["sorafenib only"])
    note: str | None = Field(None, description="Anything a reader should know.", examples=["post hoc"])


class Factor(Record):
    """A subgroup factor and its levels."""

    levels: dict[str, Level] = made("The levels.", ...)
    partial: Flag = Field(False, description="Levels do not cover everybody.", examples=["true"])
    label: str | None = Field(None, description="What the paper calls it.", examples=["prior therapy"])


class Overlap(Record):
    """Another study that may hold the same people."""

    study: str = Field(description="The other study.", examples=["liaocheng-series"])
    certainty: Literal["certain", "likely", "excluded"] = Field(
        description="How sure the overlap is.", examples=["likely"]
    )
    because: str | None = Field(None, description="Why.", examples=["same hospital and years"])


class Unplaced(Record):
    """Something printed that belongs to no result."""

    text: str = Field(description="What was printed.", examples=["74.36"])
    where: str | None = Field(None, description="Where.", examples=["Abstract, Results"])
    because: str | None = Field(None, description="Why it has no place.", examples=["repeats another"])
    number: Number | None = made("The text as a number, where it is one.")
    position: Position | None = made("Where it stands in the file.")


class Judgement(Record):
    """A judgement made by people."""

    judgement: str = Field(description="In the tool's words.", examples=["serious"])
    because: str | None = Field(None, description="Why.", examples=["no adjustment"])


class Bias(Record):
    """Risk of bias, judged by people with a tool."""

    tool: Literal["RoB2", "ROBINS-I", "NOS", "JBI", "INSPECT-SR"] = Field(
        description="The tool.", examples=["ROBINS-I"]
    )
    outcomes: tuple[str, ...] = Field(
        (), alias="for", description="The endpoints it is about.", examples=[["objective-response"]]
    )
    by: tuple[str, ...] = Field((), description="Who judged: initials.", examples=[["RR"]])
    overall: Judgement | None = Field(
        None, description="Overall judgement.", examples=[{"judgement": "serious", "because": "..."}]
    )
    domains: dict[str, Judgement] = Field(
        {}, description="Judgement of each domain.", examples=[{"confounding": {"judgement": "serious"}}]
    )
    note: str | None = Field(
        None, description="Anything a reader should know.", examples=["from the abstract"]
    )


class Endpoint(Record):
    """What is measured, and which way is better."""

    kind: Literal["binary", "count", "continuous", "ordinal", "time-to-event"] = Field(
        description="Kind of outcome.", examples=["binary"]
    )
    label: str | None = Field(None, description="Name for figures.", examples=["Objective response"])
    unit: str | None = Field(None, description="Unit that pools are shown in.", examples=["months"])
    better: Literal["higher", "lower", "first", "last"] | None = Field(
        None, description="Which way is better on the endpoint's own scale.", examples=["higher"]
    )
    measure: str | None = Field(None, description="Default effect measure.", examples=["RR"])
    synonyms: tuple[str, ...] = Field((), description="Other names.", examples=[["ORR"]])
    windows: dict[str, tuple[str, str]] = Field(
        {}, description="Times that count as one.", examples=[{"6 months": ["5 months", "8 months"]}]
    )
    categories: tuple[str, ...] = Field((), description="Categories, in order.", examples=[["CR", "PR"]])
    ordered: Flag | None = Field(None, description="Whether their order means something.", examples=["true"])
    sums: dict[str, tuple[str, ...]] = Field(
        {}, description="Endpoints that are sums of categories.", examples=[{"objective-response": ["CR"]}]
    )
    note: str | None = Field(None, description="Anything a reader should know.", examples=["local only"])


class Study(Record):
    """One study, as printed."""

    format: Format = Field(description="Version of the format.", examples=["1"])
    study: str = Field(description="Key of the study: the file's name.", examples=["gansu-2024"])
    label: str = Field(description="What a forest plot prints.", examples=["Gansu 2024"])
    sources: dict[str, Publication] = Field(
        description="What printed the numbers, the most trusted first.",
        examples=[{"abstract": {"kind": "abstract", "year": "2024"}}],
    )
    design: Design = Field(description="How it was made.", examples=[{"kind": "cohort"}])
    arms: dict[str, Arm] = Field(
        description="Groups, in the order of tables.", examples=[{"anlotinib": {"treatment": "x", "n": "82"}}]
    )
    outcomes: tuple[Entry, ...] = Field(
        description="What was found.", examples=[[{"endpoint": "objective-response", "where": "Abstract"}]]
    )
    registration: str | None = Field(None, description="Registry number.", examples=["NCT06362772"])
    total: Number | None = Field(None, description="People altogether, where printed.", examples=["160"])
    sets: dict[str, AnalysisSet] = Field(
        {}, description="Who is counted.", examples=[{"safety": {"n": {"sorafenib": "207"}}}]
    )
    cuts: dict[str, Cut] = Field({}, description="Data cut-offs.", examples=[{"interim": {"n": "187"}}])
    subgroups: dict[str, Factor] = Field(
        {}, description="Factors and their levels.", examples=[{"sex": {"women": {"n": {"a": "40"}}}}]
    )
    endpoints: dict[str, Endpoint] = Field(
        {},
        description="Endpoints that review.yaml lacks.",
        examples=[{"vocal-cord-palsy": {"kind": "binary"}}],
    )
    flow: dict[str, dict[str, Statistics]] = Field(
        {}, description="People at each stage.", examples=[{"lost": {"placebo": {"events": "3"}}}]
    )
    follow_up: FollowUp | None = Field(
        None, description="How long people were followed.", examples=[{"unit": "months", "median": "14"}]
    )
    baseline: tuple[Entry, ...] = Field(
        (), description="Baseline characteristics.", examples=[[{"variable": "age", "where": "Table 1"}]]
    )
    bias: tuple[Bias, ...] = Field((), description="Risk of bias.", examples=[[{"tool": "RoB2"}]])
    overlaps: tuple[Overlap, ...] = Field(
        (), description="Studies that may hold the same people.", examples=[[{"study": "other-2020"}]]
    )
    unplaced: tuple[Unplaced, ...] = Field(
        (),
        description="Printed, but belonging to no result.",
        examples=[[{"text": "74.36", "because": "..."}]],
    )
    accept: tuple[Acceptance, ...] = Field(
        (), description="Findings accepted for the whole study.", examples=[[{"code": "AUD302", "was": "1"}]]
    )
    note: str | None = Field(None, description="Anything a reader should know.", examples=["abstract only"])
    file: str = made("The file's name.", "")
    warnings: tuple[Any, ...] = made("Problems that did not stop the reading.", ())

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every outcome, then every baseline characteristic."""
        return self.outcomes + self.baseline
