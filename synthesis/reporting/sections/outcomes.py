"""Each endpoint and comparison: the forest with its data, what it rests on, what was left out and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from evidence.findings import SEVERITIES, Finding
from evidence.values import Derived
from synthesis.figures.display import Display, display
from synthesis.figures.forest import axis_strip, strip
from synthesis.figures.forest_words import effect_text, level_text
from synthesis.figures.rows import SPANNING, Column, Row, Rows
from synthesis.figures.style import Style
from synthesis.figures.table_columns import spans
from synthesis.indirect_comparison import mean_of
from synthesis.reporting.anchors import slug
from synthesis.reporting.closer_looks import Look, closer_looks
from synthesis.reporting.ledger import Cited
from synthesis.reporting.material import Material
from synthesis.reporting.pictures import forest_strip, slim
from synthesis.reporting.results import Result
from synthesis.reporting.section import Link, Section
from synthesis.reporting.words import plural

if TYPE_CHECKING:
    from evidence.study import Study
    from synthesis.fit import Pool
    from synthesis.planning import PlannedIndirect
    from synthesis.table import EffectRow

STRIPS = Style(plot=170, row=26)  # as high as a line of the table, so that the lines of no effect join


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text or picture, where a link in it leads, and what its column is called."""

    text: str
    picture: Markup | None
    link: str | None
    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class Flag:
    """Where an audit sign leads, what it says, and how grave it is."""

    anchor: str
    words: str
    severity: str


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the forest, ready to set; a spanning one has its words over all columns left of the plot."""

    kind: str
    name: str
    beside: str
    spans: bool
    mark: str
    study: str | None
    title: str
    cells: tuple[Cell, ...]
    flag: str
    severity: str


@dataclass(frozen=True, slots=True)
class Head:
    """One group of columns in the upper header row."""

    text: str
    span: int


@dataclass(frozen=True, slots=True)
class Basis:
    """What one estimate rests on."""

    study: str
    route: str
    where: str
    numbers: tuple[Cited, ...]
    steps: tuple[str, ...]
    passed_over: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Forest:
    """A comparison's table, with all that stands around it.

    ``named`` are the names of the printed numbers and ``found`` the route and place, where those are the
    same for every study; empty where they are not.
    """

    anchor: str
    sides: str
    result: Result
    caption: str
    heads: tuple[Head, ...]
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    axis: Markup | None
    favours: tuple[str, str] | tuple[()]
    notes: tuple[tuple[str, str], ...]
    bases: tuple[Basis, ...]
    named: tuple[str, ...]
    found: tuple[str, ...]
    looks: tuple[Look, ...]

    @property
    def before_plot(self) -> int:
        """How many columns stand left of the plot."""
        places = [i for i, column in enumerate(self.columns) if column.align == "picture"]
        return places[0] if places else len(self.columns)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """All comparisons on one endpoint."""

    anchor: str
    label: str
    forests: tuple[Forest, ...]


def _context(material: Material) -> dict[str, Any] | None:
    results = material.results
    if not results.shown and not results.unused:
        return None
    by_endpoint: dict[tuple[str, ...], list[Result]] = {}
    for result in results.shown:
        table = result.table
        by_endpoint.setdefault((table.endpoint, table.grade or "", table.endpoint_label), []).append(result)
    endpoints = tuple(
        Endpoint(_anchor(endpoint, grade), label, tuple(_forest(material, one) for one in found))
        for (endpoint, grade, label), found in by_endpoint.items()
    )
    links = [Link(endpoint.anchor, endpoint.label) for endpoint in endpoints]
    if results.indirect:
        links.append(Link("indirect", "Indirect comparisons"))
    if results.others:
        links.append(Link("others", "Other comparisons"))
    return {
        "endpoints": endpoints,
        "indirect": [_through(one) for one in results.indirect],
        "others": results.others,
        "unused": results.unused,
        "anchors": material.study_anchors,
        "links": tuple(links),
        "count": str(len(results.shown)),
    }


def _anchor(endpoint: str, grade: str) -> str:
    return slug("endpoint", "-".join(filter(None, (endpoint, grade and f"grade-{grade}"))))


def _through(one: PlannedIndirect) -> dict[str, Any]:
    """An indirect comparison in words: what it comes to, and the two results that it is the difference of."""
    shown = display(one.first.measure)
    pairs = list(zip((one.first, one.second), one.pools, strict=True))
    sides = [" against ".join(table.compare_labels) for table, _ in pairs]
    studies = ["" if pool is None else ", ".join(pool.labels) for _, pool in pairs]
    means = [_mean_text(shown, pool) for _, pool in pairs]
    found = one.found
    text = "" if found is None else effect_text(shown, found.mu, found.ci.low, found.ci.high)
    return {
        "title": one.title,
        "measure": shown.name,
        "estimate": text or f"not estimable: {one.reason}",
        "parts": list(zip(sides, means, studies, strict=True)),
        "notes": () if found is None else found.notes,
    }


def _mean_text(shown: Display, pool: Pool | None) -> str:
    if pool is None:
        return "no estimate"
    mean = mean_of(pool)
    return effect_text(shown, mean.mu, mean.ci.low, mean.ci.high)


def _forest(material: Material, result: Result) -> Forest:
    rows = result.rows
    flags = {row.study: _flag(material, row.findings) for row in result.table.rows}
    strips, axis = _pictures(rows)
    lines = tuple(
        _line(material, row, picture, rows.columns, flags)
        for row, picture in zip(rows.rows, strips, strict=True)
    )
    bases = tuple(_basis(material, row, result.table.measure) for row in result.table.rows)
    named = _same(tuple(cited.name for cited in basis.numbers) for basis in bases)
    found = _same((basis.route, basis.where) for basis in bases)
    return Forest(
        anchor=result.anchor,
        sides=result.heading,
        result=result,
        caption=_caption(result),
        heads=_heads(rows.columns),
        columns=rows.columns,
        lines=_joined(lines),
        axis=axis,
        favours=rows.scale.favours if rows.scale else (),
        notes=tuple(note for note in rows.notes if not note[1].startswith("Not pooled:")),
        bases=bases,
        named=named,
        found=found,
        looks=closer_looks(result),
    )


def _pictures(rows: Rows) -> tuple[list[Markup], Markup | None]:
    """A small picture for each row, and the axis with its ticks.

    The words at the sides of the axis are set as text, which wraps where room is short.
    """
    strips = [forest_strip(strip(rows, i, STRIPS).to_svg(standalone=False)) for i in range(len(rows.rows))]
    if rows.scale is None:
        return strips, None
    bare = replace(rows, scale=replace(rows.scale, favours=()))
    return strips, slim(axis_strip(bare, STRIPS).to_svg(standalone=False))


def _caption(result: Result) -> str:
    """``Risk ratio with 95% intervals, 2 studies``; the heading above says of what."""
    name = display(result.table.measure).name
    studies = plural(result.table.k, "study", "studies")
    return f"{name[:1].upper()}{name[1:]} with {level_text(result.level)} intervals, {studies}"


def _heads(columns: tuple[Column, ...]) -> tuple[Head, ...]:
    """The upper header row, or nothing where no column belongs to a group."""
    starts = dict(spans(columns))
    if not starts:
        return ()
    heads: list[Head] = []
    i = 0
    while i < len(columns):
        last = starts.get(i, i)
        heads.append(Head(columns[i].group if i in starts else "", last - i + 1))
        i = last + 1
    return tuple(heads)


def _line(
    material: Material,
    row: Row,
    picture: Markup,
    columns: tuple[Column, ...],
    flags: dict[str, Flag],
) -> Line:
    flag = flags.get(row.study, Flag("", "", "none"))
    cells = tuple(
        Cell(
            text=text,
            picture=picture if column.align == "picture" else None,
            link=flag.anchor if column.align == "glyph" and text else None,
            label=f"{column.group}, {column.head.lower()}" if column.group else column.head,
            kind="plot" if column.align == "picture" else column.align,
        )
        for column, text in list(zip(columns, row.cells, strict=True))[1:]
    )
    study = material.study_anchors.get(row.study)
    spans = row.kind in SPANNING
    return Line(
        row.kind, row.cells[0], "", spans, row.mark, study, row.title, cells, flag.words, flag.severity
    )


def _joined(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The rows, with what is said of a group of one study beside the group's name, not in a row below."""
    joined: list[Line] = []
    for line in lines:
        alone = line.kind == "detail" and len(joined) > 1 and joined[-2].kind == "heading"
        if alone:
            joined[-2] = replace(joined[-2], beside=line.name)
        else:
            joined.append(line)
    return tuple(joined)


