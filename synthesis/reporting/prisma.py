"""The items of PRISMA 2020, in our words, and where the page meets each.

Source: Page MJ et al., BMJ 2021;372:n71 (items and their numbers; the wording here is ours).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the checklist.

    ``met`` is the anchor of the section that meets it where that section is on the page; ``statement`` the
    author's statement in review.yaml that meets it; with neither the item is for the manuscript.
    """

    number: str
    topic: str
    met: str = ""
    statement: str = ""


ITEMS = (
    Item("1", "Title: says that it is a systematic review", statement="title"),
    Item("2", "Abstract", statement="abstract"),
    Item("3", "Rationale", statement="rationale"),
    Item("4", "Objectives: the question", met="summary"),
    Item("5", "Eligibility criteria, and how studies were grouped", statement="eligibility"),
    Item("6", "Information sources, with dates", statement="information_sources"),
    Item("7", "Search strategies in full", statement="search"),
    Item("8", "Selection process", statement="selection"),
    Item("9", "Data collection process", statement="data_collection"),
    Item("10a", "Outcomes sought, and which results of each were taken", met="outcomes"),
    Item("10b", "Other variables sought", met="studies"),
    Item("11", "Risk of bias of the studies: how it was judged", statement="bias_methods"),
    Item("12", "Effect measures of each outcome", met="outcomes"),
    Item("13a", "Which studies entered each synthesis", met="outcomes"),
    Item("13b", "Preparation of the data", met="methods"),
    Item("13c", "Display of results", met="methods"),
    Item("13d", "Methods of synthesis, with software", met="methods"),
    Item("13e", "Exploration of heterogeneity", met="methods"),
    Item("13f", "Sensitivity analyses", met="sensitivity"),
    Item("14", "Missing results: how their risk was judged", statement="missing_results"),
    Item("15", "Certainty: how it was judged", statement="certainty_methods"),
    Item("16a", "Flow of records and studies", met="flow"),
    Item("16b", "Studies that might seem to belong and were left out, and why", met="excluded"),
    Item("17", "Characteristics of each study", met="studies"),
    Item("18", "Risk of bias of each study", met="bias"),
    Item("19", "Results of each study: data, estimate, precision", met="outcomes"),
    Item("20a", "For each synthesis: its studies and their risk of bias", met="outcomes"),
    Item("20b", "Results of all syntheses, with heterogeneity", met="outcomes"),
    Item("20c", "Causes of heterogeneity", met="outcomes"),
    Item("20d", "Results of sensitivity analyses", met="sensitivity"),
    Item("21", "Missing results: what was found", statement="missing_results"),
    Item("22", "Certainty of each body of evidence", met="sof"),
    Item("23a", "Interpretation beside other evidence", statement="interpretation"),
    Item("23b", "Limitations of the evidence", statement="limits_of_evidence"),
    Item("23c", "Limitations of the review processes", statement="limits_of_review"),
    Item("23d", "Implications for practice, policy and research", statement="implications"),
    Item("24", "Registration, protocol and amendments", statement="registration"),
    Item("25", "Support", statement="support"),
    Item("26", "Competing interests", statement="interests"),
    Item("27", "Availability of data, code and materials", met="reproducibility"),
)
