"""What a review plans to pool: the entries asked for, those preferred, the comparison, the model."""

from typing import Literal

from pydantic import Field

from evidence.records import Flag, Number, Record

Designs = Literal[
    "randomised-trial", "non-randomised-trial", "cohort", "case-control", "cross-sectional", "single-arm",
    "case-series",
]  # fmt: skip

ANY = "any"
"""On a side of a comparison: every treatment that is neither a reference nor on the other side."""
NONE = "none"
"""In a list of qualifiers: an entry that does not state this one."""
BY = ("treatment", "class", "design", "timing", "blinding", "country", "assessor", "criteria", "confirmed")
"""What rows may be grouped by, besides the subgroup factors that studies declare."""


class Qualified(Record):
    """Qualifiers of an entry or effect, several of them where one is as good as another."""

    at: tuple[str, ...] = Field((), description="Times.", examples=[["6 months"]])
    cut: tuple[str, ...] = Field((), description="Data cut-offs.", examples=[["update", "primary"]])
    set: tuple[str, ...] = Field((), description="Analysis sets.", examples=[["itt"]])
    assessor: tuple[str, ...] = Field((), description="Assessors.", examples=[["independent"]])
    criteria: tuple[str, ...] = Field((), description="Criteria.", examples=[["RECIST 1.1"]])
    confirmed: tuple[str, ...] = Field((), description="Whether confirmed.", examples=["true"])
    grade: tuple[str, ...] = Field((), description="Grades; any where not said.", examples=["3+"])
    unit: tuple[str, ...] = Field((), description="Units.", examples=["months"])
    source: tuple[str, ...] = Field((), description="Sources.", examples=[["paper"]])
    adjusted: tuple[str, ...] = Field((), description="Adjustment.", examples=[["adjusted", "none"]])
    crossover: tuple[str, ...] = Field(
        (), description="How treatment changes were handled; none is as allocated.", examples=[["none"]]
    )


class Prefer(Qualified):
    """Which of several entries of a study is used: the first that exists."""


class Compared(Record):
    """What a synthesis compares, on which endpoint."""

    endpoint: str | None = Field(
        None, description="An endpoint; needed but for `indirect`.", examples=["progression-free-survival"]
    )
    compare: tuple[tuple[str, ...], ...] = Field(
        (),
        description="First versus second, a treatment, a list of them, or any; one side for single arms.",
        examples=[[["sorafenib", "lenvatinib"], "placebo"]],
    )
    via: str | None = Field(
        None, description="Compare indirectly, through this treatment.", examples=["placebo"]
    )
    indirect: tuple[str, ...] = Field(
        (),
        description="Two syntheses with the same second side, the first compared with the other.",
        examples=[["pfs-lenvatinib", "pfs-sorafenib"]],
    )


class Synthesis(Qualified, Compared):
    """One pool that the review plans."""

    label: str | None = Field(None, description="Title for figures.", examples=["PFS against placebo"])
    measure: str | None = Field(None, description="Effect measure.", examples=["HR"])
    designs: tuple[Designs, ...] = Field((), description="Designs included.", examples=[["cohort"]])
    prefer: Prefer = Field(
        Prefer.model_construct(), description="Before the review's.", examples=[{"assessor": ["independent"]}]
    )
    pooled: Flag = Field(
        True, description="false to set results side by side without a mean.", examples=["false"]
    )
    model: str | None = Field(None, description="Model.", examples=["random-effects"])
    tau2: str | None = Field(None, description="Estimator of tau2.", examples=["REML"])
    interval: str | None = Field(None, description="Interval of the pool.", examples=["HKSJ-wider"])
    zeros: Literal["one-half", "treatment-arm", "none", "drop"] | None = Field(
        None, description="What is added to counts with an empty cell.", examples=["treatment-arm"]
    )
    level: Number | None = Field(None, description="Level in per cent.", examples=["95"])
    by: str | None = Field(
        None, description="treatment, class, design or a subgroup factor.", examples=["treatment"]
    )
    leave_out: dict[str, str] = Field(
        {},
        description="Studies, or arms as study/arm, left out, and why.",
        examples=[{"astra": "adjuvant setting"}],
    )
    note: str | None = Field(None, description="Anything a reader should know.", examples=["primary"])
