"""A review file as typed, frozen records: the question, the names studies may use, and what to pool."""

from typing import Annotated, Any, Literal

from pydantic import Field

from evidence.planned import Designs, Prefer, Synthesis
from evidence.records import Flag, Format, Instance, Number, Record, Steps, made
from evidence.statements import RecordFlow, Statements
from evidence.study import Endpoint, Study

__all__ = ["Certainty", "Prefer", "Question", "Review", "Synthesis", "Treatment"]

# Built and checked by itself; building its schema a second time would cost a tenth of a second.
Included = Annotated[Study, Instance("record", Study)]


class Question(Record):
    """What the review asks."""

    population: str | None = Field(None, description="Who.", examples=["adults with progressive RAIR-DTC"])
    intervention: str | None = Field(None, description="Which treatment.", examples=["anlotinib"])
    comparison: str | None = Field(None, description="Against what.", examples=["sorafenib or placebo"])
    outcome: str | None = Field(None, description="What is measured.", examples=["progression-free survival"])
    designs: tuple[Designs, ...] = Field((), description="Designs included.", examples=[["cohort"]])
    note: str | None = Field(None, description="Anything a reader should know.", examples=["updated yearly"])


class Treatment(Record):
    """A treatment, or a combination of treatments."""

    label: str = Field(description="Name for figures.", examples=["Anlotinib"])
    components: tuple[str, ...] = Field(
        (), description="Treatments it is made of.", examples=[["anlotinib", "iodine-125-seeds"]]
    )
    class_: str | None = Field(
        None, alias="class", description="Class of drug.", examples=["multikinase inhibitor"]
    )
    synonyms: tuple[str, ...] = Field((), description="Other names.", examples=[["AL3818"]])
    reference: Flag = Field(False, description="Whether others are compared with it.", examples=["true"])
    note: str | None = Field(None, description="Anything a reader should know.", examples=["not in the EU"])


class BaselineRisk(Record):
    """A risk without the treatment, for absolute effects."""

    label: str | None = Field(None, description="Whose risk.", examples=["typical"])
    at: str | None = Field(None, description="By when.", examples=["12 months"])
    risk: Number = Field(description="Risk in per cent.", examples=["80"])
    origin: str | None = Field(
        None, alias="from", description="Where it comes from.", examples=["placebo arms of the trials"]
    )


class Step(Record):
    """A step down or up in certainty."""

    by: Steps = Field(description="How many levels.", examples=["1"])
    because: str | None = Field(None, description="Why.", examples=["one small trial"])


class Certainty(Record):
    """Certainty of a body of evidence, judged by people."""

    start: Literal["high", "moderate", "low", "very-low"] = Field(
        description="Where it starts.", examples=["high"]
    )
    down: dict[str, Step] = Field(
        {}, description="Steps down.", examples=[{"imprecision": {"by": "1", "because": "..."}}]
    )
    up: dict[str, Step] = Field(
        {}, description="Steps up.", examples=[{"large-effect": {"by": "1", "because": "..."}}]
    )
    overall: Literal["high", "moderate", "low", "very-low"] = Field(
        description="Where it ends.", examples=["moderate"]
    )
    by: tuple[str, ...] = Field((), description="Who judged: initials.", examples=[["RR", "TS"]])


class EndpointGroup(Endpoint):
    """One definition for many endpoints, as written."""

    endpoints: tuple[str, ...] = Field(description="The endpoints.", examples=[["hypertension", "fatigue"]])


class Review(Record):
    """A review and its studies."""

    format: Format = Field(description="Version of the format.", examples=["1"])
    review: str = Field(description="Key of the review.", examples=["rair-dtc"])
    label: str | None = Field(None, description="Title of the report.", examples=["Anlotinib in RAIR-DTC"])
    question: Question = Field(
        Question.model_construct(), description="What the review asks.", examples=[{"population": "adults"}]
    )
    treatments: dict[str, Treatment] = Field(
        description="Treatments that arms may name.", examples=[{"anlotinib": {"label": "Anlotinib"}}]
    )
    endpoints: dict[str, Endpoint] = Field(
        {}, description="Endpoints that outcomes may name.", examples=[{"fatigue": {"kind": "binary"}}]
    )
    endpoint_groups: dict[str, EndpointGroup] = Field(
        {},
        description="One definition for many endpoints.",
        examples=[{"adverse-events": {"kind": "binary", "endpoints": ["fatigue"]}}],
    )
    prefer: Prefer = Field(
        Prefer.model_construct(), description="Which of several entries is used.", examples=[{"set": ["itt"]}]
    )
    syntheses: dict[str, Synthesis] = Field(
        {},
        description="What is pooled.",
        examples=[{"orr": {"endpoint": "objective-response", "compare": ["a", "b"]}}],
    )
    baseline_risks: dict[str, tuple[BaselineRisk, ...]] = Field(
        {}, description="Risks without treatment.", examples=[{"fatigue": [{"risk": "20"}]}]
    )
    certainty: dict[str, Certainty] = Field(
        {}, description="Certainty of each synthesis.", examples=[{"orr": {"start": "low", "overall": "low"}}]
    )
    focus: tuple[str, ...] = Field(
        (), description="Studies that the report's front tells of one by one.", examples=[["smith-2020"]]
    )
    excluded: dict[str, str] = Field(
        {}, description="Studies looked at and left out, and why.", examples=[{"x-2019": "wrong population"}]
    )
    flow: RecordFlow | None = Field(
        None,
        description="Records at each step of the search.",
        examples=[{"identified": "1,204", "screened": "894"}],
    )
    statements: Statements = Field(
        Statements.model_construct(),
        description="What only the authors can say.",
        examples=[{"support": "none"}],
    )
    note: str | None = Field(None, description="Anything a reader should know.", examples=["living review"])
    studies: tuple[Included, ...] = made("The studies, in order of their file names.", ())
    files: dict[str, str] = made("Text of every file read, by its name as shown.", {})
    file: str = made("The review file's name.", "")
    folder: str = made("The folder, as given.", "")
    warnings: tuple[Any, ...] = made("Problems that did not stop the reading.", ())

    def study(self, key: str) -> Study:
        """The study of this key.

        Raises
        ------
        KeyError
            When the review has no such study.
        """
        for study in self.studies:
            if study.study == key:
                return study
        raise KeyError(f"no study {key!r}; there are {', '.join(s.study for s in self.studies)}")
