"""From text to the located tree, by the events of PyYAML, with every slip reported where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml import events as ev

from evidence.loading.characters import named, refused_in
from evidence.loading.problems import Faults
from evidence.loading.slips import Slip, Slips, syntax_problem
from evidence.loading.tree import Map, Node, Seq, Text

DEEPEST = 40
MOST_SLIPS = 200
MOST_WORK = 20_000_000  # characters parsed again because of slips
# Whichever is there: the C parser is ten times faster, and both give the same events and marks.
LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
EMPTY = "a study file begins\n        format: 1\n        study: smith-2020\n        label: Smith 2020"


class _Stop(Exception):
    """The rest of the file cannot be read."""


class _NeedsQuotes(Exception):
    """A block scalar header that is a value: `p: >5`."""

    def __init__(self, line: int, column: int) -> None:
        super().__init__()
        self.line, self.column = line, column


def parsed(text: str, file: str, loader: Any = None) -> tuple[Map | None, Faults, bool]:
    """The tree of a file, what is wrong with it, and whether all of the file was read."""
    slips = Slips(text)
    while True:
        faults = Faults(file, text)
        builder = _Builder(faults, slips)
        complete = True
        try:
            for event in _events(slips.text, loader or LOADER):
                builder.take(event)
        except _NeedsQuotes as needs:
            if _may_go_on(slips) and slips.quote_block(needs.line, needs.column):
                continue
            complete = False
        except yaml.YAMLError as error:
            if _may_go_on(slips) and slips.mend(error, builder.in_flow):
                continue
            syntax_problem(error, slips, faults)
            complete = False
        except _Stop:
            complete = False
        for slip in slips.found:
            _report(slip, faults)
        return _root(builder, faults, complete), faults, complete


def _may_go_on(slips: Slips) -> bool:
    """Whether the file may be parsed once more."""
    found = len(slips.found)
    return found < MOST_SLIPS and found * sum(map(len, slips.lines)) < MOST_WORK


def _events(text: str, loader: Any) -> Iterator[ev.Event]:
    """What `yaml.parse` gives, without asking before each event whether there is one."""
    parser = loader(text)
    try:
        event = None
        while type(event) is not ev.StreamEndEvent:
            event = parser.get_event()
            yield event
    finally:
        parser.dispose()


def _report(slip: Slip, faults: Faults) -> None:
    end = slip.column + len(slip.value)
    faults.at("YML006", slip.line, slip.column, slip.message, f'write "{slip.value}"', end=end)


def _root(builder: _Builder, faults: Faults, complete: bool) -> Map | None:
    root = builder.root
    if isinstance(root, Map):
        return root
    if complete and (root is None or root == ""):
        faults.at("YML002", 1, 1, "the file is empty", EMPTY)
    elif complete and root is not None:
        faults.at("YML013", root.line, root.column, "the file holds no mapping of keys to values", EMPTY)
    return None


@dataclass(slots=True)
class _Frame:
    """An open mapping or sequence: the key that waits for its value, and the last scalar in it."""

    node: Node
    flow: bool
    key: Text | None = None
    last: Text | None = None
    skipped: bool = False


@dataclass(slots=True)
class _Builder:
    """Puts events together into the tree."""

    faults: Faults
    slips: Slips
    root: Node | None = None
    stack: list[_Frame] = field(default_factory=list)
    documents: int = 0

    @property
    def in_flow(self) -> bool:
        return bool(self.stack) and self.stack[-1].flow

    def take(self, event: Any) -> None:
        kind = type(event)
        if kind is ev.ScalarEvent:
            if event.anchor is not None or event.tag is not None:
                self._refuse_anchor(event)
            self._scalar(event)
        elif kind is ev.MappingStartEvent or kind is ev.SequenceStartEvent:
            if event.anchor is not None or event.tag is not None:
                self._refuse_anchor(event)
            self._open(event)
        elif kind is ev.MappingEndEvent or kind is ev.SequenceEndEvent:
            self.stack.pop()
        elif isinstance(event, ev.AliasEvent):
            self._alias(event)
        elif isinstance(event, ev.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                line, column = self._place(event)
                self.faults.at("YML004", line, column, "a second document", "one file holds one document")
                raise _Stop

    def _place(self, event: Any) -> tuple[int, int]:
        mark = event.start_mark
        return self.slips.origin(mark.line, mark.column)

    def _located(self, node: Any, event: Any) -> Any:
        start, end = event.start_mark, event.end_mark
        line, node.file = start.line, self.faults.file
        if self.slips.are_mended:
            origin = self.slips.origin
            node.line, node.column = origin(line, start.column)
            node.end_column = origin(end.line, end.column)[1] if end.line == line else 0
        else:
            node.line, node.column = line + 1, start.column + 1
            node.end_column = end.column + 1 if end.line == line else 0
        return node

    def _text(self, event: Any) -> Text:
        text: Text = self._located(Text(event.value), event)
        if not text.isprintable():
            odd = refused_in(text)
            if odd is not None:
                self.faults.add("YML003", text, f"an escape for {named(odd)}", "write the text without it")
        style = event.style
        if not style:
            text.quoted, text.sliceable = False, text.end_column - text.column == len(text)
            return text
        text.quoted = style in ("'", '"')
        width = text.end_column - text.column
        text.sliceable = style not in (">", "|") and width == len(text) + 2 * text.quoted
        if style in (">", "|"):
            header = self.slips.lines[event.start_mark.line][event.start_mark.column :]
            if re.match(r"[>|][-+]?\d", header):
                raise _NeedsQuotes(event.start_mark.line, event.start_mark.column)
        return text

    def _scalar(self, event: ev.ScalarEvent) -> None:
        text = self._text(event)
        frame = self.stack[-1] if self.stack else None
        if frame is None:
            self.root = text
        elif isinstance(frame.node, Map) and frame.key is None:
            self._key(frame, text)
        elif not text.strip():
            self._empty(frame, text)
        else:
            self._check_comma(frame, text)
            self._put(frame, text)
            frame.last = text

    def _key(self, frame: _Frame, text: Text) -> None:
        if text == "<<":
            self.faults.add("YML004", text, "`<<` merges nothing here", "write the keys out")
        frame.key, frame.skipped = text, text == "<<"

    def _put(self, frame: _Frame, node: Node) -> None:
        if isinstance(frame.node, Seq):
            frame.node.append(node)
            return
        assert isinstance(frame.node, Map)
        key, frame.key = frame.key, None
        if frame.skipped or key is None:
            return
        if key in frame.node:
            first = next(k for k in frame.node if k == key)
            self.faults.add(
                "YML005",
                key,
                f"`{key}` stands here again; it first stands at line {first.line}, column {first.column}",
                "keep one of them",
            )
            return
        frame.node[key] = node

    def _lose(self, frame: _Frame) -> None:
        """Leave out a value that was already refused."""
        if isinstance(frame.node, Map):
            if frame.key is not None:
                frame.node.lost.add(str(frame.key))
            frame.key = None

    def _empty(self, frame: _Frame, text: Text) -> None:
        key, last = frame.key, frame.last
        if frame.skipped:
            self._lose(frame)
            return
        if key is None:
            self.faults.add("YML011", text, "an empty item", "write its value, or take it out")
        elif frame.flow and not text.quoted and last is not None and last.line == key.line:
            self._rejoin(frame, key, last)
            return
        else:
            self.faults.add("YML011", key, f"`{key}` has no value", "write its value, or take the key out")
        self._lose(frame)

    def _rejoin(self, frame: _Frame, key: Text, last: Text) -> None:
        """Put together a value that fell into pieces at its comma: `{where: Abstract, Results}`."""
        assert isinstance(frame.node, Map)
        line = self.faults.lines[last.line - 1]
        whole = line[last.column - 1 : key.end_column - 1]
        help = f'quote it: "{whole}"'
        if re.fullmatch(r"[-+<>=~≤≥]?\d+,\d+", whole):
            help += f"; or, if the comma is a decimal comma, write {whole.replace(',', '.')}"
        self.faults.add("YML007", last, f"`{whole}` fell into pieces at its comma", help)
        joined: Text = Text(whole)
        joined.file, joined.line, joined.column = last.file, last.line, last.column
        joined.end_column, joined.quoted, joined.sliceable = key.end_column, False, True
        for name, value in frame.node.items():
            if value is last:
                frame.node[name] = joined
        frame.last, frame.key = joined, None

    def _check_comma(self, frame: _Frame, text: Text) -> None:
        last = frame.last
        if not (isinstance(frame.node, Seq) and frame.flow and last is not None):
            return
        if last.quoted or text.quoted or last.line != text.line or text.column != last.end_column + 1:
            return
        if last[-1:].isdigit() and text[:1].isdigit():
            self.faults.add(
                "YML007",
                last,
                f"a comma between two digits, {last},{text}: one number or two?",
                f'write [{last}, {text}] for two numbers, ["{last},{text}"] for one',
            )

    def _open(self, event: ev.MappingStartEvent | ev.SequenceStartEvent) -> None:
        node: Node = Map() if isinstance(event, ev.MappingStartEvent) else Seq()
        self._located(node, event)
        node.end_column = node.column + 1 if event.flow_style else 0
        if isinstance(node, Map):
            node.lost = set()
        if len(self.stack) >= DEEPEST:
            self.faults.add("YML008", node, f"nested more than {DEEPEST} deep", "is a bracket missing?")
            raise _Stop
        if not self.stack:
            self.root = node
        else:
            frame = self.stack[-1]
            frame.last = None
            if isinstance(frame.node, Map) and frame.key is None:
                self.faults.add(
                    "YML013", node, "a key is text, not a mapping or list", "does it need quotes?"
                )
                raise _Stop
            self._put(frame, node)
        self.stack.append(_Frame(node, bool(event.flow_style)))

    def _alias(self, event: Any) -> None:
        line, column = self._place(event)
        self.faults.at(
            "YML004",
            line,
            column,
            f"`*{event.anchor}` refers to another place",
            f'write it out here; a value that begins with * needs quotation marks, "*{event.anchor}"',
            end=column + len(event.anchor) + 1,
        )
        if self.stack:
            if isinstance(self.stack[-1].node, Map) and self.stack[-1].key is None:
                key = self._located(Text(f"*{event.anchor}"), event)
                self.stack[-1].key, self.stack[-1].skipped = key, True
            else:
                self._lose(self.stack[-1])

    def _refuse_anchor(self, event: Any) -> None:
        line, column = self._place(event)
        if event.anchor is not None:
            self.faults.at(
                "YML004",
                line,
                column,
                f"`&{event.anchor}` names this place for use elsewhere",
                f'write things out in their places; quote a value that begins with &, "&{event.anchor}"',
                end=column + len(event.anchor) + 1,
            )
        if event.tag is not None:
            self.faults.at(
                "YML004",
                line,
                column,
                f"the tag `{event.tag}`",
                "values have no tags; a value that begins with ! needs quotation marks",
            )
