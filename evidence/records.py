"""What study and review models are made of: frozen records, places for printed numbers, and walks over them.

pydantic checks their shape only. `shape_of` reads a field's annotation once, for the reader that puts
numbers in and for the JSON Schemas alike.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo
from pydantic_core import core_schema

from evidence.rounding import MODES
from evidence.values import Between, OneOf, Printed, Reported, Source, numbers_in

M = TypeVar("M", bound=BaseModel)


class Words:
    """Words that a file may hold, and the values they stand for."""

    def __init__(self, **values: Any) -> None:
        self.values = values

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        words = core_schema.literal_schema(list(self.values))
        return core_schema.no_info_after_validator_function(self.values.__getitem__, words)


class Instance:
    """Tells pydantic to take these values as they are."""

    def __init__(self, name: str, *classes: type) -> None:
        self.name, self.classes = name, classes

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        return core_schema.is_instance_schema(self.classes)


NUMBER = Instance("number", Reported, OneOf, Between)
PLACE = Instance("place", Source)
Number = Annotated[Printed, NUMBER]
Position = Annotated[Source, PLACE]
Flag = Annotated[bool, Words(true=True, false=False)]
Sided = Annotated[int, Words(one=1, two=2)]
Steps = Annotated[int, Words(**{str(n): n for n in range(1, 4)})]
Format = Annotated[int, Words(**{"1": 1})]


class Record(BaseModel):
    """A frozen record; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, populate_by_name=True)
    joint: ClassVar[str] = "/"  # between its address and a field
    unnamed: ClassVar[frozenset[str]] = frozenset()  # fields that leave no trace in addresses


def made(description: str, default: Any = None) -> Any:
    """A field that the reader fills in and nobody writes."""
    return Field(default, description=description, json_schema_extra={"made": True})


def is_made(field: FieldInfo) -> bool:
    """Whether a field is filled in by the reader."""
    extra = field.json_schema_extra
    return isinstance(extra, dict) and bool(extra.get("made"))


@dataclass(frozen=True, slots=True)
class Shape:
    """What may stand in a field.

    ``kind`` is number, text, choice, list, map, record or place; ``of`` the shape inside a list or map;
    ``choices`` the allowed words; ``record`` the model; ``length`` that of a list, where it is fixed.
    """

    kind: str
    of: Shape | None = None
    choices: tuple[str, ...] = ()
    record: type[Record] | None = None
    length: int | None = None


@cache
def shapes(record: type[Record]) -> dict[str, Shape]:
    """The shape of every field of a record, by the name it is written under."""
    return {info.alias or name: _field_shape(info) for name, info in record.model_fields.items()}


@cache
def made_names(record: type[Record]) -> frozenset[str]:
    """The fields of a record that the reader fills in."""
    return frozenset(name for name, info in record.model_fields.items() if is_made(info))


def written_fields(record: type[Record]) -> dict[str, FieldInfo]:
    """The fields of a record that a file may hold, by the name they are written under."""
    fields = record.model_fields.items()
    return {info.alias or name: info for name, info in fields if not is_made(info)}


def _field_shape(info: FieldInfo) -> Shape:
    return _marked(info.metadata) or shape_of(info.annotation)


def _marked(metadata: Iterable[Any]) -> Shape | None:
    for mark in metadata:
        if isinstance(mark, Instance):
            return Shape(mark.name)
        if isinstance(mark, Words):
            return Shape("choice", choices=tuple(mark.values))
    return None


def shape_of(annotation: Any) -> Shape:
    """The shape that an annotation stands for; None beside something means only that it may be absent."""
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _marked(inside[1:]) or shape_of(inside[0])
    if origin in (Union, types.UnionType):
        return shape_of(next(a for a in inside if a is not type(None)))
    if origin is Literal:
        return Shape("choice", choices=tuple(str(a) for a in inside))
    if origin is tuple:
        fixed = None if inside[-1] is Ellipsis else len(inside)
        return Shape("list", of=shape_of(inside[0]), length=fixed)
    if origin is dict:
        return Shape("map", of=shape_of(inside[1]))
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return Shape("record", record=annotation)
    return Shape("text")


def places(value: Any) -> Iterator[Printed]:
    """Every place of a record that holds a printed number."""
    found: list[Printed] = []
    _collect(value, found)
    return iter(found)


def _collect(value: Any, found: list[Printed]) -> None:
    kind = type(value)
    if kind is Reported or kind is OneOf or kind is Between:
        found.append(value)
    elif kind is tuple:
        for item in value:
            _collect(item, found)
    elif kind is dict:
        for item in value.values():
            _collect(item, found)
    elif isinstance(value, BaseModel):
        for item in value.__dict__.values():  # its fields, those left out by the file as well
            if item is not None and type(item) is not str:
                _collect(item, found)


def printed_numbers(record: BaseModel) -> Iterator[Reported]:
    """Every printed number of a study or review, each with its address, in the order of the files."""
    found = [number for place in places(record) for number in numbers_in(place)]
    files = list(dict.fromkeys(number.source.file for number in found if number.source))
    yield from sorted(found, key=lambda number: _place_in(number.source, files))


def _place_in(source: Source | None, files: list[str]) -> tuple[int, int, int]:
    return (files.index(source.file), source.line, source.column) if source else (len(files), 0, 0)


def mapped(record: M, function: Callable[[Reported], Reported]) -> M:
    """The same record with a function applied to every printed number in it."""
    changes = {}
    for name in type(record).model_fields:
        old = getattr(record, name)
        new = _mapped(old, function)
        if new is not old:
            changes[name] = new
    return record.model_copy(update=changes) if changes else record


def rounded_as(record: M, mode: str) -> M:
    """The same record, its numbers taken to be shortened in this way.

    Raises
    ------
    ValueError
        For a way that `evidence.rounding` does not know.
    """
    if mode not in MODES:
        raise ValueError(f"unknown rounding {mode!r}; choose {', '.join(MODES[:-1])} or {MODES[-1]}")
    return mapped(record, lambda number: replace(number, rounding=mode))


def _mapped(value: Any, function: Callable[[Reported], Reported]) -> Any:
    """A value with a function applied to every number in it: the same object where nothing changed."""
    if isinstance(value, Reported):
        return function(value)
    if isinstance(value, OneOf):
        options = tuple(function(option) for option in value.options)
        return value if options == value.options else replace(value, options=options)
    if isinstance(value, Between):
        low, high = function(value.low), function(value.high)
        return value if (low, high) == (value.low, value.high) else replace(value, low=low, high=high)
    if isinstance(value, BaseModel):
        return mapped(value, function)
    if isinstance(value, dict):
        items = {key: _mapped(item, function) for key, item in value.items()}
        return value if all(items[key] is value[key] for key in value) else items
    if isinstance(value, tuple):
        parts = tuple(_mapped(item, function) for item in value)
        return value if all(a is b for a, b in zip(parts, value, strict=True)) else parts
    return value
