"""What the picture of possible samples says: how many there are, and a fair draw of them as histograms."""

from collections import Counter

from evidence.reanalysis.closure import Target, count, draw, exists, target
from evidence.reanalysis.counts import Unknown
from evidence.values import NumberError, Reported, reported
from synthesis.drawing.marks import Line, Mark, Rect, Text
from synthesis.errors import FigureError
from synthesis.figures.forest_words import sentence
from synthesis.figures.lanes import Cell, Item, Lane, Lanes
from synthesis.figures.page import Words
from synthesis.figures.style import PRINT

ACROSS = 4
WIDTH, HEIGHT = 104.0, 52.0
MOST_LABELS = 11


def content(
    mean: str, sd: str, n: int, least: int, most: int, items: int = 1, draws: int = 12, seed: int = 1
) -> Lanes:
    """The samples of n answers from `least` to `most` that a printed mean and SD allow.

    Raises
    ------
    FigureError
        No sample is possible, they are too many to count, or something is no number.
    """
    printed = _number("mean", mean), _number("sd", sd)
    asked = target(*printed, n, least, most, items)
    if isinstance(asked, Unknown):
        raise FigureError(f"the samples cannot be counted: {asked.reason}")
    found = count(asked)
    what = f"mean {mean} and SD {sd} of {n} values from {least} to {most}"
    if found == 0 or exists(asked) is False:
        raise FigureError(f"there is no sample with {what}")
    drawn = draw(asked, draws, seed)
    if isinstance(drawn, Unknown):
        raise FigureError(f"no samples can be drawn: {drawn.reason}")
    return Lanes(_words(what, found, drawn, items, seed), _columns(len(drawn)), _rows(drawn, asked))


def _number(name: str, text: str) -> Reported:
    try:
        return reported(text)
    except NumberError as error:
        raise FigureError(f"{name} {text!r} is no number as a paper prints one") from error


def _columns(drawn: int) -> tuple[Lane, ...]:
    return tuple(Lane("", width=WIDTH) for _ in range(min(ACROSS, drawn)))


def _rows(drawn: tuple[tuple[int, ...], ...], asked: Target) -> tuple[Item, ...]:
    values = [v + asked.centre for v in asked.values]
    tallest = max(max(Counter(sample).values()) for sample in drawn)
    items = []
    for start in range(0, len(drawn), ACROSS):
        cells: list[Cell] = [_histogram(sample, values, tallest) for sample in drawn[start : start + ACROSS]]
        cells += [()] * (min(ACROSS, len(drawn)) - len(cells))
        told = "; ".join(_said(sample) for sample in drawn[start : start + ACROSS])
        items.append(Item(tuple(cells), told, least=HEIGHT + 26.0))
    return tuple(items)


def _histogram(sample: tuple[int, ...], values: list[int], tallest: int) -> tuple[Mark, ...]:
    """Bars from a common ground line; every small multiple has the same axes."""
    step = WIDTH / len(values)
    ground = HEIGHT / 2
    counts = Counter(sample)
    marks: list[Mark] = []
    for i, value in enumerate(values):
        often = counts.get(value, 0)
        if often:
            high = HEIGHT * 0.92 * often / tallest
            gap = min(1.0, step / 6)
            marks.append(Rect(i * step + gap, ground - high, step - 2 * gap, high, "square"))
    marks.append(Line(0.0, ground, WIDTH, ground))
    every = -(-len(values) // MOST_LABELS)
    shown = [i for i in range(len(values)) if i % every == 0]
    marks += [
        Text(
            (i + 0.5) * step,
            ground + PRINT.small + 1.5,
            f"{values[i]}".replace("-", "−"),
            size=6.5,
            anchor="middle",
        )
        for i in shown
    ]
    return tuple(marks)


def _said(sample: tuple[int, ...]) -> str:
    counts = Counter(sample)
    return ", ".join(f"{counts[value]} times {value}" for value in sorted(counts))


def _words(
    what: str, found: int | Unknown, drawn: tuple[tuple[int, ...], ...], items: int, seed: int
) -> Words:
    many = (
        found.reason
        if isinstance(found, Unknown)
        else f"{found:,} possible {'sample' if found == 1 else 'samples'}"
    )
    told = [
        f"{what[:1].upper()}{what[1:]}: {many}",
        f"{len(drawn)} of them, drawn with the same chance each (seed {seed}), as histograms with one scale",
    ]
    if items > 1:
        told.append(f"Each value is the sum of {items} answers")
    return Words(
        name="samples",
        kind="Possible samples",
        title=told[0],
        description=" ".join(sentence(one) for one in told),
        lines=tuple(sentence(one) for one in told[1:]),
        notes=(
            "A sample that is possible need not be likely; the picture asks what the numbers could hide.",
        ),
    )
