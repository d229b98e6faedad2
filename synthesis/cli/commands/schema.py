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

        document = json.loads(text)
        text = "\n".join(_keys(document, document, indent=0, above=()))
    show(text, output)
    return 0


Node = dict[str, Any]


def _keys(document: Node, node: Node, indent: int, above: tuple[str, ...]) -> Iterator[str]:
    """A line for each key that a mapping may hold, and indented under it the keys inside."""
    required = node.get("required", ())
    for key, value in node.get("properties", {}).items():
        name, inner = _inside(document, value)
        about = value.get("description") or inner.get("description", "")
        yield f"{'  ' * indent}{key}{' (required)' if key in required else ''}: {about}".rstrip(": ")
        if name not in above:
            yield from _keys(document, inner, indent + 1, (*above, name) if name else above)


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
