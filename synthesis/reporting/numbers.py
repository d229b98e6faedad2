"""Every printed number of a study, with the place a reader can turn to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING, Any

from evidence.values import Correction, Reported, Source
from synthesis.reporting.anchors import Anchors, short, slug

if TYPE_CHECKING:
    from evidence.study import Study


@dataclass(frozen=True, slots=True)
class Numbered:
    """One printed number and where it stands: in the paper (``where``, ``quotes``) and in the file."""

    anchor: str
    number: Reported
    study: str
    where: str | None
    quotes: tuple[str, ...]

    @property
    def place(self) -> str:
        """``file:line`` of the number, or its address where the study was not read from a file."""
        return place_text(self.number.source) or self.number.address


def place_text(source: Source | None) -> str:
    """``file:line``, or nothing."""
    return f"{source.file}:{source.line}" if source else ""


@dataclass(frozen=True, slots=True)
class Numbers:
    """All printed numbers, in the order of the files; found by address."""

    rows: tuple[Numbered, ...]

    def of(self, study: str) -> tuple[Numbered, ...]:
        """The numbers of one study."""
        return tuple(row for row in self.rows if row.study == study)

    def by_address(self) -> dict[str, Numbered]:
        """Each number by its address; of several at one address the first."""
        found: dict[str, Numbered] = {}
        for row in self.rows:
            if row.number.address:
                found.setdefault(row.number.address, row)
        return found


def numbers_anchor(study: str) -> str:
    """Where the numbers of a study stand on the page."""
    return slug("numbers", study)


def index_numbers(studies: tuple[Study, ...], anchors: Anchors) -> Numbers:
    """Every printed number of the studies, each with an anchor of its own."""
    rows: list[Numbered] = []
    for study in studies:
        seen: set[tuple[str, str, int, int]] = set()
        for number, where, quotes in _walk(study, None, ()):
            at = number.source
            spot = (number.address, number.text, at.line if at else 0, at.column if at else 0)
            if spot in seen:
                continue
            seen.add(spot)
            anchor = anchors.new("n", short(number.address or f"{study.study}/{number.text}"))
            rows.append(Numbered(anchor, number, study.study, where, quotes))
    return Numbers(tuple(rows))


def _walk(
    node: Any, where: str | None, quotes: tuple[str, ...]
) -> Iterator[tuple[Reported, str | None, tuple[str, ...]]]:
    """Every printed number under a node, with the nearest place and quotes above it."""
    if isinstance(node, Reported):
        yield node, where, quotes
    elif isinstance(node, dict):
        for value in node.values():
            yield from _walk(value, where, quotes)
    elif isinstance(node, tuple | list):
        for value in node:
            yield from _walk(value, where, quotes)
    elif (names := _field_names(node)) is not None:
        where = getattr(node, "where", None) or where
        quotes = tuple(getattr(node, "quotes", None) or ()) or quotes
        for name in names:
            yield from _walk(getattr(node, name), where, quotes)


def _field_names(node: Any) -> tuple[str, ...] | None:
    """The fields of a record, or None for what holds no printed numbers."""
    if isinstance(node, Correction | Source):
        return None
    if is_dataclass(node) and not isinstance(node, type):
        return tuple(field.name for field in fields(node))
    return tuple(getattr(type(node), "model_fields", ())) or None
