"""Written outcomes as plain entries: subgroups spread out, results flat, everything under its address.

Works on the located tree and tolerates missing and misshapen parts: those are left for the shape check.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from evidence.entry import (
    QUALIFIERS,
    Entry,
)
from evidence.loading.cells import Pattern, pattern
from evidence.loading.comparisons import as_effect, as_pairs, as_shared, as_test
from evidence.loading.numbers import source_of
from evidence.loading.problems import Faults
from evidence.loading.results import Address, flat_results, plain_word, quotes, refuse_made
from evidence.loading.tables import rows_as_entries
from evidence.loading.tree import Map, Seq, Text, key_of, mapping, put, sequence, text
from evidence.records import made_names

CONTENT = ("results", "shared", "tests", "effects", "pairs")


@dataclass(slots=True)
class Paper:
    """What the reader knows of the study while it spreads its entries out."""

    study: str
    arms: tuple[str, ...]
    first_source: str | None
    faults: Faults
    baseline: bool = False


def entries(node: Any, paper: Paper) -> Any:
    """A list of entries as the models hold them; anything but a list as it is."""
    if not isinstance(node, Seq):
        return node
    spread: list[Any] = []
    for item in node:
        if not isinstance(item, Map):
            spread.append(item)
        elif "rows" in item or "columns" in item:
            for row in rows_as_entries(item, paper.arms or None, paper.baseline, paper.faults):
                spread.extend(_levels(row, paper))
        else:
            spread.extend(_levels(item, paper))
    return sequence(spread, node)


def _levels(entry: Map, paper: Paper) -> list[Map]:
    """An entry about everybody, and one for each subgroup level it holds."""
    levels = entry.get("by_subgroup")
    made = [_entry(entry, paper, None)]
    if levels is None:
        return made
    if not isinstance(levels, Map):
        paper.faults.add(
            "YML013",
            key_of(entry, "by_subgroup"),
            "`by_subgroup` holds levels",
            "such as {women: {results: ...}, men: {results: ...}}",
        )
        return made
    if not any(name in entry for name in CONTENT):
        made = []
    inherited = {k: v for k, v in entry.items() if k not in (*CONTENT, "by_subgroup", "quote", "accept")}
    for level, own in levels.items():
        if not isinstance(own, Map):
            paper.faults.add("YML013", level, f"`{level}` holds its results, tests, effects", "a mapping")
            continue
        made.append(_entry(mapping({**inherited, **own}, own), paper, level))
    return made


def _entry(written: Map, paper: Paper, level: Text | None) -> Map:
    new = mapping({}, written)
    as_text = written.get("as")
    cells = pattern(as_text, paper.faults) if isinstance(as_text, Text) else None
    if as_text is not None and cells is None:
        paper.faults.add("YML013", key_of(written, "as"), "`as` is text", "such as `as: events (percent)`")
    name = "variable" if paper.baseline else "endpoint"
    address = _address(written, name, paper, level)
    made = made_names(Entry) | {"endpoint", "variable"}
    instead = {"endpoint": name, "variable": name, "quotes": "quote"}
    for key, value in written.items():
        if key == name:
            new[text("endpoint", key)] = value
        elif key in ("as", "by_subgroup", *CONTENT):
            continue
        elif key == "quote":
            new["quotes"] = quotes(value, paper.faults)
        elif key in made:
            refuse_made(key, paper.faults, instead.get(key))
            if instead.get(key) == name and name not in written:
                new.lost.add("endpoint")
        else:
            new[key] = value
    _content(written, new, address, cells, paper)
    new["address"] = address.full(None)
    new["position"] = source_of(written)
    new["baseline"] = paper.baseline
    if level is not None:
        new["subgroup"] = level
    return new


def _content(written: Map, new: Map, address: Address, cells: Pattern | None, paper: Paper) -> None:
    """Put results, shared statistics, tests, effects and pairs into an entry."""
    for name in CONTENT:
        value = written.get(name)
        if value is None:
            continue
        key = key_of(written, name)
        if name == "results" and isinstance(value, Map):
            put(new, written, name, flat_results(value, address, cells, paper.faults))
        elif name == "pairs" and isinstance(value, Map):
            put(new, written, name, as_pairs(value, address, paper.faults))
        elif name in ("shared", "tests", "effects") and isinstance(value, Seq):
            items = [_item(name, item, address, paper) for item in value]
            put(new, written, name, sequence(items, value))
        else:
            example = {
                "results": "a mapping of arms, such as {anlotinib: {percent: 89.02}}",
                "pairs": "a mapping, such as {compare: [left, right], both: 12, first: 5}",
            }.get(name, f"a list, such as `{name}: [{{...}}]`")
            paper.faults.add("YML013", key, f"`{name}` does not hold {_kind(value)}", f"write {example}")


def _item(name: str, item: Any, address: Address, paper: Paper) -> Any:
    """One test, effect or shared statistic of an entry."""
    if not isinstance(item, Map):
        return item
    if name == "shared":
        return as_shared(item, address, paper.arms, paper.faults)
    return {"tests": as_test, "effects": as_effect}[name](item, address, paper.faults)


def _kind(value: Any) -> str:
    return "text" if isinstance(value, Text) else "a list" if isinstance(value, Seq) else "a mapping"


def _address(written: Map, name: str, paper: Paper, level: Text | None) -> Address:
    endpoint = plain_word(written.get(name)) or "?"
    stem = f"{paper.study}/baseline.{endpoint}" if paper.baseline else f"{paper.study}/{endpoint}"
    at = written.get("at")
    times = (
        tuple(plain_word(a) for a in at)
        if isinstance(at, Seq)
        else ((plain_word(at),) if at is not None else ())
    )
    parts = [plain_word(level)] if level is not None else []
    own = plain_word(written.get("id"))
    return Address(stem, times, ".".join([*parts, own] if own else [*parts, *_qualifiers(written, paper)]))


def _qualifiers(written: Map, paper: Paper) -> list[str]:
    """The qualifiers that tell an entry from its namesakes, in the order of the format; a unit does not."""
    parts = []
    for name in QUALIFIERS:
        value = plain_word(written.get(name))
        if not value or name in ("at", "unit"):
            continue
        if name == "confirmed":
            parts.append("confirmed" if value == "true" else "unconfirmed")
        elif not (name == "source" and value == paper.first_source):
            parts.append(f"grade {value}" if name == "grade" and value.isdigit() else value)
    return parts
