"""Curves read from figures: CSV files beside the studies, every number with its line and column."""

from __future__ import annotations

from typing import Any

from evidence.loading.numbers import number
from evidence.loading.problems import Faults
from evidence.loading.tree import Map, Seq, Text

HEADER = ("time", "survival")
EXAMPLE = "such as time,survival and then 0,1.00"


def curve_points(text: str, faults: Faults) -> Seq | None:
    """The points of a curve, each a mapping of time and survival; None where problems were noted."""
    points = _located(Seq(), faults.file, 1, 1, 1)
    lines = [(n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
    if not lines or tuple(cell.strip() for cell in lines[0][1].split(",")) != HEADER:
        row = lines[0][0] if lines else 1
        faults.at("YML025", row, 1, "a curve begins with the line time,survival", EXAMPLE)
        return None
    for row, line in lines[1:]:
        cells = _cells(line, faults.file, row)
        if len(cells) != len(HEADER):
            faults.at("YML025", row, 1, f"a point has two numbers, and here are {len(cells)}", EXAMPLE)
            continue
        point: Map = _located(Map(zip(HEADER, cells, strict=True)), faults.file, row, 1, len(line) + 1)
        point.lost = set()
        points.append(point)
        for name, cell in zip(HEADER, cells, strict=True):
            number(cell, name, "", faults)
    return points if not faults.problems else None


def _cells(line: str, file: str, row: int) -> list[Text]:
    cells, start = [], 0
    for piece in line.split(","):
        lead = len(piece) - len(piece.lstrip())
        column = start + lead + 1
        cell = _located(Text(piece.strip()), file, row, column, column + len(piece.strip()))
        cell.quoted, cell.sliceable = False, True
        cells.append(cell)
        start += len(piece) + 1
    return cells


def _located(node: Any, file: str, line: int, column: int, end: int) -> Any:
    node.file, node.line, node.column, node.end_column = file, line, column, end
    return node
