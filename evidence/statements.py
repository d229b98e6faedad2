"""What only the authors of a review can say: the records they went through, and statements in their words."""

from __future__ import annotations

from pydantic import Field

from evidence.records import Number, Record


class RecordFlow(Record):
    """How many records and reports there were at each step of the search (PRISMA 2020, item 16a)."""

    identified: Number | None = Field(None, description="Records identified.", examples=["1,204"])
    removed: Number | None = Field(None, description="Records removed before screening.", examples=["310"])
    screened: Number | None = Field(None, description="Records screened.", examples=["894"])
    screened_out: Number | None = Field(None, description="Records excluded.", examples=["810"])
    sought: Number | None = Field(None, description="Reports sought.", examples=["84"])
    not_retrieved: Number | None = Field(None, description="Reports not retrieved.", examples=["2"])


class Statements(Record):
    """Statements of the authors, in their words; a report shows the missing ones as not supplied."""

    title: str | None = Field(None, description="Title of the manuscript.", examples=["A systematic review"])
    abstract: str | None = Field(None, description="Where the abstract is.", examples=["in the manuscript"])
    rationale: str | None = Field(None, description="Why the review was made.", examples=["two new trials"])
    eligibility: str | None = Field(
        None, description="Which studies belong, and how they are grouped.", examples=["adults, any line"]
    )
    information_sources: str | None = Field(
        None, description="Where was searched, and until when.", examples=["PubMed to 2026-10-01"]
    )
    search: str | None = Field(None, description="The search strategy.", examples=["appendix 1"])
    selection: str | None = Field(None, description="Who selected, and how.", examples=["two reviewers"])
    data_collection: str | None = Field(
        None, description="Who copied the numbers, and how.", examples=["two reviewers, apart"]
    )
    bias_methods: str | None = Field(
        None, description="How risk of bias was judged.", examples=["RoB 2 by two reviewers"]
    )
    missing_results: str | None = Field(
        None, description="What is known of results that are missing.", examples=["registry compared"]
    )
    certainty_methods: str | None = Field(
        None, description="How certainty was judged.", examples=["GRADE by two reviewers"]
    )
    interpretation: str | None = Field(
        None, description="The results beside other evidence.", examples=["agrees with the label"]
    )
    limits_of_evidence: str | None = Field(
        None, description="Limits of the evidence.", examples=["few trials, early stopping"]
    )
    limits_of_review: str | None = Field(
        None, description="Limits of how the review was made.", examples=["abstracts only"]
    )
    implications: str | None = Field(
        None, description="For practice, policy and research.", examples=["a head-to-head trial"]
    )
    registration: str | None = Field(
        None, description="Registration, protocol and amendments.", examples=["PROSPERO CRD42000000000"]
    )
    support: str | None = Field(None, description="Money and other support.", examples=["none"])
    interests: str | None = Field(None, description="Competing interests.", examples=["none declared"])
