"""Whether what an entry, its tests and effects name is declared; tolerates missing parts."""

from __future__ import annotations

import re
from typing import Any

from evidence.entry import TIMES
from evidence.loading.known import Known, check_accept, check_arm, check_known, check_measure, maps
from evidence.loading.problems import WARNING, Faults, closest
from evidence.loading.tree import Map, Seq, Text, key_of
from evidence.loading.units import is_like, misspelt, relatives
from evidence.loading.vocabulary import (
    Named,
    check_name,
    is_time,
    items,
    plain_name,
    suggestion,
    synonyms_of,
    texts,
    word,
)
from evidence.values import NumberError, reported

_GRADE = re.compile(r"any|[0-5](?:-[0-5])?|[0-5]\+")
_LOOKS_LIKE_CUT = re.compile(r"cut-?\s?off|data cut|interim analysis|\d{4}-\d{2}-\d{2}", re.IGNORECASE)
_LOOKS_LIKE_GRADE = re.compile(
    r"(?P<stem>.+)-(?:grade|g)-?(?P<grade>\d(?:-\d|\+)?)(?:-or-(?:higher|worse|more))?"
)
_WITH_UNIT = ("mean", "sd", "se", "plusminus", "median", "iqr", "range", "geometric_mean", "rmst")


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
    for result in maps(entry.get("results")):
        check_arm(result.get("arm"), known, faults, also=("all",))
        _time(result.get("time"), faults)
    for shared in maps(entry.get("shared")):
        for arm in texts(shared.get("arms")):
            check_arm(arm, known, faults)
    if isinstance(entry.get("pairs"), Map):
        for side in texts(entry["pairs"].get("compare")):
            _side(side, known, faults, within=True)
    for test in maps(entry.get("tests")):
        _check_test(test, known, faults)
    for effect in maps(entry.get("effects")):
        _check_effect(effect, known, faults)
    check_accept(entry, faults)


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
    elif not help.startswith("`"):
        new = f"{plain_name(node) or 'name'}: {{kind: binary, better: lower}}"
        help += f"; otherwise declare it under `endpoints`, here or in review.yaml, such as {new}"
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
        for node in (*maps(entry.get("results")), *maps(entry.get("shared"))):
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
    for result in maps(entry.get("results")):
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
        return check_arm(node, known, faults)
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
        check_arm(within, known, faults)
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
    check_accept(test, faults)


def _check_higher(higher: Text, test: Map, known: Known, faults: Faults) -> None:
    sides = _sides(test)
    if higher in sides or (known.arms is not None and higher in known.arms) or higher in known.levels:
        return
    if is_time(higher) and "within" in test:
        return
    if known.arms is not None:
        names = {**known.arms, **({str(side): Named() for side in sides})}
        check_known(higher, "side", names, "the sides are", faults)


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
        if measure == "RD" and "scale" not in effect:
            _check_proportion(effect.get("estimate"), faults)
    check_accept(effect, faults)


def _check_proportion(estimate: Any, faults: Faults) -> None:
    """Note a risk difference that is larger than one can be, and so is printed in per cent."""
    try:
        value = reported(estimate).exact if isinstance(estimate, Text) else None
    except NumberError:
        return  # said where it is read
    if value is not None and abs(value) > 1:
        message = f"RD {estimate} looks like a difference in per cent"
        faults.add("YML024", estimate, message, "write scale: percent beside it", severity=WARNING)
