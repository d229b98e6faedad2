"""From located text to printed numbers: plain, or in the long form."""

from __future__ import annotations

from typing import Any

from evidence.loading.problems import Faults, did_you_mean
from evidence.loading.tree import Map, Node, Seq, Text, key_of
from evidence.values import (
    NOT_SIGNIFICANT,
    Between,
    Correction,
    NumberError,
    OneOf,
    Printed,
    Reported,
    Source,
    reported,
)

COUNTS = frozenset(
    {"events", "n", "at_risk", "clusters", "centres", "total", "both", "first", "second", "neither"}
)
LONG_FORM = frozenset({"printed", "one_of", "from", "to", "corrected", "because", "by", "on", "doubt"})
_WAYS = ("printed", "one_of", "from")


def is_long_form(node: Any) -> bool:
    """Whether a mapping is one number written in the long form."""
    return isinstance(node, Map) and any(
        way in node for way in ("printed", "one_of", "from", "to", "corrected")
    )


def source_of(node: Node) -> Source:
    """Where a node stands, as values carry it."""
    return Source(node.file, node.line, node.column, node.end_column)


def number(node: Any, name: str, address: str, faults: Faults) -> Printed:
    """The number printed at a node; what cannot be understood is noted and stands as its text."""
    if isinstance(node, Text):
        return _plain(node, name, address, faults)
    if isinstance(node, Map):
        return _long(node, name, address, faults)
    shown = ", ".join(map(str, node)) if isinstance(node, Seq) else str(node)
    faults.add("YML013", node, f"{name}: one number belongs here, not a list", _instead_of_list(node))
    return Reported(shown, address=address)


def _instead_of_list(node: Seq) -> str:
    if len(node) == 2:
        return f"a range printed for one number is {{from: {node[0]}, to: {node[1]}}}"
    return "several readings of one number are {one_of: [...], doubt: why}"


def _plain(node: Text, name: str, address: str, faults: Faults) -> Reported:
    source = source_of(node)
    try:
        value = reported(node, address, source)
    except NumberError as error:
        faults.add("YML014", node, f"{name}: {error.message}", _per_cent(node, name) or error.help)
        return Reported(str(node), address=address, source=source)
    if not node.sliceable and not node.quoted:
        faults.add(
            "YML014", node, f"{name}: the number stands in a block", f"write {node.strip()} beside its key"
        )
    elif value.word == NOT_SIGNIFICANT and name != "p":
        faults.add("YML014", node, f'{name}: "{node}" is for p only', "write the number, or not-reported")
    elif name in COUNTS and value.exact is not None and value.exact.denominator != 1:
        faults.add("YML014", node, f'{name}: "{node}" is no whole number', _whole_advice(name))
    return value


def _per_cent(node: Text, name: str) -> str:
    """What to write for an effect in per cent, whose key does not say so."""
    if name in ("estimate", "se", "low", "high", "margin") and node.rstrip().endswith("%"):
        return (
            f"write {node.rstrip(' %')}; a risk difference printed in per cent has `scale: percent` beside it"
        )
    return ""


def _whole_advice(name: str) -> str:
    return "is it a percentage? that is `percent`" if name == "events" else "a count is a whole number"


def _long(node: Map, name: str, address: str, faults: Faults) -> Printed:
    if not node.lost and not LONG_FORM & set(node):
        help = "numbers of each arm stand in `sets`, such as safety: {n: {active: 104}}"
        faults.add("YML013", node, f"{name}: one number belongs here, not a mapping", help)
        return Reported("", address=address, source=source_of(node))
    for key in node:
        if key not in LONG_FORM:
            near = did_you_mean(key, LONG_FORM) or f"a long form holds {', '.join(sorted(LONG_FORM))}"
            faults.add("YML010", key, f"{name}: unknown key `{key}` in a number", near)
    ways = [way for way in _WAYS if way in node]
    if len(ways) != 1 or ("to" in node) != ("from" in node):
        if not node.lost:
            faults.add(
                "YML013",
                node,
                f"{name}: exactly one of printed, one_of, from and to belongs here",
                "such as {printed: 77.79, corrected: 71.79, because: why, by: RR}",
            )
        return Reported("", address=address, source=source_of(node))
    doubt = str(node["doubt"]) if isinstance(node.get("doubt"), Text) else None
    if ways[0] == "one_of":
        return _one_of(node, name, address, doubt, faults)
    if ways[0] == "from":
        low = number(node["from"], name, f"{address}.from", faults)
        high = number(node["to"], name, f"{address}.to", faults)
        if isinstance(low, Reported) and isinstance(high, Reported):
            return Between(low, high, address, source_of(node), doubt)
        faults.add(
            "YML013", node, f"{name}: `from` and `to` hold plain numbers", "such as {from: 21, to: 32}"
        )
        return Reported("", address=address, source=source_of(node))
    return _printed(node, name, address, doubt, faults)


def _one_of(node: Map, name: str, address: str, doubt: str | None, faults: Faults) -> Printed:
    options = node["one_of"]
    if not isinstance(options, Seq) or len(options) < 2 or not all(isinstance(o, Text) for o in options):
        faults.add(
            "YML013",
            key_of(node, "one_of"),
            f"{name}: `one_of` is a list of two or more numbers",
            "such as {one_of: [7, 71], doubt: why}",
        )
        return Reported("", address=address, source=source_of(node))
    read = tuple(_plain(option, name, address, faults) for option in options)
    return OneOf(read, address, source_of(node), doubt)


def _printed(node: Map, name: str, address: str, doubt: str | None, faults: Faults) -> Reported:
    printed = node["printed"]
    if not isinstance(printed, Text):
        faults.add(
            "YML013", key_of(node, "printed"), f"{name}: `printed` is one number", "copy its characters"
        )
        return Reported("", address=address, source=source_of(node))
    value = _plain(printed, name, address, faults)
    correction = _correction(node, name, address, faults)
    return Reported(
        value.text,
        value.exact,
        value.decimals,
        value.relation,
        value.word,
        value.address,
        value.source,
        doubt,
        correction,
    )


def _correction(node: Map, name: str, address: str, faults: Faults) -> Correction | None:
    corrected = node.get("corrected")
    if corrected is None:
        return None
    if not isinstance(corrected, Text):
        faults.add("YML013", key_of(node, "corrected"), f"{name}: `corrected` is one number", "such as 71.79")
        return None
    for key, what in (("because", "the reason"), ("by", "initials, or the source that corrects it")):
        if not isinstance(node.get(key), Text) and key not in node.lost:
            faults.add("CFG902", corrected, f"{name}: a correction needs `{key}`", f"write {key}: {what}")
    new = _plain(corrected, name, address, faults)
    on = str(node["on"]) if isinstance(node.get("on"), Text) else None
    because, by = str(node.get("because", "")), str(node.get("by", ""))
    return Correction(new.text, new.exact, new.decimals, new.relation, because, by, on)
