"""Models put together without pydantic, where a file has no fault.

Building pydantic's validators for every record costs more time than reading a whole review. They are needed
only to say what is wrong; here a prepared tree in which everything is in its place becomes the same models
at once. Whatever is not exactly as declared is left to pydantic.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from evidence.records import NUMBER, PLACE, Record, Words

R = TypeVar("R", bound=Record)
_put = object.__setattr__  # records are frozen


class NotInPlace(Exception):
    """A value that is not exactly what its field declares."""


Convert = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Plan:
    """How a record is put together: field and converter by written name, what must be there, what may not."""

    converters: Mapping[str, tuple[str, Convert]]
    required: frozenset[str]
    defaults: Mapping[str, Any]


def assembled(record: type[R], prepared: Mapping[str, Any]) -> R | None:
    """The model of a prepared tree, or None where something in it is not exactly as declared."""
    try:
        return _assemble(record, prepared)
    except NotInPlace:
        return None


def _assemble(record: type[R], prepared: Any) -> R:
    if not isinstance(prepared, dict):
        raise NotInPlace
    plan = _plan(record)
    values = {}
    for key, value in prepared.items():
        found = plan.converters.get(key)
        if found is None:
            raise NotInPlace
        values[found[0]] = found[1](value)
    if not plan.required <= values.keys():
        raise NotInPlace
    return _constructed(record, plan, values)


def _constructed(record: type[R], plan: _Plan, values: dict[str, Any]) -> R:
    """What ``record.model_construct`` gives, in a quarter of its time: every default here is a constant."""
    made = record.__new__(record)
    _put(made, "__dict__", {**plan.defaults, **values})
    _put(made, "__pydantic_fields_set__", set(values))
    _put(made, "__pydantic_extra__", None)
    _put(made, "__pydantic_private__", None)
    return made


@cache
def _plan(record: type[Record]) -> _Plan:
    converters: dict[str, tuple[str, Convert]] = {}
    for name, info in record.model_fields.items():
        convert = _marked(info.metadata) or _converter(info.annotation)
        converters[name] = (name, convert)
        converters[info.alias or name] = (name, convert)
    required = frozenset(name for name, info in record.model_fields.items() if info.is_required())
    blank = record.model_construct(**dict.fromkeys(required))
    return _Plan(converters, required, {name: getattr(blank, name) for name in record.model_fields})


def _converter(annotation: Any) -> Convert:
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _marked(inside[1:]) or _converter(inside[0])
    if origin in (Union, UnionType):
        return _optional(_converter(next(a for a in inside if a is not type(None))))
    if origin is Literal:
        return _among({word: word for word in inside})
    if origin is tuple:
        return _tuple(_converter(inside[0]), None if inside[-1] is Ellipsis else len(inside))
    if origin is dict:
        return _mapping(_converter(inside[1]))
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return lambda value: _assemble(annotation, value)
    if annotation in (str, bool, Fraction):
        return _instance(annotation)
    return _refuse


def _marked(metadata: Any) -> Convert | None:
    for mark in metadata:
        if mark is NUMBER or mark is PLACE:
            return _instance(*mark.classes)
        if isinstance(mark, Words):
            return _among(mark.values)
    return None


def _instance(*classes: type) -> Convert:
    def convert(value: Any) -> Any:
        if not isinstance(value, classes):
            raise NotInPlace
        return value

    return convert


def _among(words: Mapping[Any, Any]) -> Convert:
    def convert(value: Any) -> Any:
        if not isinstance(value, str) or value not in words:
            raise NotInPlace
        return words[value]

    return convert


def _optional(inner: Convert) -> Convert:
    return lambda value: None if value is None else inner(value)


def _tuple(inner: Convert, length: int | None) -> Convert:
    def convert(value: Any) -> Any:
        if not isinstance(value, tuple) or length not in (None, len(value)):
            raise NotInPlace
        return tuple(map(inner, value))

    return convert


def _mapping(inner: Convert) -> Convert:
    def convert(value: Any) -> Any:
        if not isinstance(value, dict):
            raise NotInPlace
        return {key: inner(item) for key, item in value.items()}

    return convert


def _refuse(value: Any) -> Any:
    raise NotInPlace
