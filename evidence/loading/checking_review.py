"""Whether the names and steps of a review file fit together; tolerates missing parts."""

from __future__ import annotations

from typing import Any

from evidence.loading.checking_plans import Declared, check_plan, check_qualifiers
from evidence.loading.known import check_known, check_measure
from evidence.loading.problems import Faults
from evidence.loading.tree import Map, Text
from evidence.loading.vocabulary import check_name, items, named, suggestion, texts, word

_LEVELS = ("very-low", "low", "moderate", "high")


def check_review(tree: Map, faults: Faults) -> None:
    """Note everything in a review's tree that its own declarations do not bear out."""
    treatments, endpoints = named(tree.get("treatments")), named(tree.get("endpoints"))
    if isinstance(tree.get("review"), Text):
        check_name(tree["review"], "a review", faults)
    for name, what in (
        ("treatments", "a treatment"),
        ("endpoints", "an endpoint"),
        ("syntheses", "a synthesis"),
    ):
        for key, _ in items(tree.get(name)):
            check_name(key, what, faults)
    for _, node in items(tree.get("treatments")):
        if isinstance(node, Map):
            for component in texts(node.get("components")):
                check_known(component, "treatment", treatments, "there are", faults)
    _check_synonyms(tree.get("treatments"), faults)
    _check_synonyms(tree.get("endpoints"), faults)
    for _, node in items(tree.get("endpoints")):
        if isinstance(node, Map):
            _check_endpoint(node, faults)
    planned = tuple(str(key) for key, _ in items(tree.get("syntheses")))
    for _, node in items(tree.get("syntheses")):
        if isinstance(node, Map):
            check_plan(node, Declared(treatments, endpoints, planned), faults)
    check_qualifiers(tree.get("prefer"), faults)
    for endpoint, _ in items(tree.get("baseline_risks")):
        check_known(endpoint, "endpoint", endpoints, "there are", faults)
    for key, node in items(tree.get("certainty")):
        if key not in planned and key not in endpoints:
            help = suggestion(key, [*planned, *endpoints], what="there are")
            faults.add("YML015", key, f"unknown synthesis `{key}`", help)
        if isinstance(node, Map):
            _check_certainty(node, faults)


def _check_synonyms(node: Any, faults: Faults) -> None:
    """Note another name that stands for two things."""
    owners: dict[str, str] = {}
    for key, value in items(node):
        for synonym in texts(value.get("synonyms")) if isinstance(value, Map) else ():
            other = owners.setdefault(synonym.lower(), str(key))
            if other != key:
                faults.add(
                    "YML020",
                    synonym,
                    f"`{synonym}` is already another name of {other}",
                    "one name, one thing",
                )


def _check_endpoint(node: Map, faults: Faults) -> None:
    if isinstance(node.get("measure"), Text):
        check_measure(node["measure"], faults)
    categories = texts(node.get("categories"))
    for _, parts in items(node.get("sums")):
        for part in texts(parts):
            if categories and part not in categories:
                help = suggestion(part, categories, what="the categories are")
                faults.add("YML015", part, f"unknown category `{part}`", help)


def _check_certainty(node: Map, faults: Faults) -> None:
    """Note a step without a reason, and an overall certainty that the steps do not lead to."""
    moved = 0
    for name, sign in (("down", -1), ("up", 1)):
        for step, inner in items(node.get(name)):
            if not isinstance(inner, Map):
                continue
            if "because" not in inner:
                faults.add("CFG902", step, f"`{step}` needs a reason", "write because: why, beside by:")
            by = word(inner.get("by")) or ""
            moved += sign * int(by) if by.isascii() and by.isdigit() and len(by) < 3 else 0
    start, overall = word(node.get("start")), word(node.get("overall"))
    if start in _LEVELS and overall in _LEVELS:
        reached = _LEVELS[min(3, max(0, _LEVELS.index(start) + moved))]
        if reached != overall:
            faults.add(
                "YML026",
                node["overall"],
                f"overall is {overall}, and the steps lead from {start} to {reached}",
                "write the missing step, or the certainty it leads to",
            )
