"""A study file as typed, frozen records: what one study printed, in the reader's order."""

from typing import Any, Literal

from pydantic import Field

from evidence.entry import (
    Acceptance,
    Entry,
    Result,
    Statistics,
)
from evidence.records import Flag, Format, Number, Position, Record, made

__all__ = [
    *("Acceptance", "Effect", "Entry", "Interval", "Result", "Statistics", "Test"),
    *("AnalysisSet", "Arm", "Bias", "Cut", "Design", "Endpoint", "Factor", "FollowUp", "Judgement", "Level"),
    *("Overlap", "Publication", "Stage", "Study", "Unplaced"),
]


STAGES = ("screened", "randomised", "treated", "crossed-over", "lost", "withdrawn", "excluded", "analysed")


class Publication(Record):
    """Something that printed numbers of the study."""

    kind: Literal[
        "paper", "abstract", "supplement", "registry", "correction", "correspondence", "secondary",
        "preprint", "news", "press", "authors",
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


class FollowUp(Statistics):
    """How long people were followed."""

    unit: str | None = Field(None, description="Unit, as printed.", examples=["months"])
    where: str | None = Field(None, description="A place a reader can turn to.", examples=["Abstract"])
    source: str | None = Field(None, description="A name of `sources`.", examples=["registry"])
    results: tuple[Result, ...] = made("Follow-up of every arm.", ())


class Stage(Statistics):
    """People of one arm at one stage of the study."""

    where: str | None = Field(None, description="A place a reader can turn to.", examples=["Figure 1"])
    source: str | None = Field(None, description="A name of `sources`.", examples=["registry"])


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

    unnamed = frozenset({"levels"})

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
    flow: dict[str, dict[str, Stage]] = Field(
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
    rounding: Literal["nearest", "truncation", "either"] | None = Field(
        None, description="How numbers were shortened; nearest unless stated.", examples=["truncation"]
    )
    note: str | None = Field(None, description="Anything a reader should know.", examples=["abstract only"])
    file: str = made("The file's name.", "")
    warnings: tuple[Any, ...] = made("Problems that did not stop the reading.", ())

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every outcome, then every baseline characteristic."""
        return self.outcomes + self.baseline
