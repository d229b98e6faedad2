"""From a located tree to frozen models: numbers with their addresses first, then the shape, by pydantic."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, TypeVar

from pydantic import ValidationError

from evidence.entry import (
    INTERVALS,
    LETTERS,
    ArmStatistics,
    Effect,
    Entry,
    Interval,
    Result,
    Shared,
    Test,
)
from evidence.loading.assembling import assembled
from evidence.loading.numbers import number
from evidence.loading.problems import Faults, closest, did_you_mean, one_of
from evidence.loading.quoting import check_quoted
from evidence.loading.tree import Map, Node, Seq, Text, key_of, kind
from evidence.records import Record, Shape, shapes, written_fields
from evidence.study import FollowUp, Stage
from evidence.values import Printed, Reported, Source

R = TypeVar("R", bound=Record)

_PARTS = {"iqr": ("q1", "q3"), "range": ("min", "max")}
# What a transcriber says of an entry; no paper need print it.
_NEVER_QUOTED = ("reading_error", "items", "scale")
# What papers call what the format calls otherwise.
_MEANT = {
    **dict.fromkeys(("open", "open-label", "unblinded", "unmasked"), "an open study has blinding: none"),
    **dict.fromkeys(("double-blind", "triple"), "write double"),
    "single-blind": "write single",
    **dict.fromkeys(("rct", "randomised", "randomized", "randomized-trial"), "write randomised-trial"),
    **dict.fromkeys(("retrospective", "prospective"), "`kind: cohort` with `timing: ...` beside it"),
    **dict.fromkeys(("congress", "conference", "poster"), "a report to a congress is an abstract"),
}
# What a file may hold besides the fields of a model.
_ALSO: dict[type[Record], tuple[str, ...]] = {
    Entry: ("results", "quote", "as", "columns", "rows", "by_subgroup", "variable"),
    Test: ("quote", *LETTERS),
    Effect: ("quote", *INTERVALS),
    Result: ("quote", *INTERVALS),
    ArmStatistics: ("quote", *INTERVALS),
    FollowUp: ("results", "quote", *INTERVALS),
    Shared: ("quote", *INTERVALS),
    Stage: ("quote", *INTERVALS),
}


@dataclass(slots=True)
class Numbers:
    """The printed numbers of one file by address, so that two never share one."""

    faults: Faults
    first: dict[str, Source | None] = field(default_factory=dict)
    quotes: tuple[str, ...] = ()

    def take(self, node: Any, name: str, address: str) -> Printed:
        """The number at a node, under its address."""
        value = number(node, name, address, self.faults)
        known = self.first.setdefault(address, value.source)
        if known != value.source and known is not None and isinstance(node, (Text, Map)):
            self.faults.add(
                "YML020",
                node,
                f"`{address}` stands here again; it first stands at line {known.line}, column {known.column}",
                "if both are meant, give one of them an `id:`",
            )
        if self.quotes and name.partition(".")[0] not in _NEVER_QUOTED:
            check_quoted(value, name, self.quotes, self.faults)
        return value


def build(record: type[R], node: Map, address: str, faults: Faults) -> R | None:
    """The model that a tree stands for, or None where problems were noted."""
    numbers = Numbers(faults)
    prepared = _record(record, node, address, "/", numbers)
    made = assembled(record, prepared)
    if made is not None:
        return made
    try:
        return record.model_validate(prepared)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=True, include_input=False)
        extra = {
            (fault["loc"][:-1], str(fault["loc"][-1]))
            for fault in found
            if fault["type"] == "extra_forbidden"
        }
        for fault in found:
            if not _is_misspelt(fault["loc"], fault["type"], extra):
                _translate(record, node, dict(fault), faults)
        return None


def _is_misspelt(path: tuple[Any, ...], sort: str, extra: set[tuple[tuple[Any, ...], str]]) -> bool:
    """Whether a missing key is there under a wrong spelling, which is reported instead."""
    return sort == "missing" and any(path[:-1] == at and closest(key, [path[-1]]) for at, key in extra)


def _record(record: type[Record], node: Map, address: str, joint: str, numbers: Numbers) -> dict[str, Any]:
    known = shapes(record)
    own = node.get("address")
    if isinstance(own, str) and "address" in known:
        address, joint = own, record.joint
    if record is Interval:
        address, joint = f"{address}{joint}{node['key']}", "."
    prepared = {}
    quotes = numbers.quotes
    numbers.quotes += tuple(str(q) for q in node.get("quotes", ()) if isinstance(q, Text))
    for key, value in node.items():
        shape = known.get(key)
        if shape is None or not isinstance(value, (Text, Map, Seq)):
            prepared[str(key)] = value
            continue
        name = str(node["letter"]) if key == "statistic" and "letter" in node else str(key)
        name = "" if key in record.unnamed else name
        prepared[str(key)] = _value(shape, value, name, address, joint, numbers)
    numbers.quotes = quotes
    if record is Interval and prepared.get("level") is not None:
        prepared["level"] = Fraction(prepared["level"])
    return prepared


def _value(shape: Shape, node: Node, name: str, address: str, joint: str, numbers: Numbers) -> Any:
    """What a node becomes before pydantic looks at it; a misshapen one stays as it is."""
    here = f"{address}{joint}{name}" if name else address
    if shape.kind == "number":
        return numbers.take(node, name, here)
    if shape.kind == "record" and isinstance(node, Map):
        assert shape.record is not None
        return _record(shape.record, node, here, "/", numbers)
    if shape.kind == "map" and isinstance(node, Map):
        assert shape.of is not None
        return {str(k): _value(shape.of, v, str(k), here, "/", numbers) for k, v in node.items()}
    if shape.kind == "list":
        return _list(shape, node, name, address, joint, numbers)
    return str(node) if isinstance(node, Text) else node


def _list(shape: Shape, node: Node, name: str, address: str, joint: str, numbers: Numbers) -> Any:
    assert shape.of is not None
    if isinstance(node, Text) and shape.length is None and shape.of.kind in ("text", "number", "choice"):
        return (_value(shape.of, node, name, address, joint, numbers),)
    if not isinstance(node, Seq):
        return node
    if shape.of.record is Interval:
        return tuple(_record(Interval, item, address, joint, numbers) for item in node)
    if shape.length is not None and len(node) != shape.length:
        many = f"{name}: {shape.length} belong here, the lower first; here {_are(len(node))}"
        numbers.faults.add("YML013", node, many, f"write {_expected(shape)}")
        filler = Reported("") if shape.of.kind == "number" else ""
        return (filler,) * shape.length
    names = _PARTS.get(name, ())
    items = []
    for index, item in enumerate(node):
        if shape.of.kind == "number":
            part = names[index] if index < len(names) else str(index + 1)
            place = name if len(node) == 1 else f"{name}.{part}"
            items.append(_value(shape.of, item, place, address, joint, numbers))
        else:
            items.append(_value(shape.of, item, str(index + 1), f"{address}{joint}{name}", "/", numbers))
    return tuple(items)


def _are(count: int) -> str:
    return f"is {count}" if count == 1 else f"are {count}"


def _translate(record: type[Record], root: Map, fault: dict[str, Any], faults: Faults) -> None:
    """Note a fault of shape where it stands, in the words of the format."""
    node, parent, model, shape = _follow(record, root, fault["loc"])
    last = fault["loc"][-1] if fault["loc"] else ""
    sort = fault["type"]
    if sort == "missing":
        assert isinstance(parent, Map)
        _missing(model, parent, str(last), faults)
    elif sort == "extra_forbidden":
        assert isinstance(parent, Map)
        _extra(model, parent, str(last), faults)
    elif last == "format" and isinstance(node, Text):
        faults.add("YML021", node, f"format {node} is not known here", "this version reads format: 1")
    elif sort == "literal_error":
        choices = shape.choices if shape else ()
        faults.add(
            "YML016",
            node,
            f'{last}: "{node}" is not one of those that may stand here',
            _MEANT.get(str(node).lower(), "")
            or did_you_mean(str(node), choices)
            or f"write one of {one_of(choices, 30)}",
        )
    else:
        what = _expected(shape)
        place = key_of(parent, str(last)) if isinstance(parent, Map) and not isinstance(node, Text) else node
        shown = f'"{node}"' if isinstance(node, Text) else kind(node)
        faults.add(
            "YML013", place, f"{last}: {shown} cannot stand here", f"write {what}{_such_as(model, str(last))}"
        )


def _follow(
    record: type[Record], root: Map, path: tuple[Any, ...]
) -> tuple[Any, Any, type[Record], Shape | None]:
    """The node at a path, the one that holds it, the model that knows its key, and its shape."""
    node: Any = root
    parent: Any = root
    model, shape = record, None
    for step in path:
        if isinstance(node, Map):
            parent = node
            if shape is None or shape.kind == "record":
                model = shape.record if shape is not None and shape.record else model
                shape = shapes(model).get(str(step))
            else:
                shape = shape.of
            node = node.get(step, node)
        elif isinstance(node, Seq) and isinstance(step, int) and step < len(node):
            parent, node = node, node[step]
            shape = shape.of if shape else None
    return node, parent, model, shape


def _missing(model: type[Record], parent: Map, name: str, faults: Faults) -> None:
    if name in parent.lost:
        return
    written = "variable" if name == "endpoint" and parent.get("baseline") is True else name
    info = written_fields(model).get(name)
    meaning = (info.description or "").rstrip(".") if info else ""
    faults.add("YML011", parent, f"`{written}` is missing here", f"{meaning}{_such_as(model, name, written)}")


def _such_as(model: type[Record], name: str, written: str = "") -> str:
    """The example of a field, as a file would have it."""
    info = written_fields(model).get(name)
    return f", such as {written or name}: {_example(info.examples[0])}" if info and info.examples else ""


def _example(value: Any) -> str:
    """An example as YAML writes it."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k}: {_example(v)}" for k, v in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_example, value)) + "]"
    return str(value)


