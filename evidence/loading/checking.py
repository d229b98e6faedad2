"""Whether the names and combinations of a study make sense, beside its review; tolerates missing parts.

Plain functions over the tree: a model would refuse to look at the rest as soon as one field failed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from evidence.loading.problems import WARNING, Faults, closest
from evidence.loading.tree import Map, Seq, Text, key_of
from evidence.loading.units import is_like, misspelt, relatives
from evidence.loading.vocabulary import (
    Named,
    Names,
    check_name,
    is_time,
    items,
    named,
    suggestion,
    synonyms_of,
    texts,
    word,
)
from evidence.study import STAGES, TIMES

_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_GRADE = re.compile(r"any|[0-5](?:-[0-5])?|[0-5]\+")
_LOOKS_LIKE_CUT = re.compile(r"cut-?\s?off|data cut|interim analysis|\d{4}-\d{2}-\d{2}", re.IGNORECASE)
_LOOKS_LIKE_GRADE = re.compile(
    r"(?P<stem>.+)-(?:grade|g)-?(?P<grade>\d(?:-\d|\+)?)(?:-or-(?:higher|worse|more))?"
)
_WITH_UNIT = ("mean", "sd", "se", "plusminus", "median", "iqr", "range", "geometric_mean", "rmst")


@dataclass(frozen=True, slots=True)
class Known:
    """The names a study declares; None where the declaration itself cannot be read."""

    arms: dict[str, Named] | None
    levels: tuple[str, ...]
    factors: tuple[str, ...]
    sets: tuple[str, ...]
    cuts: tuple[str, ...]
    sources: tuple[str, ...] | None
    treatments: dict[str, Named] | None
    endpoints: dict[str, Named] | None


def check_study(tree: Map, key: str, names: Names | None, faults: Faults) -> None:
    """Note everything in a study's tree that its own declarations or its review's do not bear out."""
    known = _known(tree, names)
    _check_identity(tree, key, faults)
    _check_declared(tree, known, faults)
    for name in ("outcomes", "baseline"):
        node = tree.get(name)
        for entry in node if isinstance(node, Seq) else ():
            if isinstance(entry, Map):
                check_entry(entry, known, faults)
    _check_rest(tree, known, faults)


def _known(tree: Map, names: Names | None) -> Known:
    arms, sources = tree.get("arms"), tree.get("sources")
    factors = items(tree.get("subgroups"))
    levels = [
        str(lv) for _, factor in factors if isinstance(factor, Map) for lv, _ in items(factor.get("levels"))
    ]
    own = named(tree.get("endpoints"))
    return Known(
        arms=_arms(arms),
        levels=tuple(levels),
        factors=tuple(str(k) for k, _ in factors),
        sets=tuple(str(k) for k, _ in items(tree.get("sets"))),
        cuts=tuple(str(k) for k, _ in items(tree.get("cuts"))),
        sources=tuple(str(k) for k, _ in items(sources)) if isinstance(sources, Map) else None,
        treatments=names.treatments if names else None,
        endpoints={**names.endpoints, **own} if names and names.endpoints is not None else None,
    )


def _arms(node: Any) -> dict[str, Named] | None:
    """The arms; what an arm is called, or given, counts as another name of it where only one arm bears it."""
    if not isinstance(node, Map):
        return None
    others: dict[str, list[str]] = {}
    for key, arm in items(node):
        if isinstance(arm, Map):
            for name in ("label", "treatment"):
                if word(arm.get(name)):
                    others.setdefault(str(arm[name]), []).append(str(key))
    return {
        str(key): Named(tuple(other for other, keys in others.items() if keys == [key] and other != key))
        for key, _ in items(node)
    }


def _check_identity(tree: Map, key: str, faults: Faults) -> None:
    study = tree.get("study")
    if isinstance(study, Text) and study != key:
        faults.add(
            "YML019",
            study,
            f"`study: {study}` stands in a file called {key}",
            f"write study: {key}, or rename the file",
        )
    elif isinstance(study, Text):
        check_name(study, "a study", faults)


def _check_declared(tree: Map, known: Known, faults: Faults) -> None:
    seen: dict[str, Text] = {}
    for arm, node in items(tree.get("arms")):
        check_name(arm, "an arm", faults, also_reserved=True)
        seen[str(arm)] = arm
        if isinstance(node, Map) and isinstance(node.get("treatment"), Text) and known.treatments is not None:
            _known_name(node["treatment"], "treatment", known.treatments, "review.yaml has", faults)
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
    follow_up = tree.get("follow_up")
    if isinstance(follow_up, Map):
        for result in _maps(follow_up.get("results")):
            _arm(result.get("arm"), known, faults, also=("all",))
    for bias in _maps(tree.get("bias")):
        for endpoint in texts(bias.get("for")):
            if known.endpoints is not None:
                _known_name(endpoint, "endpoint", known.endpoints, "there are", faults)
    _check_accept(tree, faults)
    for source, node in items(tree.get("sources")):
        corrects = node.get("corrects") if isinstance(node, Map) else None
        if isinstance(corrects, Text) and known.sources and corrects not in known.sources:
            faults.add(
                "YML015",
                corrects,
                f"{source}: unknown source `{corrects}`",
                suggestion(corrects, known.sources),
            )


def _maps(node: Any) -> list[Map]:
    return [item for item in node if isinstance(item, Map)] if isinstance(node, Seq) else []


def _check_date(node: Any, faults: Faults, span: bool = False) -> None:
    for part in node.split("/") if span and isinstance(node, Text) else texts(node):
        if not _DATE.fullmatch(part):
            example = "2018-01/2023-12" if span else "2023-12 or 2023-12-31"
            faults.add(
                "YML016", node, f'"{node}" is no date', f"dates are year, month, day, such as {example}"
            )
            return


def _check_accept(node: Map, faults: Faults) -> None:
    for accepted in _maps(node.get("accept")):
        if "because" not in accepted and "because" not in accepted.lost:
            faults.add(
                "CFG902", accepted, "an acceptance needs a reason", "write because: why this is accepted"
            )


def _check_keys_are_arms(node: Any, known: Known, faults: Faults) -> None:
    for arm, _ in items(node):
        _arm(arm, known, faults, also=("all",))


def _known_name(node: Text, what: str, names: dict[str, Named], there_are: str, faults: Faults) -> bool:
    if node in names:
        return True
    help = suggestion(node, names, synonyms_of(names), what=there_are)
    faults.add("YML015", node, f"unknown {what} `{node}`", help)
    return False


def _arm(node: Any, known: Known, faults: Faults, also: tuple[str, ...] = ()) -> bool:
    if isinstance(node, Text) and known.arms is not None and node not in also:
        return _known_name(node, "arm", known.arms, "the arms are", faults)
    return True


def check_entry(entry: Map, known: Known, faults: Faults) -> None:
    """Note what an entry names and its study or review does not know."""
    baseline = entry.get("baseline") is True
    endpoint = entry.get("endpoint")
    if isinstance(endpoint, Text):
        if baseline:
            check_name(endpoint, "a variable", faults)
        elif known.endpoints is not None:
            _check_endpoint(endpoint, known.endpoints, faults)
    _check_qualifiers(entry, known, faults)
    if "where" not in entry and "where" not in entry.lost:
        faults.add(
            "SRC101",
            entry,
            f"{word(endpoint) or 'this entry'}: no `where`",
            "say where it is printed, such as where: Table 2",
            severity=WARNING,
        )
    definition = known.endpoints.get(endpoint) if known.endpoints and isinstance(endpoint, Text) else None
    if definition is not None and not baseline:
        _check_unit(entry, definition, faults)
    _check_categories(entry, definition, faults)
    for result in _maps(entry.get("results")):
        _arm(result.get("arm"), known, faults, also=("all",))
        _time(result.get("time"), faults)
    for shared in _maps(entry.get("shared")):
        for arm in texts(shared.get("arms")):
            _arm(arm, known, faults)
    if isinstance(entry.get("pairs"), Map):
        for side in texts(entry["pairs"].get("compare")):
            _side(side, known, faults, within=True)
    for test in _maps(entry.get("tests")):
        _check_test(test, known, faults)
    for effect in _maps(entry.get("effects")):
        _check_effect(effect, known, faults)
    _check_accept(entry, faults)


def _check_endpoint(node: Text, endpoints: dict[str, Named], faults: Faults) -> None:
    grade = _LOOKS_LIKE_GRADE.fullmatch(node)
    if node in endpoints:
        if grade and grade["stem"] in endpoints:
            faults.add(
                "YML024",
                node,
                f"`{node}` looks like a grade of {grade['stem']}",
                f"write endpoint: {grade['stem']} with grade: {grade['grade']}",
                severity=WARNING,
            )
        return
    help = suggestion(node, endpoints, synonyms_of(endpoints), what="there are")
    if grade and grade["stem"] in endpoints:
        help = f"write {grade['stem']} with grade: {grade['grade']}"
    elif not help.startswith(("did", "`")):
        help += "; declare it in review.yaml or under `endpoints` here"
    faults.add("YML015", node, f"unknown endpoint `{node}`", help)


def _check_qualifiers(entry: Map, known: Known, faults: Faults) -> None:
    for name, names in (("set", known.sets), ("cut", known.cuts), ("source", known.sources)):
        node = entry.get(name)
        if isinstance(node, Text) and names is not None and node not in names:
            help = suggestion(node, names, what=f"`{name}s` has" if names else f"in `{name}s`")
            faults.add("YML015", node, f"unknown {name} `{node}`", help)
    grade = entry.get("grade")
    if isinstance(grade, Text) and not _GRADE.fullmatch(grade):
        digit = re.search(r"\d", grade)
        help = (
            f"write {digit[0]}+" if digit and re.search(r"[>≥]|higher|worse", grade) else "any, 3, 1-2 or 3+"
        )
        faults.add("YML016", grade, f"`{grade}` is no grade", help)
    for at in texts(entry.get("at")):
        _time(at, faults)
        if _LOOKS_LIKE_CUT.search(at):
            faults.add(
                "YML024",
                at,
                f"`at: {at}` looks like a data cut-off; `at` is the time since a patient's start",
                "declare it under `cuts` and name it with `cut:`",
                severity=WARNING,
            )


def _check_unit(entry: Map, definition: Named, faults: Faults) -> None:
    unit = entry.get("unit")
    if definition.unit is None or "unit" in entry.lost:
        return
    like = ", ".join(relatives(definition.unit))
    if isinstance(unit, Text):
        if is_like(unit, definition.unit) or unit == "percent":
            return
        meant = misspelt(unit, definition.unit)
        faults.add(
            "YML023",
            unit,
            f"`{unit}` does not convert to {definition.unit}, the review's unit",
            f"did you mean {meant}?" if meant else f"these do: {like}",
            **({} if meant else {"severity": WARNING}),
        )
    elif unit is None:
        for node in (*_maps(entry.get("results")), *_maps(entry.get("shared"))):
            found = next((name for name in _WITH_UNIT if name in node), None)
            if found and not any(str(key).startswith("percent") for key in node):
                faults.add(
                    "YML012",
                    key_of(node, found),
                    f"`{found}` has no unit: the entry says none",
                    f"write unit: {definition.unit}, or what is printed ({like})",
                )
                return


def _check_categories(entry: Map, definition: Named | None, faults: Faults) -> None:
    own = [str(c) for c in texts(entry.get("categories"))]
    known = own or (list(definition.categories) if definition else [])
    if not known:
        return
    for result in _maps(entry.get("results")):
        for category, _ in items(result.get("by_category")):
            if category not in known:
                faults.add(
                    "YML015",
                    category,
                    f"unknown category `{category}`",
                    suggestion(category, known, what="the categories are"),
                )


def _side(node: Text, known: Known, faults: Faults, within: bool) -> bool:
    """Whether a name of a comparison is an arm or level, or, within an arm, a time; noted where it is not."""
    if known.arms is None or node in known.arms or node in known.levels or node == "all":
        return True
    if within:
        return _time(node, faults)
    if not is_time(node):
        return _arm(node, known, faults)
    faults.add(
        "YML018",
        node,
        f"`{node}` is a time, and this compares arms",
        "to compare times, say within which arm: within: each, compare: [before, after]",
    )
    return False


def _time(node: Any, faults: Faults) -> bool:
    """Whether a text may name a time; one that is nearly a time of the format is noted."""
    if not isinstance(node, Text) or is_time(node):
        return True
    near = closest(node, TIMES)
    if near is not None:
        faults.add("YML015", node, f"unknown time `{node}`", f"did you mean {near}?")
    return near is None


def _sides(node: Map) -> list[Text]:
    compare = node.get("compare")
    return [name for side in compare for name in texts(side)] if isinstance(compare, Seq) else []


def _check_test(test: Map, known: Known, faults: Faults) -> None:
    within, across, higher = test.get("within"), test.get("across"), test.get("higher")
    for name in _sides(test):
        if not _side(name, known, faults, within=within is not None):
            break
    if isinstance(within, Text) and within != "each":
        _arm(within, known, faults)
    if isinstance(across, Text) and across not in known.factors:
        faults.add(
            "YML015",
            across,
            f"unknown subgroup factor `{across}`",
            suggestion(across, known.factors, what="`subgroups` has" if known.factors else "in `subgroups`"),
        )
    if isinstance(higher, Text):
        _check_higher(higher, test, known, faults)
    said = {"statistic", "p", "claim", "higher", "note"} & (set(map(str, test)) | test.lost)
    if not said:
        faults.add(
            "YML011",
            test,
            "a test that says nothing",
            "give its statistic, its p, what the words claim, or a note",
        )
    _check_accept(test, faults)


def _check_higher(higher: Text, test: Map, known: Known, faults: Faults) -> None:
    sides = _sides(test)
    if higher in sides or (known.arms is not None and higher in known.arms) or higher in known.levels:
        return
    if is_time(higher) and "within" in test:
        return
    if known.arms is not None:
        names = {**known.arms, **({str(side): Named() for side in sides})}
        _known_name(higher, "side", names, "the sides are", faults)


def _check_effect(effect: Map, known: Known, faults: Faults) -> None:
    compare = effect.get("compare")
    if compare is None and "compare" not in effect.lost:
        faults.add(
            "YML018",
            effect,
            "an effect without `compare`: which is first, which is versus?",
            "such as compare: [anlotinib, sorafenib]",
        )
        effect.lost.add("compare")
    elif isinstance(compare, Seq) and len(compare) != 2:
        faults.add(
            "YML018",
            key_of(effect, "compare"),
            f"an effect compares two sides, not {len(compare)}",
            "write one effect for each pair",
        )
    for name in _sides(effect):
        _side(name, known, faults, within=False)
    measure = effect.get("measure")
    if isinstance(measure, Text):
        check_measure(measure, faults)
    _check_accept(effect, faults)


MEASURES = ("HR", "OR", "RR", "RD", "MD", "SMD", "ROM", "IRR", "IRD", "RMSTD")


def check_measure(node: Text, faults: Faults) -> None:
    """Note an effect measure that nobody knows."""
    if node in MEASURES:
        return
    from evidence import measures  # reads its folder, which the usual codes need not wait for

    codes = sorted({*MEASURES, *measures.codes()})
    if node not in codes:
        faults.add("YML015", node, f"unknown measure `{node}`", suggestion(node, codes, what="there are"))
