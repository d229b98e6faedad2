"""Written outcomes as plain entries: subgroups spread out, results flat, everything under its address.

Works on the located tree and tolerates missing and misshapen parts: those are left for the shape check.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from evidence.loading.cells import Pattern, pattern, read_cell
from evidence.loading.numbers import is_long_form, source_of
from evidence.loading.problems import WARNING, Faults
from evidence.loading.tables import rows_as_entries
from evidence.loading.tree import Map, Seq, Text, key_of, mapping, put, sequence, text
from evidence.loading.vocabulary import is_time
from evidence.records import Record, is_made
from evidence.study import (
    LETTERS,
    QUALIFIERS,
    ArmStatistics,
    Effect,
    Entry,
    Pairs,
    Result,
    Shared,
    Test,
)

INTERVAL = re.compile(r"(?P<kind>cri|ci)(?P<level>\d{1,2}(?:\.\d+)?)?")
LONGEST_QUOTE = 120
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
            for row in rows_as_entries(item, paper.arms, paper.baseline, paper.faults):
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
    if as_text is not None and not isinstance(as_text, Text):
        paper.faults.add("YML013", key_of(written, "as"), "`as` is text", "such as `as: events (percent)`")
    name = "variable" if paper.baseline else "endpoint"
    address = _address(written, name, paper, level)
    made = {k for k, info in Entry.model_fields.items() if is_made(info)} | {"endpoint"}
    for key, value in written.items():
        if key == name:
            new[text("endpoint", key)] = value
        elif key in ("as", "by_subgroup", *CONTENT):
            continue
        elif key == "quote":
            new["quotes"] = quotes(value, paper.faults)
        elif key in made:
            _unknown(key, Entry, paper.faults, renamed={"endpoint": name, "quotes": "quote"})
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
            put(new, written, name, _pairs(value, address, paper))
        elif name in ("shared", "tests", "effects") and isinstance(value, Seq):
            make = {"shared": _shared, "tests": _test, "effects": _effect}[name]
            items = [make(v, address, paper) if isinstance(v, Map) else v for v in value]
            put(new, written, name, sequence(items, value))
        else:
            example = {
                "results": "a mapping of arms, such as {anlotinib: {percent: 89.02}}",
                "pairs": "a mapping, such as {compare: [left, right], both: 12, first: 5}",
            }.get(name, f"a list, such as `{name}: [{{...}}]`")
            paper.faults.add("YML013", key, f"`{name}` does not hold {_kind(value)}", f"write {example}")


def _kind(value: Any) -> str:
    return "text" if isinstance(value, Text) else "a list" if isinstance(value, Seq) else "a mapping"


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


def _address(written: Map, name: str, paper: Paper, level: Text | None) -> Address:
    endpoint = _word(written.get(name)) or "?"
    stem = f"{paper.study}/baseline.{endpoint}" if paper.baseline else f"{paper.study}/{endpoint}"
    at = written.get("at")
    times = tuple(_word(a) for a in at) if isinstance(at, Seq) else ((_word(at),) if at is not None else ())
    parts = [_word(level)] if level is not None else []
    own = _word(written.get("id"))
    return Address(stem, times, ".".join([*parts, own] if own else [*parts, *_qualifiers(written, paper)]))


def _qualifiers(written: Map, paper: Paper) -> list[str]:
    """The qualifiers that tell an entry from its namesakes, in the order of the format; a unit does not."""
    parts = []
    for name in QUALIFIERS:
        value = _word(written.get(name))
        if not value or name in ("at", "unit"):
            continue
        if name == "confirmed":
            parts.append("confirmed" if value == "true" else "unconfirmed")
        elif not (name == "source" and value == paper.first_source):
            parts.append(f"grade {value}" if name == "grade" and value.isdigit() else value)
    return parts


def _word(value: Any) -> str:
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
                flat.append(_result(inner, arm, time, address.full(_word(time)), cells, faults))
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
    address = f"{entry}/{_word(arm)}"
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
            result["address"] = f"{address}.{_word(category)}"
            new[category] = result
    return new


def cell_or_statistics(node: Any, key: Text, cells: Pattern | None, faults: Faults) -> Map | None:
    """The statistics of a result: as they are, or read from a cell."""
    if isinstance(node, Map):
        return node
    if isinstance(node, Text) and cells is not None:
        return read_cell(node, cells, faults) if cells.names else None
    if isinstance(node, Text):
        help = f"name the statistic, such as {key}: {{percent: {node}}}, or give the entry `as: ...`"
        faults.add("YML017", node, f"{key}: what is {node}?", help)
    else:
        faults.add("YML013", node, f"{key}: statistics belong here, not a list", f"{key}: {{percent: 12.2}}")
    return None


def statistics(node: Map, record: type[Record], faults: Faults) -> Map:
    """A mapping of statistics with its intervals and quotes gathered."""
    new = mapping({}, node)
    intervals = sequence([], node)
    made = {k for k, info in record.model_fields.items() if is_made(info)}
    for key, value in node.items():
        match = INTERVAL.fullmatch(key)
        if match:
            interval = _interval(key, value, match, faults)
            if interval is not None:
                intervals.append(interval)
        elif key == "quote":
            new["quotes"] = quotes(value, faults)
        elif key in made:
            _unknown(key, record, faults)
        else:
            new[key] = value
    if intervals:
        new["intervals"] = intervals
    return new


def _interval(key: Text, value: Any, match: re.Match[str], faults: Faults) -> Map | None:
    if not isinstance(value, Seq) or len(value) != 2:
        shown = "one number" if isinstance(value, Text) else f"{len(value)} of them"
        faults.add(
            "YML013",
            value,
            f"`{key}` is two numbers, lower first; here is {shown}",
            f"such as {key}: [0.45, 0.76]",
        )
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


def _unknown(key: Text, record: type[Record], faults: Faults, renamed: dict[str, str] | None = None) -> None:
    """Note a key that the reader fills in and nobody writes."""
    other = (renamed or {}).get(key)
    help = f"did you mean {other}?" if other else "the reader works it out; take it out"
    faults.add("YML010", key, f"unknown key `{key}`", help)


def _shared(node: Map, address: Address, paper: Paper) -> Map:
    new = statistics(node, Shared, paper.faults)
    arms = node.get("arms")
    if isinstance(arms, Text) and arms == "all":
        put(new, new, "arms", sequence([text(arm, arms) for arm in paper.arms], arms))
    names = [_word(a) for a in new["arms"]] if isinstance(new.get("arms"), Seq) else ["all"]
    new["address"], new["position"] = f"{address.full(None)}/{'+'.join(names)}", source_of(node)
    return new


def _sides(node: Map, new: Map, faults: Faults) -> list[list[str]]:
    """The sides of a comparison, each a list of names; the tree is given the same shape."""
    compare = node.get("compare")
    if compare is None:
        return []
    if not isinstance(compare, Seq) or len(compare) < 2:
        faults.add(
            "YML018",
            key_of(node, "compare"),
            "`compare` names two sides, first versus second",
            "such as compare: [anlotinib, sorafenib]",
        )
        new.pop(Text("compare"), None)
        new.lost.add("compare")
        return []
    sides = [side if isinstance(side, Seq) else sequence([side], side) for side in compare]
    put(new, node, "compare", sequence(sides, compare))
    return [[_word(name) for name in side] for side in sides]


def _contrast(sides: list[list[str]], node: Map) -> str:
    versus = "-vs-".join("+".join(side) for side in sides)
    within, across, of = _word(node.get("within")), _word(node.get("across")), _word(node.get("of"))
    if within:
        versus = f"{within}.{versus or 'within'}"
    if across:
        versus = f"{versus + '.' if versus else ''}across.{across}"
    name = versus or "between"
    if of and of != "level":
        name += f".{of}"
    return name + (f".{_word(node['id'])}" if _word(node.get("id")) else "")


def _test(node: Map, address: Address, paper: Paper) -> Map:
    new = mapping({}, node)
    letters = [key for key in node if key in LETTERS]
    made = {k for k, info in Test.model_fields.items() if is_made(info)}
    for key, value in node.items():
        if key in letters:
            continue
        if key == "quote":
            new["quotes"] = quotes(value, paper.faults)
        elif key in made:
            _unknown(key, Test, paper.faults)
        else:
            new[key] = value
    for other in letters[1:]:
        paper.faults.add(
            "YML013", other, f"two statistics in one test, `{letters[0]}` and `{other}`", "write two tests"
        )
    if letters:
        new[text("statistic", letters[0])] = node[letters[0]]
        if letters[0] != "statistic":
            new["letter"] = str(letters[0])
    contrast = _contrast(_sides(node, new, paper.faults), node)
    new["contrast"], new["position"] = contrast, source_of(node)
    new["address"] = f"{address.full(None)}/{contrast}"
    return new


def _effect(node: Map, address: Address, paper: Paper) -> Map:
    new = statistics(node, Effect, paper.faults)
    for name in ("adjusted", "stratified"):
        value = node.get(name)
        if isinstance(value, Text) and value == "none":
            put(new, node, name, sequence([], value))
        elif isinstance(value, Text) and value == "not-reported":
            new.pop(name)
    contrast = _contrast(_sides(node, new, paper.faults), node)
    parts = [_word(node.get("measure")) or "?"]
    if new.get("adjusted"):
        parts.append("adjusted")
    parts += [word for name in ("crossover", "method") if (word := _word(node.get(name)))]
    new["contrast"], new["position"] = contrast, source_of(node)
    new["address"] = f"{address.full(None)}/{contrast}/{'.'.join(parts)}"
    return new


def _pairs(node: Map, address: Address, paper: Paper) -> Map:
    new = mapping(dict(node), node)
    for key in [k for k in node if k in ("address", "position")]:
        _unknown(key, Pairs, paper.faults)
    compare = node.get("compare")
    sides = [_word(side) for side in compare] if isinstance(compare, Seq) else []
    new["address"] = f"{address.full(None)}/{'-vs-'.join(sides) or 'pairs'}"
    new["position"] = source_of(node)
    return new