def _same(said: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """What is said of all of three or more alike; nothing where they differ."""
    every = list(said)
    return every[0] if len(every) > 2 and len(set(every)) == 1 else ()


def _flag(material: Material, findings: tuple[Finding, ...]) -> Flag:
    """The gravest finding under a row."""
    if not findings:
        return Flag("", "", "none")
    gravest = min(findings, key=lambda f: SEVERITIES.index(f.severity))
    return Flag(material.clerk.anchor_of(gravest), gravest.message, gravest.severity)


def _basis(material: Material, row: EffectRow, measure: str) -> Basis:
    study: Study = material.review.study(row.study)
    steps = [item for item in row.inputs if isinstance(item, Derived)]
    return Basis(
        study=row.label,
        route=row.route,
        where=", ".join(part for part in (row.endpoint_label, row.where) if part),
        numbers=tuple(material.clerk.cite(study, number) for number in row.printed),
        steps=tuple(dict.fromkeys(_step(one) for one in steps)) + _rounding(row, measure),
        passed_over=row.passed_over,
    )


def _rounding(row: EffectRow, measure: str) -> tuple[str, ...]:
    """How far the estimate could lie, given the rounding of what was printed; nothing where it could not."""
    if row.rounding is None:
        return ()
    scale = display(measure)
    low, high = (scale.printed(end) for end in row.rounding)
    return (f"rounding of the printed numbers allows {low:.4g} to {high:.4g}",)


def _step(one: Derived) -> str:
    """``56 (56 to 56) by count from percentage; exact``: a derived value with its range and rule."""
    shown = f"{one.value:.6g}"
    if one.low != one.high:
        shown += f" ({one.low:.6g} to {one.high:.6g})"
    assumed = f", assuming {'; '.join(one.assumptions)}" if one.assumptions else ""
    return f"{shown}: {one.rule}{assumed}"


SECTION = Section(30, "outcomes", "Results by endpoint", "sections/outcomes.html", _context)
