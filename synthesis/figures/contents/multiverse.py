"""What the multiverse says: one comparison pooled in every reasonable way, in the order of the answers."""

from typing import TYPE_CHECKING

from synthesis.errors import FigureError
from synthesis.figures.axis import reach
from synthesis.figures.display import display
from synthesis.figures.forest_words import capital, effect_text, favours, level_text, sentence
from synthesis.figures.lanes import Item, Lane, Lanes, Piece, Wording
from synthesis.figures.numbers import p_text
from synthesis.figures.page import Words
from synthesis.figures.rows import Picture, Scale

if TYPE_CHECKING:
    from synthesis.every_way import Multiverse, Universe
    from synthesis.figures.display import Display

    Row = tuple[Universe, tuple[str, str, str]]

MOST = 60


def content(found: "Multiverse", measure: str | None = None) -> Lanes:
    """The ways of one measure, from the least answer to the greatest.

    Raises
    ------
    FigureError
        No way gives an answer, or the measure was not tried.
    """
    code = measure or next((u.measure for u in found.universes if u.mu is not None), found.measures[0])
    if code not in found.measures:
        raise FigureError(f"measure {code!r} was not tried; there are {', '.join(found.measures)}")
    ways = [way for way in found.of(code) if way.mu is not None]
    if not ways:
        reasons = dict.fromkeys(way.reason for way in found.of(code) if way.reason)
        raise FigureError(f"no way of pooling gives an answer: {'; '.join(reasons) or 'nothing to pool'}")
    shown = display(code)
    merged = _merged(ways)
    scale = _scale(found, merged, shown)
    items = tuple(_item(way, names, shown) for way, names in merged[:MOST])
    return Lanes(_words(found, code, ways, merged, shown), _columns(shown, scale, found.level), items)


def _merged(ways: list["Universe"]) -> list["Row"]:
    """Ways with the same answer as one row that names them all, in the order of the answers."""
    rows: dict[tuple[float, ...], list[Universe]] = {}
    for way in ways:
        assert way.mu is not None and way.low is not None and way.high is not None
        rows.setdefault((round(way.mu, 9), round(way.low, 9), round(way.high, 9), way.k), []).append(way)
    merged = []
    for same in rows.values():
        reading, tau2, interval = (_named(same, ways, field) for field in ("reading", "tau2", "interval"))
        merged.append((same[0], (reading, tau2, interval)))
    return sorted(merged, key=lambda row: (row[0].mu or 0.0, row[0].low or 0.0))


def _named(same: list["Universe"], ways: list["Universe"], field: str) -> str:
    """What these ways have in this field: all that was tried, or each by name."""
    tried, here = (dict.fromkeys(getattr(way, field) or "any" for way in some) for some in (ways, same))
    return "all" if len(here) == len(tried) > 1 else ", ".join(here)


def _scale(found: "Multiverse", merged: list["Row"], shown: "Display") -> Scale:
    means = [shown.axis(way.mu or 0.0) for way, _ in merged]
    bounds = [shown.axis(v) for way, _ in merged for v in (way.low, way.high) if v is not None]
    seen = means + ([] if shown.axis_null is None else [shown.axis_null])
    least = 0.7 if shown.ratio else 10.0 if shown.percent else max(map(abs, seen)) / 5 or 1.0
    low, high, ticks = shown.ticks(*reach(seen, [], bounds, least))
    sides = favours(shown, found.better, found.compare_labels)
    title = shown.title + (" (log scale)" if shown.ratio else "")
    return Scale("log" if shown.ratio else "linear", low, high, ticks, title, shown.axis_null, None, sides)


def _columns(shown: "Display", scale: Scale, level: float) -> tuple[Wording | Lane, ...]:
    null = ((shown.axis_null, "null", False),) if shown.axis_null is not None else ()
    return (
        Wording("Reading", most=92.0),
        Wording("τ² by", most=84.0),
        Wording("Interval", most=96.0),
        Wording("Studies", "end"),
        Lane("", scale, 150.0, lines=null),
        Wording(f"{shown.title} ({level_text(level)}\xa0CI)", "end", 110.0),
        Wording("P", "end"),
    )


def _item(way: "Universe", names: tuple[str, str, str], shown: "Display") -> Item:
    assert way.mu is not None and way.low is not None and way.high is not None
    text = effect_text(shown, way.mu, way.low, way.high)
    p = "" if way.p is None or shown.null is None else p_text(way.p).removeprefix("P ").removeprefix("= ")
    picture = Picture("dot", shown.axis(way.low), shown.axis(way.high), shown.axis(way.mu))
    cells = (*names, str(way.k), (Piece(picture),), text, p.replace("< ", "<"))
    return Item(cells, f"{', '.join(names)}: {shown.name} {text}")


def _words(
    found: "Multiverse",
    code: str,
    ways: list["Universe"],
    merged: list["Row"],
    shown: "Display",
) -> Words:
    ends = [merged[0][0], merged[-1][0]]
    texts = [effect_text(shown, w.mu or 0.0, w.low or 0.0, w.high or 0.0) for w in ends]
    lines = [
        f"{len(ways)} ways give {len(merged)} answers: {shown.name} {texts[0]} at least, {texts[1]} at most"
    ]
    if shown.axis_null is not None:
        clear = sum((w.low or 0.0) > 0 or (w.high or 0.0) < 0 for w in ways)
        lines.append(f"In {clear} of {len(ways)} the interval excludes the value of no effect")
    silent = [way for way in found.of(code) if way.mu is None]
    lines += list(dict.fromkeys(f"No answer with the reading {w.reading}: {w.reason}" for w in silent))
    if len(merged) > MOST:
        lines.append(f"The {MOST} lowest are drawn")
    compared = " versus ".join(found.compare_labels)
    return Words(
        name=f"multiverse-{found.endpoint}",
        kind="Every way of pooling",
        title=f"{found.endpoint_label}: {compared}" if compared else found.endpoint_label,
        description=" ".join(sentence(one) for one in lines),
        lines=tuple(sentence(capital(one)) for one in lines),
        notes=("Ways that give the same answer share a row; rows are in the order of their answers.",),
    )
