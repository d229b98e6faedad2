"""Results as a flat list of statistics, one for every arm and time, under their addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from evidence.entry import (
    ArmStatistics,
    Result,
)
from evidence.loading.cells import Pattern, read_cell
from evidence.loading.numbers import is_long_form, source_of
from evidence.loading.problems import WARNING, Faults
from evidence.loading.tree import Map, Seq, Text, mapping, put, sequence
from evidence.loading.vocabulary import is_time
from evidence.records import Record, made_names
from evidence.values import LONGEST_NUMBER

INTERVAL = re.compile(r"(?P<kind>cri|ci)(?P<level>\d{1,2}(?:\.\d+)?)?")
LONGEST_QUOTE = 120


@dataclass(frozen=True, slots=True)
class Address:
    """`study/endpoint`, its times and its qualifiers."""

    stem: str
    times: tuple[str, ...] = ()
    qualifiers: str = ""

    def full(self, time: str | None) -> str:
        """The address of the entry, at a time of a result where it has one."""
        times = "+".join(self.times) + ("." if self.times and time else "") + (time or "")
        return self.stem + (f"@{times}" if times else "") + (f"#{self.qualifiers}" if self.qualifiers else "")


def plain_word(value: Any) -> str:
    """Text as part of an address, where `/`, `#` and `@` have a meaning."""
    return re.sub(r"[/#@]", "-", value) if isinstance(value, Text) else ""


def quotes(value: Any, faults: Faults) -> Any:
    """A quote, or a list of them, as a list; over-long ones are noted."""
    listed = value if isinstance(value, Seq) else sequence([value], value)
    for quote in listed:
        if isinstance(quote, Text) and len(quote) > LONGEST_QUOTE:
            faults.add(
                "YML016",
                quote,
                f"a quote of {len(quote)} characters; the most is {LONGEST_QUOTE}",
                "quote the fragment with the numbers, not the sentence",
            )
    return listed


def flat_results(node: Map, address: Address, cells: Pattern | None, faults: Faults) -> Seq:
    """Results of arms and times as a flat list, each with its arm, time and address."""
    flat = sequence([], node)
    for arm, value in node.items():
        if isinstance(value, Map) and _has_times(value):
            for time, inner in value.items():
                flat.append(_result(inner, arm, time, address.full(plain_word(time)), cells, faults))
        else:
            flat.append(_result(value, arm, None, address.full(None), cells, faults))
    flat[:] = [result for result in flat if result is not None]
    return flat


def _has_times(node: Map) -> bool:
    """Whether a mapping is `time -> result` rather than statistics."""
    if is_long_form(node):
        return False
    known = {key for key in node if key in Result.model_fields or INTERVAL.fullmatch(key)}
    if any(is_time(key) for key in node):
        return True
    return not known and bool(node) and all(isinstance(v, Map) and not is_long_form(v) for v in node.values())


def _result(
    node: Any, arm: Text, time: Text | None, entry: str, cells: Pattern | None, faults: Faults
) -> Map | None:
    stats = cell_or_statistics(node, time or arm, cells, faults)
    if stats is None:
        return None
    new = statistics(stats, Result, faults)
    address = f"{entry}/{plain_word(arm)}"
    categories = new.get("by_category")
    if isinstance(categories, Map):
        put(new, new, "by_category", _categories(categories, arm, address, cells, faults))
    new["arm"], new["address"], new["position"] = arm, address, source_of(stats)
    if time is not None:
        new["time"] = time
    return new


def _categories(node: Map, arm: Text, address: str, cells: Pattern | None, faults: Faults) -> Map:
    new = mapping({}, node)
    for category, value in node.items():
        stats = cell_or_statistics(value, category, cells, faults)
        if stats is not None:
            result = statistics(stats, ArmStatistics, faults)
            result["arm"], result["position"] = arm, source_of(stats)
            result["address"] = f"{address}.{plain_word(category)}"
            new[category] = result
    return new


def cell_or_statistics(node: Any, key: Text, cells: Pattern | None, faults: Faults) -> Map | None:
    """The statistics of a result: as they are, or read from a cell."""
    if isinstance(node, Map):
        return node
    if isinstance(node, Text) and cells is not None:
        return read_cell(node, cells, faults) if cells.names else None
    if isinstance(node, Text):
        from evidence.loading.advice import of_bare_text  # only where something is wrong

        faults.add("YML017", node, f"{key}: what is {node}?", of_bare_text(key, node))
    else:
        faults.add("YML013", node, f"{key}: statistics belong here, not a list", f"{key}: {{percent: 12.2}}")
    return None


def statistics(node: Map, record: type[Record], faults: Faults) -> Map:
    """A mapping of statistics with its intervals and quotes gathered."""
    new = mapping({}, node)
    intervals = sequence([], node)
    made = made_names(record)
    for key, value in node.items():
        match = INTERVAL.fullmatch(key)
        if match:
            interval = _interval(key, value, match, faults)
            if interval is not None:
                intervals.append(interval)
        elif key == "quote":
            new["quotes"] = quotes(value, faults)
        elif key in made:
            refuse_made(key, faults)
        else:
            new[key] = value
    if intervals:
        new["intervals"] = intervals
    return new


def _interval(key: Text, value: Any, match: re.Match[str], faults: Faults) -> Map | None:
    if not isinstance(value, Seq) or len(value) != 2:
        many = len(value) if isinstance(value, Seq) else 1
        shown = "are" if many != 1 else "is"
        message = f"`{key}` is two numbers, lower first; here {shown} {many}"
        faults.add("YML013", value, message, f"such as {key}: {_two_limits(value)}")
        return None
    if match["level"] is None:
        faults.add(
            "SRC103",
            key,
            f"`{key}`: the level of the interval is not given",
            f"write {key}95 if 95 % is printed; 60, 80, 95, 96 and 99 all occur",
            severity=WARNING,
        )
    new = mapping({"low": value[0], "high": value[1]}, value)
    new["key"], new["kind"] = str(key), match["kind"]
    new["level"] = match["level"]
    return new


def _two_limits(value: Any) -> str:
    """Two limits written as a range, as a list; else an example."""
    text = value[0] if isinstance(value, Seq) and len(value) == 1 else value
    if isinstance(text, Text) and len(text) <= LONGEST_NUMBER:
        ends = re.split(r"\s*(?:–|—|-|\bto\b|,|;)\s*", text.strip("[]() "))
        if len(ends) == 2 and all(ends):
            return f"[{ends[0]}, {ends[1]}]"
    return "[0.45, 0.76]"


def refuse_made(key: Text, faults: Faults, other: str | None = None) -> None:
    """Note a key that the reader fills in and nobody writes."""
    help = f"did you mean {other}?" if other else "the reader works it out; take it out"
    faults.add("YML010", key, f"unknown key `{key}`", help)