def _extra(model: type[Record], parent: Map, name: str, faults: Faults) -> None:
    known = [*written_fields(model), *_ALSO.get(model, ())]
    if model is Entry:
        known.remove("endpoint" if parent.get("baseline") is True else "variable")
    help = _elsewhere(model, name) or did_you_mean(name, known) or f"the keys here are {one_of(known, 30)}"
    faults.add("YML010", key_of(parent, name), f"unknown key `{name}`", help)


def _elsewhere(model: type[Record], name: str) -> str:
    """Where a key stands that is none of these, but one of a neighbour's."""
    if model is Result and name != name.lower():
        return f"categories stand under by_category: {{{name}: {{events: ...}}}}"
    if model is Effect and (name in LETTERS or name in ("claim", "higher", "test")):
        return f"`{name}` stands in `tests`, such as tests: [{{{name}: ...}}]"
    if model is Entry and (name in shapes(Result) or name in INTERVALS):
        return f"`{name}` stands with an arm, such as results: {{active: {{{name}: ...}}}}"
    if model is Entry and name in shapes(Effect):
        return f"`{name}` stands in `effects`, such as effects: [{{measure: HR, {name}: ...}}]"
    return ""


def _expected(shape: Shape | None) -> str:
    if shape is None:
        return "what the format has here"
    if shape.kind == "list":
        if shape.length == 2:
            return "a list of two, the lower first"
        return "a list"
    if shape.kind in ("map", "record"):
        record = shape.record
        keys = f" with {one_of(written_fields(record), 8)}" if record else ""
        return f"a mapping{keys}"
    return "one number" if shape.kind == "number" else "text"
