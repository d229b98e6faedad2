"""JSON Schemas of study and review files, for editors: generated from the models.

Editors speak draft-07 and YAML 1.2, where `42.00` is a number and `2:1` text. So each place for a number is
one schema of type number, string or object; there is no anyOf, oneOf, prefixItems or propertyNames, which
spoil completion. A schema cannot check names, units or sums; the reader does.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from pydantic.fields import FieldInfo

from evidence.entry import (
    INTERVALS,
    LETTERS,
    TIMES,
    ArmStatistics,
    Effect,
    Entry,
    Result,
    Shared,
    Test,
)
from evidence.records import Record, Shape, shapes, written_fields
from evidence.review import Review
from evidence.study import FollowUp, Level, Stage, Study

DRAFT = "http://json-schema.org/draft-07/schema#"
INTERVAL_PATTERN = r"^c(r)?i[0-9]{1,2}(\.[0-9]+)?$"
# A relation, a sign, figures with points or groups of three; or a word that stands for a number.
NUMBER_PATTERN = (
    r"^\s*([pP]\s*)?(<=|>=|[=<>≤≥~≈]|about\s)?\s*[-+−–]?[0-9]*([,.·⋅∙][0-9]+)*(\s?[×x]\s?10\^?[-−]?[0-9]+|[eE][-+]?[0-9]+)?"
    r"\s*$|^(not-reached|not-estimable|NE|not-reported|ns|NS|n\.s\.)$"
)
TIME_PATTERN = rf"^({'|'.join(TIMES)}|.*[0-9].* .*|(day|week|month|year|cycle|visit) ?[0-9.]+)$"
SCALAR = ["string", "number", "boolean"]

Schema = dict[str, Any]


def schema_text(kind: str) -> str:
    """The JSON Schema of a kind of file, as the text of `KIND.schema.json`.

    Parameters
    ----------
    kind : {"study", "review"}

    Examples
    --------
    >>> print(schema_text("study")[:66])
    {
     "$schema": "http://json-schema.org/draft-07/schema#",
     "title":...
    """
    records: dict[str, type[Record]] = {"study": Study, "review": Review}
    schema = _document(records[kind], f"{kind.capitalize()} file")
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def _document(record: type[Record], title: str) -> Schema:
    definitions: dict[str, Schema] = {"number": _number(), "numbers": _numbers()}
    root = _object(record, definitions)
    return {"$schema": DRAFT, "title": title, **root, "definitions": dict(sorted(definitions.items()))}


def _number() -> Schema:
    """The one schema of every place for a number: plain, or in the long form."""
    plain = {"type": ["number", "string"], "pattern": NUMBER_PATTERN}
    long_form = {
        "printed": {**plain, "description": "The text as printed."},
        "corrected": {**plain, "description": "What it should be; needs because and by."},
        "one_of": {
            "type": "array",
            "items": plain,
            "minItems": 2,
            "description": "Readings of unclear print.",
        },
        "from": {**plain, "description": "Least value, of a number printed as a range."},
        "to": {**plain, "description": "Greatest value, of a number printed as a range."},
        "because": {"type": "string", "description": "Why it is corrected."},
        "by": {"type": "string", "description": "Initials, or the source that corrects it."},
        "on": {"type": SCALAR, "description": "When."},
        "doubt": {"type": "string", "description": "What the next reader should know."},
    }
    return {
        "description": "A number as printed, such as 42.00, .05, 1,234, <0.05, not-reached.",
        "type": ["number", "string", "object"],
        "pattern": NUMBER_PATTERN,
        "properties": long_form,
        "additionalProperties": False,
    }


def _numbers() -> Schema:
    """One number, or a list of them."""
    return {**_number(), "type": ["number", "string", "object", "array"], "items": _reference("number")}


def _reference(name: str) -> Schema:
    return {"$ref": f"#/definitions/{name}"}


def _object(record: type[Record], definitions: dict[str, Schema]) -> Schema:
    """The schema of a mapping that a record is written as."""
    properties = {}
    required = []
    known = shapes(record)
    for name, info in written_fields(record).items():
        properties[name] = _described(info, _shape(known[name], definitions))
        if info.is_required():
            required.append(name)
    schema: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    if required:
        schema["required"] = required
    change = _WRITTEN.get(record)
    if change is not None:
        change(schema, definitions)
    return schema


def _described(info: FieldInfo, schema: Schema) -> Schema:
    # Beside $ref draft-07 ignores everything else; allOf keeps the reference and lets hover text stand.
    body = {"allOf": [schema]} if "$ref" in schema else schema
    described = {"description": info.description, **{k: v for k, v in body.items() if k != "description"}}
    if info.examples:
        described["examples"] = list(info.examples)
    return described


def _shape(shape: Shape, definitions: dict[str, Schema]) -> Schema:
    if shape.kind == "number":
        return _reference("number")
    if shape.kind == "choice":
        return _choice(shape.choices)
    if shape.kind == "list":
        return _list(shape, definitions)
    if shape.kind == "map":
        assert shape.of is not None
        return {"type": "object", "additionalProperties": _shape(shape.of, definitions)}
    if shape.kind == "record":
        assert shape.record is not None
        return _named(shape.record, definitions)
    return {"type": SCALAR}


def _choice(choices: tuple[str, ...]) -> Schema:
    """Words; editors read `true` and `1` as something else than text."""
    words: list[Any] = list(choices)
    words += [word == "true" for word in choices if word in ("true", "false")]
    words += [int(word) for word in choices if word.isdigit()]
    return {"enum": words}


def _list(shape: Shape, definitions: dict[str, Schema]) -> Schema:
    assert shape.of is not None
    if shape.length is not None:
        items = _shape(shape.of, definitions)
        return {"type": "array", "items": items, "minItems": shape.length, "maxItems": shape.length}
    if shape.of.kind == "number":
        return _reference("numbers")
    items = _shape(shape.of, definitions)
    if shape.of.kind in ("text", "choice", "list"):
        return {
            "type": ["array", *SCALAR],
            "items": {"type": ["array", *SCALAR]} if shape.of.kind == "list" else items,
        }
    return {"type": "array", "items": items}


def _named(record: type[Record], definitions: dict[str, Schema]) -> Schema:
    """A reference to a record's definition, made when first asked for."""
    name = record.__name__
    if name not in definitions:
        definitions[name] = {}
        definitions[name].update(
            {"description": (record.__doc__ or "").strip(), **_object(record, definitions)}
        )
    return _reference(name)


def _intervals(schema: Schema, definitions: dict[str, Schema]) -> None:
    """Intervals at any level; the usual ones are listed so that editors offer them."""
    two = {"type": "array", "items": _reference("number"), "minItems": 2, "maxItems": 2}
    for key in INTERVALS:
        kind = "Credible" if key.startswith("cri") else "Confidence"
        level = key.removeprefix("cri").removeprefix("ci")
        text = f"{level} %" if level else "level not printed"
        described = {"description": f"{kind} interval, {text}: lower, then upper limit.", **two}
        schema["properties"][key] = {**described, "examples": [["0.45", "0.76"]]}
    schema["patternProperties"] = {INTERVAL_PATTERN: two}


def _quote(schema: Schema, definitions: dict[str, Schema]) -> None:
    schema["properties"]["quote"] = {
        "description": "Printed fragment that holds these numbers, 120 characters at most; one or a list.",
        "type": ["string", "array"],
        "items": {"type": "string", "maxLength": 120},
        "maxLength": 120,
        "examples": ["(χ2=5.794,P<0.05)"],
    }


def _statistics(schema: Schema, definitions: dict[str, Schema]) -> None:
    _intervals(schema, definitions)
    _quote(schema, definitions)


def _result(schema: Schema, definitions: dict[str, Schema]) -> None:
    _statistics(schema, definitions)
    cell = _reference_or_scalar("ArmStatistics", definitions)
    schema["properties"]["by_category"]["additionalProperties"] = cell


def _test(schema: Schema, definitions: dict[str, Schema]) -> None:
    for letter in LETTERS[:-1]:
        text = f"Statistic printed as {letter}."
        schema["properties"][letter] = {"description": text, "allOf": [_reference("number")]}
    _quote(schema, definitions)


def _effect(schema: Schema, definitions: dict[str, Schema]) -> None:
    schema["properties"]["compare"].update({"minItems": 2, "maxItems": 2})
    _statistics(schema, definitions)


def _entry(schema: Schema, definitions: dict[str, Schema]) -> None:
    """What an entry holds in a file, as one endpoint, or as a table of them."""
    _quote(schema, definitions)
    arm = {**_with_times(_object(Result, definitions)), "type": ["object", *SCALAR]}
    definitions["result"] = {"description": "Statistics, a cell read by `as:`, or time -> result.", **arm}
    results = {"type": "object", "additionalProperties": _reference("result")}
    schema["properties"] |= {
        "variable": {
            "description": "In `baseline`, in place of `endpoint`.",
            "type": "string",
            "examples": ["age"],
        },
        "results": {"description": "Arm -> statistics, cell, or time -> result.", **results},
        "as": {"description": "What a printed cell is.", "type": "string", "examples": ["events (percent)"]},
        "columns": {
            "description": "Columns of a table: arms, statistics of a test, arms with qualifiers.",
            "type": "array",
            "items": {"type": ["string", "object"]},
            "examples": [["sorafenib", "placebo", "p"]],
        },
        "rows": {
            "description": "Rows of a table: endpoint -> cells, or a mapping with `cells`.",
            "type": "object",
            "additionalProperties": {"type": ["array", "object"]},
        },
        "by_subgroup": {
            "description": "Subgroup level -> its own results, tests, effects.",
            "type": "object",
            "additionalProperties": {"type": "object"},
        },
        **_table_words(definitions),
    }
    schema.pop("required", None)


def _table_words(definitions: dict[str, Schema]) -> Schema:
    """What a table may say of the tests in its columns."""
    test = _object(Test, definitions)["properties"]
    return {
        word: test[word] for word in ("test", "claim", "higher", "sided", "of", "compare", "within", "across")
    }


def _with_times(schema: Schema) -> Schema:
    """A result's schema that lets times stand; they are free, so another key may hold a mapping."""
    times = {TIME_PATTERN: {"type": ["object", *SCALAR]}}
    patterns = {**schema["patternProperties"], **times}
    return {**schema, "patternProperties": patterns, "additionalProperties": {"type": "object"}}


def _follow_up(schema: Schema, definitions: dict[str, Schema]) -> None:
    _statistics(schema, definitions)
    _named(ArmStatistics, definitions)
    results = {"type": "object", "additionalProperties": _reference("ArmStatistics")}
    schema["properties"]["results"] = {"description": "Arm -> statistics.", **results}


def _study(schema: Schema, definitions: dict[str, Schema]) -> None:
    """Places where a file may say a thing more shortly than the model holds it."""
    properties = schema["properties"]
    words = {"type": ["object", *SCALAR], "additionalProperties": _reference("number")}
    definitions["AnalysisSet"]["properties"]["n"].update(words)
    _named(Level, definitions)
    definitions["Level"]["properties"]["n"].update(words)
    stage = {
        "type": ["object", *SCALAR],
        "additionalProperties": {**_reference_or_scalar("Stage", definitions)},
    }
    properties["flow"]["additionalProperties"] = stage
    level = {"type": ["object", "boolean", "string"]}
    properties["subgroups"]["additionalProperties"] = {
        "type": "object",
        "properties": {
            "partial": definitions["Factor"]["properties"]["partial"],
            "label": {"type": "string"},
        },
        "additionalProperties": {**definitions["Level"], **level},
    }
    definitions.pop("Factor")


def _reference_or_scalar(name: str, definitions: dict[str, Schema]) -> Schema:
    return {**definitions[name], "type": ["object", *SCALAR]}


_WRITTEN: dict[type[Record], Callable[[Schema, dict[str, Schema]], None]] = {
    Stage: _statistics,
    ArmStatistics: _statistics,
    Result: _result,
    Shared: _statistics,
    FollowUp: _follow_up,
    Test: _test,
    Effect: _effect,
    Entry: _entry,
    Study: _study,
}
