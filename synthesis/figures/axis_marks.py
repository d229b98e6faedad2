"""The marks of an axis: its line, ticks and labels, its title, and the words on each side of the null."""

from synthesis.drawing.marks import Arrow, Line, Mark, Text
from synthesis.drawing.text_metrics import text_width, wrap
from synthesis.figures.rows import Tick
from synthesis.figures.stage import Stage
from synthesis.figures.style import Style

_TICK = 3.0
_CLEAR = 3.0  # between two labels


def axis_line(stage: Stage, y: float, style: Style, *, above: bool = False) -> tuple[tuple[Mark, ...], float]:
    """The axis with its ticks and labels, and the height it takes below (or above) `y`."""
    way = -1 if above else 1
    marks: list[Mark] = [Line(stage.left, y, stage.right, y, "rule")]
    named = shown_labels(stage, style)
    for tick in stage.scale.ticks:
        x = stage.x(tick.at)
        marks.append(Line(x, y, x, y + way * _TICK, "rule"))
    baseline = y - _TICK - 2.5 if above else y + _TICK + style.small
    marks += [Text(stage.x(t.at), baseline, t.label, size=style.small, anchor="middle") for t in named]
    return tuple(marks), _TICK + style.small + 2.5


def shown_labels(stage: Stage, style: Style) -> list[Tick]:
    """The ticks whose labels have room: the null first, then from the ends inwards."""
    null = stage.scale.null
    ticks = list(stage.scale.ticks)
    order = sorted(
        range(len(ticks)),
        key=lambda i: (null is None or abs(ticks[i].at - null) > 1e-9, min(i, len(ticks) - 1 - i), i),
    )
    kept: list[Tick] = []
    for i in order:
        half = text_width(ticks[i].label, style.small) / 2
        x = stage.x(ticks[i].at)
        if all(
            abs(x - stage.x(other.at)) >= half + text_width(other.label, style.small) / 2 + _CLEAR
            for other in kept
        ):
            kept.append(ticks[i])
    return sorted(kept, key=lambda tick: tick.at)


def axis_words(
    stage: Stage, y: float, style: Style, room: tuple[float, float]
) -> tuple[tuple[Mark, ...], float]:
    """The title of the axis and the favours labels below `y`, and the height they take.

    `room` is how far the words may reach to the left and to the right.
    """
    marks: list[Mark] = []
    middle = (stage.left + stage.right) / 2
    widest = 2 * min(middle - room[0], room[1] - middle)
    top = y
    for line in wrap(stage.scale.title, widest, style.small):
        marks.append(Text(middle, top + style.small, line, size=style.small, anchor="middle"))
        top += style.small + 2.2
    if len(stage.scale.favours) == 2 and stage.scale.null is not None and not style.favours_above:
        sides, height = favours_marks(stage, top + 3.0, style, room)
        marks += sides
        top += 3.0 + height
    return tuple(marks), top - y


def favours_marks(
    stage: Stage, y: float, style: Style, room: tuple[float, float]
) -> tuple[list[Mark], float]:
    """The words on both sides of the null under two arrows, below `y`, and the height they take."""
    null = stage.x(stage.scale.null or 0.0)
    marks: list[Mark] = []
    height = 0.0
    for words, side in zip(stage.scale.favours, ("left", "right"), strict=True):
        edge = room[0] if side == "left" else room[1]
        space = abs(null - edge) - 4
        if space < 2 * style.small:
            continue
        lines = wrap(words, space, style.small, lines=3)
        way = -1 if side == "left" else 1
        end = stage.left if side == "left" else stage.right
        if abs(end - null) > 12:
            tip = null + way * min(abs(end - null), 70.0)
            marks += [Line(null + way * 4, y, tip - way * 2, y, "secondary"), _tip(tip, y, side)]
        widest = max(text_width(line, style.small) for line in lines)
        x = null + way * max(4 + widest / 2, min(abs(end - null), 70.0) / 2 + 2)
        x = max(room[0] + widest / 2, min(room[1] - widest / 2, x))
        for i, line in enumerate(lines):
            baseline = y + 3.0 + style.small + i * (style.small + 1.8)
            marks.append(Text(x, baseline, line, size=style.small, anchor="middle"))
        height = max(height, 3.0 + len(lines) * (style.small + 1.8) + 1)
    return marks, height


def _tip(x: float, y: float, side: str) -> Arrow:
    return Arrow(x, y, "left" if side == "left" else "right", "secondary", 4.0)
