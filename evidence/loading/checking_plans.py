"""Whether what a review plans names what there is: in the review itself, and in its studies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from evidence.entry import Entry
from evidence.loading.known import check_known, check_measure
from evidence.loading.problems import ERROR, WARNING, Faults
from evidence.loading.tree import Map, Seq, Text, key_of
from evidence.loading.vocabulary import Named, items, suggestion, texts
from evidence.planned import ANY, BY, NONE
from evidence.records import shapes

_WORDS = {
    "assessor": shapes(Entry)["assessor"].choices,
    "confirmed": ("true", "false"),
    "adjusted": ("adjusted",),
}


@dataclass(frozen=True, slots=True)
class Declared:
    """What a review declares: treatments, endpoints, and the names of its syntheses."""

    treatments: dict[str, Named]
    endpoints: dict[str, Named]
    syntheses: tuple[str, ...]


def check_plan(node: Map, declared: Declared, faults: Faults) -> None:
    """Note what a synthesis names and the review does not declare, and what it leaves open."""
    if isinstance(node.get("endpoint"), Text):
        check_known(node["endpoint"], "endpoint", declared.endpoints, "there are", faults)
    elif "endpoint" not in node and "indirect" not in node and "endpoint" not in node.lost:
        faults.add("YML011", node, "`endpoint` is missing here", "such as endpoint: objective-response")
    _check_sides(node, declared, faults)
    _check_indirect(node, declared, faults)
    if isinstance(node.get("measure"), Text):
        check_measure(node["measure"], faults)
    if "by" in node and node.get("model") in ("mantel-haenszel", "peto"):
        help = "random-effects or common-effect"
        faults.add("YML018", key_of(node, "model"), f"groups are not pooled by {node['model']}", help)
    check_qualifiers(node, faults)
    check_qualifiers(node.get("prefer"), faults)


def _check_sides(node: Map, declared: Declared, faults: Faults) -> None:
    compare = node.get("compare")
    sides = [side for side in compare if isinstance(side, Seq)] if isinstance(compare, Seq) else []
    if len(sides) > 2:
        faults.add(
            "YML018", key_of(node, "compare"), "a synthesis compares two treatments", "first, then versus"
        )
    wanted = "compare" not in node.lost and "indirect" not in node
    if wanted and ("compare" not in node or (isinstance(compare, Seq) and not all(compare)) or compare == []):
        help = "such as compare: [any, placebo]; one side alone for single arms"
        faults.add("YML011", key_of(node, "compare"), "`compare` is missing here", help)
    for side in sides:
        if len(side) > 1 and ANY in side:
            faults.add("YML018", side, f"`{ANY}` stands alone on its side", "it is all the others already")
    seen = {str(node["via"]): node["via"]} if isinstance(node.get("via"), Text) else {}
    for treatment in (name for side in sides for name in texts(side)):
        if treatment != ANY:
            check_known(treatment, "treatment", declared.treatments, f"there are {ANY},", faults)
        if treatment in seen:
            faults.add("YML018", treatment, f"`{treatment}` stands here twice", "one side, once")
        seen[str(treatment)] = treatment


def _check_indirect(node: Map, declared: Declared, faults: Faults) -> None:
    via, indirect = node.get("via"), node.get("indirect")
    if isinstance(via, Text):
        check_known(via, "treatment", declared.treatments, "there are", faults)
        if len(node.get("compare") or ()) != 2:
            faults.add("YML018", via, "`via` needs two sides in `compare`", f"each is compared with {via}")
    if indirect is None:
        return
    names = texts(indirect)
    if len(names) != 2:
        help = "such as indirect: [pfs-lenvatinib, pfs-sorafenib]"
        faults.add("YML018", key_of(node, "indirect"), "`indirect` names two syntheses", help)
    for name in names:
        if name not in declared.syntheses:
            help = suggestion(name, declared.syntheses, what="there are")
            faults.add("YML015", name, f"unknown synthesis `{name}`", help)
    for other in ("compare", "via", "by"):
        if other in node:
            faults.add(
                "YML018", key_of(node, other), f"`{other}` cannot stand beside `indirect`", "leave one out"
            )


def check_qualifiers(node: Any, faults: Faults) -> None:
    """Note a word among qualifiers that no entry can have."""
    for name, words in _WORDS.items():
        known = (*words, NONE)
        for word in texts(node.get(name)) if isinstance(node, Map) else ():
            if word not in known:
                help = suggestion(word, known, what="write one of")
                faults.add("YML016", word, f'{name}: "{word}" is not one of those that may stand here', help)


def check_plans_against(review: Map, studies: Iterable[Map], faults: Faults) -> None:
    """Note what plans name and no study has: studies and arms left out, sets, cuts, sources, factors.

    A preference for what no study has changes nothing, and is a warning.
    """
    known = list(studies)
    arms = {str(tree.get("study")): [str(arm) for arm, _ in items(tree.get("arms"))] for tree in known}
    named = {
        what: [NONE, *dict.fromkeys(str(key) for tree in known for key, _ in items(tree.get(section)))]
        for what, section in (("set", "sets"), ("cut", "cuts"), ("source", "sources"))
    }
    _check_among(texts(review.get("focus")), "study", list(arms), faults)
    factors = [*BY, *dict.fromkeys(str(key) for tree in known for key, _ in items(tree.get("subgroups")))]
    plans = [node for _, node in items(review.get("syntheses")) if isinstance(node, Map)]
    preferences = [review.get("prefer"), *(node.get("prefer") for node in plans)]
    for what, names in named.items():
        for node in plans:
            _check_among(texts(node.get(what)), what, names, faults)
        for preference in preferences:
            if isinstance(preference, Map):
                _check_among(texts(preference.get(what)), what, names, faults, WARNING)
    for node in plans:
        _check_among(texts(node.get("by")), "subgroup factor", factors, faults)
        for left_out, _ in items(node.get("leave_out")):
            _check_left_out(left_out, arms, faults)


def _check_left_out(name: Text, arms: dict[str, list[str]], faults: Faults) -> None:
    study, _, arm = name.partition("/")
    if study not in arms:
        _check_among([name], "study", list(arms), faults)
    elif arm and arm not in arms[study]:
        help = suggestion(arm, arms[study], what="its arms are")
        faults.add("YML015", name, f"unknown arm `{arm}` of {study}", help)


def _check_among(
    names: Iterable[Text], what: str, known: list[str], faults: Faults, severity: str = ERROR
) -> None:
    for name in names:
        if name not in known:
            help = suggestion(name, known, what="there are")
            message = f"unknown {what} `{name}`: no study has it"
            faults.add("YML015", name, message, help, severity=severity)
