"""A file as a tree of located text: mappings, sequences and scalars that know their line and column.

Built from the events of PyYAML, which types nothing: `042.00`, `no` and `<0.05` arrive as written.
"""

from __future__ import annotations

from typing import Any


class Text(str):
    """A scalar as written, and where."""

    __slots__ = ("column", "end_column", "file", "line", "quoted", "sliceable")
    file: str
    line: int
    column: int
    end_column: int
    quoted: bool
    sliceable: bool

    def part(self, start: int, stop: int) -> Text:
        """A piece of this text at its own column; at the start where escapes hide the place."""
        offset = self.column + self.quoted + start if self.sliceable else self.column
        end = offset + stop - start if self.sliceable else self.end_column
        return text(self[start:stop], self, column=offset, end_column=end)


class Map(dict[Any, Any]):
    """A mapping, and where it begins; ``lost`` names keys whose values were already refused."""

    __slots__ = ("column", "end_column", "file", "line", "lost")
    lost: set[str]
    file: str
    line: int
    column: int
    end_column: int


class Seq(list[Any]):
    """A sequence, and where it begins."""

    __slots__ = ("column", "end_column", "file", "line")
    file: str
    line: int
    column: int
    end_column: int


Node = Text | Map | Seq


def text(value: str, like: Node, column: int | None = None, end_column: int | None = None) -> Text:
    """New text standing where another node does."""
    new = Text(value)
    new.file, new.line = like.file, like.line
    new.column = like.column if column is None else column
    new.end_column = like.end_column if end_column is None else end_column
    new.quoted = False
    new.sliceable = True
    return new


def mapping(items: dict[Any, Any], like: Node) -> Map:
    """A new mapping standing where another node does."""
    new = Map(items)
    new.lost = set(getattr(like, "lost", ()))
    new.file, new.line, new.column, new.end_column = like.file, like.line, like.column, like.end_column
    return new


def sequence(items: list[Any], like: Node) -> Seq:
    """A new sequence standing where another node does."""
    new = Seq(items)
    new.file, new.line, new.column, new.end_column = like.file, like.line, like.column, like.end_column
    return new


def key_of(node: Map, name: str) -> Node:
    """The key of this name as it stands in the file, or the mapping itself."""
    return next((key for key in node if key == name and isinstance(key, Text)), node)


def kind(node: Any) -> str:
    """What a node is, in words."""
    if isinstance(node, Map):
        return "a mapping"
    return "a list" if isinstance(node, Seq) else "text"


def put(node: Map, like: Map, name: str, value: Any) -> None:
    """Put a value under a key as it stands in another mapping, so that its place is kept."""
    node[next((key for key in like if key == name), Text(name))] = value
