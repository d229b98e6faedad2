"""`evidence schema`: the keys a study file or review.yaml may hold."""

from collections.abc import Iterator
from typing import Any

import click

from synthesis.cli.listing import Command, OneOf
from synthesis.cli.output import show
from synthesis.cli.settings import common

EXAMPLES = """\
evidence schema                        the keys of a study file, each with what it means
evidence schema review                 those of review.yaml
evidence schema study --format json    the JSON Schema that editors read
"""


@common("text", "json")
@click.command(
    cls=Command,
    order=9,
    examples=EXAMPLES,
    short_help="The keys that a study file may hold.",
    help="""List the keys that a study file or review.yaml may hold, with what each means.

    With --format json it is the JSON Schema. The same two schemas lie beside the studies of every review
    (study.schema.json, review.schema.json), and an editor that knows YAML completes and checks with them.""",
)
@click.argument("file", type=OneOf(["study", "review"]), default="study", metavar="[study|review]")
@click.option("-o", "--output", metavar="FILE", help="Write to this file instead of the terminal.")
def schema(file: str, output: str | None, format_: str) -> int:
    """The exit code 0, once the schema was shown."""
    from evidence.schemas import schema_text

    text = schema_text(file)
    if format_ == "text":
        import json

        text = "\n".join([*_keys(json.loads(text)), "", NUMBERS])
    show(text, output)
    return 0


Node = dict[str, Any]
NUMBERS = """\
Every number is written as printed, or in the long form {printed: ..., corrected: ..., because: ..., by: ...};
{one_of: [...]} says that print is unclear, {from: ..., to: ...} that a range was printed."""


def _keys(document: Node) -> Iterator[str]:
    """A line for each key, and indented under it the keys inside; what comes again is listed once."""
    listed: set[str] = set()

    def below(node: Node, indent: str) -> Iterator[str]:
        required = node.get("required", ())
        for key, value in node.get("properties", {}).items():
            name, inner = _inside(document, value)
            number = "printed" in inner.get("properties", {})
            again = " (keys as above)" if name in listed and not number else ""
            about = value.get("description") or inner.get("description", "")
            yield f"{indent}{key}{' (required)' if key in required else ''}: {about}{again}"
            if not number and name not in listed:
                listed.update({name} - {""})
                yield from below(inner, indent + "  ")

    yield from below(document, "")


def _inside(document: Node, node: Node) -> tuple[str, Node]:
    """What lies in a list, a mapping of names or a reference: its name in the schema, and itself."""
    if "$ref" in node:
        name = node["$ref"].rpartition("/")[2]
        return name, _definitions(document)[name]
    for inside in (*node.get("allOf", ()), node.get("items"), node.get("additionalProperties")):
        if isinstance(inside, dict):
            return _inside(document, inside)
    return "", node


def _definitions(document: Node) -> dict[str, Node]:
    found: dict[str, Node] = document.get("$defs") or document.get("definitions") or {}
    return found


COMMAND = schema
