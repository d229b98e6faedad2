"""Whether the names and combinations of a study make sense, beside its review; tolerates missing parts.

Plain functions over the tree: a model would refuse to look at the rest as soon as one field failed.
"""

from __future__ import annotations

import re
from typing import Any

from evidence.loading.checking_entries import check_entry
from evidence.loading.known import Known, check_accept, check_arm, check_known, check_reason, known_of, maps
from evidence.loading.problems import Faults
from evidence.loading.tree import Map, Seq, Text
from evidence.loading.vocabulary import (
    Names,
    check_name,
    is_name,
    items,
    plain_name,
    suggestion,
    texts,
)
from evidence.study import STAGES

_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


def check_study(tree: Map, key: str, names: Names | None, faults: Faults) -> None:
    """Note everything in a study's tree that its own declarations or its review's do not bear out."""
    known = known_of(tree, names)
    _check_identity(tree, key, faults)
    _check_declared(tree, known, faults)
    for name in ("outcomes", "baseline"):
        node = tree.get(name)
        for entry in node if isinstance(node, Seq) else ():
            if isinstance(entry, Map):
                check_entry(entry, known, faults)
    _check_rest(tree, known, faults)


def _check_identity(tree: Map, key: str, faults: Faults) -> None:
    study = tree.get("study")
    if not isinstance(study, Text):
        return
    if not is_name(key):
        help = f"rename it, such as {plain_name(key) or 'smith-2020'}, and write that name here"
        faults.add("YML019", study, f"the file is called {key}, and that is no name of a study", help)
    elif study != key:
        help = f"write study: {key}, or rename the file"
        faults.add("YML019", study, f"`study: {study}` stands in a file called {key}", help)
    else:
        check_name(study, "a study", faults)


def _check_declared(tree: Map, known: Known, faults: Faults) -> None:
    seen: dict[str, Text] = {}
    for arm, node in items(tree.get("arms")):
        check_name(arm, "an arm", faults, also_reserved=True)
        seen[str(arm)] = arm
        if isinstance(node, Map) and isinstance(node.get("treatment"), Text) and known.treatments is not None:
            check_known(node["treatment"], "treatment", known.treatments, "review.yaml has", faults)
    for factor, node in items(tree.get("subgroups")):
        check_name(factor, "a subgroup factor", faults)
        for level, inner in items(node.get("levels")) if isinstance(node, Map) else ():
            check_name(level, "a subgroup level", faults, also_reserved=True)
            if str(level) in seen:
                faults.add(
                    "YML020",
                    level,
                    f"`{level}` already names something at line {seen[level].line}",
                    "arms and levels need different names",
                )
            seen[str(level)] = level
            if isinstance(inner, Map):
                _check_keys_are_arms(inner.get("n"), known, faults)
    for name, what in (
        ("sets", "a set"),
        ("cuts", "a cut"),
        ("endpoints", "an endpoint"),
        ("sources", "a source"),
    ):
        for declared, node in items(tree.get(name)):
            check_name(declared, what, faults)
            if name == "sets" and isinstance(node, Map):
                _check_keys_are_arms(node.get("n"), known, faults)
                _check_keys_are_arms(node.get("excluded"), known, faults)
            if name == "cuts" and isinstance(node, Map):
                _check_date(node.get("date"), faults)


def _check_rest(tree: Map, known: Known, faults: Faults) -> None:
    design = tree.get("design")
    if isinstance(design, Map):
        _check_date(design.get("recruitment"), faults, span=True)
        _check_date(design.get("follow_up_until"), faults)
    for stage, groups in items(tree.get("flow")):
        if stage not in STAGES:
            faults.add(
                "YML015", stage, f"unknown stage `{stage}`", suggestion(stage, STAGES, what="the stages are")
            )
        _check_keys_are_arms(groups, known, faults)
        for _, count in items(groups):
            _check_source(count, known, faults)
    follow_up = tree.get("follow_up")
    if isinstance(follow_up, Map):
        _check_source(follow_up, known, faults)
        for result in maps(follow_up.get("results")):
            check_arm(result.get("arm"), known, faults, also=("all",))
    for bias in maps(tree.get("bias")):
        for endpoint in texts(bias.get("for")):
            if known.endpoints is not None:
                check_known(endpoint, "endpoint", known.endpoints, "there are", faults)
    check_accept(tree, faults)
    for name, what in (("overlaps", "an overlap"), ("unplaced", "what has no place")):
        for node in maps(tree.get(name)):
            check_reason(node, what, faults)
    for source, node in items(tree.get("sources")):
        corrects = node.get("corrects") if isinstance(node, Map) else None
        if isinstance(corrects, Text) and known.sources and corrects not in known.sources:
            faults.add(
                "YML015",
                corrects,
                f"{source}: unknown source `{corrects}`",
                suggestion(corrects, known.sources),
            )


def _check_date(node: Any, faults: Faults, span: bool = False) -> None:
    for part in node.split("/") if span and isinstance(node, Text) else texts(node):
        if not _DATE.fullmatch(part):
            example = "2018-01/2023-12" if span else "2023-12 or 2023-12-31"
            faults.add(
                "YML016", node, f'"{node}" is no date', f"dates are year, month, day, such as {example}"
            )
            return


def _check_source(node: Any, known: Known, faults: Faults) -> None:
    source = node.get("source") if isinstance(node, Map) else None
    if isinstance(source, Text) and known.sources is not None and source not in known.sources:
        help = suggestion(source, known.sources, what="`sources` has")
        faults.add("YML015", source, f"unknown source `{source}`", help)


def _check_keys_are_arms(node: Any, known: Known, faults: Faults) -> None:
    for arm, _ in items(node):
        check_arm(arm, known, faults, also=("all",))
