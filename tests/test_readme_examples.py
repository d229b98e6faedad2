"""Every example in the README's tables of the study file and of the plan is understood."""

import re
from pathlib import Path

import pytest
import yaml

import evidence

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
REVIEW = """\
format: 1
review: made-up
treatments:
  {active: {label: A}, other: {label: O}, a: {label: A1}, b: {label: B}, placebo: {label: P, reference: true}}
endpoints:
  objective-response: {kind: binary, better: higher}
  rash: {kind: binary, better: lower}
  progression-free-survival: {kind: time-to-event, unit: months, better: higher}
  best-response: {kind: ordinal, categories: [CR, PR], better: first}
  marker: {kind: continuous, unit: mg, better: lower}
"""
TOP = (
    "subgroups",
    "sets",
    "cuts",
    "flow",
    "follow_up",
    "sources",
    "baseline",
    "overlaps",
    "unplaced",
    "accept",
)
ENTRY = ("results", "tests", "effects", "shared", "as", "columns", "rows", "by_subgroup", "grade", "assessor")
ENTRY += ("criteria", "confirmed", "at", "set", "cut", "source", "unit", "endpoint")
NUMBERS = ("one_of", "from", "printed")


def spans(heading: str) -> list[str]:
    """The code in the tables of a section that is an example: a key with its value, or a mapping."""
    section = README.split(f"## {heading}\n")[1].split("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| ")]
    code = [span for row in rows for span in re.findall(r"`([^`]+)`", row)]
    return [one for one in code if ": " in one or one.startswith(("{", "["))]


def study(**keys: object) -> dict[str, object]:
    return {
        "format": 1,
        "study": "new",
        "label": "New",
        "sources": {"update": {"kind": "paper"}},
        "design": {"kind": "randomised-trial"},
        "arms": {"active": {"treatment": "active", "n": 128}, "placebo": {"treatment": "placebo", "n": 63}},
        "sets": {"safety": {"n": "not-reported"}},
        "cuts": {"update": {}},
        "subgroups": {"prior": {"naive": {"n": "not-reported"}}},
        **keys,
    }


def placed(span: str) -> dict[str, object]:
    """A study in which an example stands where its words say that it belongs."""
    told = yaml.load(span if span[0] in "{[" else f"{{{span}}}", Loader=yaml.BaseLoader)
    entry: dict[str, object] = {"endpoint": "marker", "unit": "mg", "where": "Table 1"}
    first = told if isinstance(told, list) else next(iter(told))
    results = {"results": {"active": {"events": 4}}}
    if first in TOP:
        if first == "follow_up":
            told["follow_up"]["where"] = "Abstract"
        return study(outcomes=[{**entry, **results}], **told)
    if isinstance(told, list):
        return study(outcomes=[{**entry, "tests": told}])
    if first in ("n", "excluded") or "n" in told.values() or told.get("evaluable"):
        return study(outcomes=[{**entry, **results}], sets=told if "evaluable" in told else {"lesions": told})
    if first == "within":
        return study(outcomes=[{**entry, "tests": [told]}])
    if first == "arm":
        return study(outcomes=[{"where": "T", "as": "percent", "columns": [told], "rows": {"rash": ["9"]}}])
    if first in ("scale", "adjusted", "stratified", "crossover", "margin"):
        effect = {"measure": "RD", "compare": ["active", "placebo"], "estimate": "-4.2", **told}
        return study(outcomes=[{**entry, "effects": [effect]}])
    if first in ("rash", "columns", "rows"):
        rows = told.get("rows", told if first == "rash" else {"rash": ["9", "2"]})
        table = {"where": "T", "as": "events (percent)", "columns": ["active", "placebo"], "rows": rows}
        return study(outcomes=[table])
    if first in NUMBERS or first == "percent":
        return study(
            outcomes=[{**entry, "results": {"active": told if first == "percent" else {"events": told}}}]
        )
    if first not in ENTRY:
        told = {"results": {"active": told}}
    if "by_subgroup" in told:
        told = {"by_subgroup": {"naive": {"results": {"placebo": {"events": 4}}}}}
    cells = {"as": "events (percent)"} if "(" in span and "as" not in told else {}
    if "as" in told:
        told |= {"results": {"active": "33 (28.2%)"}}
    if "by_category" in span:
        cells["endpoint"] = "best-response"
    return study(outcomes=[{**results, **entry, **cells, **told}])


@pytest.mark.parametrize("span", spans("What a study file can say"))
def test_an_example_of_the_study_file_is_understood(span: str, tmp_path: Path) -> None:
    (tmp_path / "review.yaml").write_text(REVIEW, encoding="utf-8")
    text = yaml.safe_dump(placed(span), sort_keys=False, allow_unicode=True)
    (tmp_path / "new.yaml").write_text(text, encoding="utf-8")
    if "overlaps" in span:
        other = text.replace("study: new", "study: smith-2018").partition("overlaps:")[0]
        (tmp_path / "smith-2018.yaml").write_text(other, encoding="utf-8")
    assert evidence.read_review(tmp_path).studies


@pytest.mark.parametrize("span", spans("Plan what is pooled"))
def test_an_example_of_the_plan_is_understood(span: str, tmp_path: Path) -> None:
    told = yaml.load(f"{{{span}}}", Loader=yaml.BaseLoader)
    plan = {"endpoint": "rash", "compare": ["active", "placebo"], **told}
    plans = {"syntheses": {"x": plan} if {"leave_out", "compare"} & set(told) else told}
    text = yaml.safe_dump(plans)
    (tmp_path / "review.yaml").write_text(REVIEW + text, encoding="utf-8")
    for name in ("smith-2019", "jones-2020"):
        arms = {"active": {"treatment": "active", "n": 9}, "medullary": {"treatment": "active", "n": 9}}
        outcome = {"endpoint": "rash", "where": "T", "results": {"active": {"events": 4}}}
        made = study(study=name, arms=arms, outcomes=[outcome], cuts={"update": {}, "primary": {}})
        (tmp_path / f"{name}.yaml").write_text(yaml.safe_dump(made, sort_keys=False), encoding="utf-8")
    assert evidence.read_review(tmp_path).studies
