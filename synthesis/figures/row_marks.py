"""The marks of one row's picture on its axis: square, dot, diamond, bar, each clipped with an arrow."""

from synthesis.drawing.marks import Arrow, Circle, Line, Mark, Polygon, Rect, Square
from synthesis.figures.density_marks import density_marks
from synthesis.figures.rows import Picture
from synthesis.figures.stage import Stage
from synthesis.figures.style import Style

TICK = 1.5  # a square smaller than this is drawn as a tick of this width
_WIDTH = 0.8  # of the line of an interval


def picture_marks(picture: Picture, stage: Stage, y: float, style: Style) -> tuple[Mark, ...]:
    """What is drawn at height `y` for this picture."""
    if picture.shape == "diamond":
        return _diamond(picture, stage, y, (0.28 if picture.hollow else 0.36) * style.row)
    if picture.shape == "density":
        return (
            *density_marks(picture, stage, y, style.row),
            *_bound(picture, stage, y + 0.9 * style.row, "prediction"),
        )
    if picture.shape == "bar":
        return _bar(picture, stage, y, 0.22 * style.row)
    if picture.shape == "whisker":
        return _whisker(picture, stage, y, 0.25 * style.row)
    return _estimate(picture, stage, y, style)


def _estimate(picture: Picture, stage: Stage, y: float, style: Style) -> tuple[Mark, ...]:
    """A study: its marker below its interval, so that the line stays visible across a large square."""
    at = picture.low if picture.at is None else picture.at
    if not stage.inside(at):
        beyond = _beyond(at, stage, y)
        if not _crosses(picture, stage):
            return (beyond,)
        line = _interval(picture, stage, y)
        return (*(m for m in line if not isinstance(m, Arrow) or m.direction != beyond.direction), beyond)
    return (_marker(picture, stage.x(at), y, style), *_interval(picture, stage, y))


def _marker(picture: Picture, x: float, y: float, style: Style) -> Mark:
    if picture.shape == "dot":
        return Circle(x, y, 2.4, "dot", picture.hollow)
    side = style.side * picture.area**0.5
    if side < TICK:
        half = style.row / 4
        return Line(x, y - half, x, y + half, "square", TICK)
    return Square(x, y, side, "square", picture.hollow)


def _interval(picture: Picture, stage: Stage, y: float) -> tuple[Mark, ...]:
    """The line from bound to bound; an end beyond the axis stops there in an arrow."""
    line, arrows = _ends(picture, stage, y, "interval")
    return (Line(line[0], y, line[1], y, "interval", _WIDTH), *arrows)


def _ends(
    picture: Picture, stage: Stage, y: float, role: str
) -> tuple[tuple[float, float], tuple[Arrow, ...]]:
    left, right = stage.left, stage.right
    first, last = stage.x(picture.low), stage.x(picture.high)
    if left <= first <= last <= right:
        return (first, last), ()
    low, high = min(max(first, left), right), min(max(last, left), right)
    arrows = []
    if first < left - 0.04:
        arrows.append(Arrow(low, y, "left", role))
        low = min(low + arrows[-1].length / 2, high)
    if last > right + 0.04:
        arrows.append(Arrow(high, y, "right", role))
        high = max(high - arrows[-1].length / 2, low)
    return (low, high), tuple(arrows)


def _crosses(picture: Picture, stage: Stage) -> bool:
    """Whether any of the interval lies on the axis."""
    return stage.x(picture.high) > stage.left and stage.x(picture.low) < stage.right


def _beyond(value: float, stage: Stage, y: float) -> Arrow:
    """The outward chevron of an estimate beyond the axis."""
    if stage.x(value) < stage.left:
        return Arrow(stage.left, y, "left", "dot", 7.0)
    return Arrow(stage.right, y, "right", "dot", 7.0)


def _diamond(picture: Picture, stage: Stage, y: float, half: float) -> tuple[Mark, ...]:
    """The pooled estimate; an end beyond the axis is cut flat, with an arrow."""
    at = picture.low if picture.at is None else picture.at
    if not stage.inside(at):
        return (_beyond(at, stage, y),)
    middle, low, high = stage.x(at), stage.x(picture.low), stage.x(picture.high)
    left, right = stage.clip(picture.low), stage.clip(picture.high)
    rise_left = 0.0 if left <= low else half * _share(left, low, middle)
    rise_right = 0.0 if right >= high else half * _share(right, high, middle)
    points = [(left, y - rise_left), (middle, y - half), (right, y - rise_right)]
    points += [(right, y + rise_right)] if rise_right else []
    points += [(middle, y + half)]
    points += [(left, y + rise_left)] if rise_left else []
    _, arrows = _ends(picture, stage, y, "summary")
    shape = Polygon(tuple(points), "summary", picture.hollow)
    return (shape, *(_outside(arrow) for arrow in arrows))


def _outside(arrow: Arrow) -> Arrow:
    """The arrow moved to just beyond the axis, where it does not vanish in the diamond."""
    step = -arrow.length - 1 if arrow.direction == "left" else arrow.length + 1
    return Arrow(arrow.x + step, arrow.y, arrow.direction, arrow.role, arrow.length)


def _share(cut: float, end: float, middle: float) -> float:
    """How high the diamond is at a cut between its far end and its middle, 0 to 1."""
    if end in (float("inf"), float("-inf")) or end == middle:
        return 1.0
    return min(max((cut - end) / (middle - end), 0.0), 1.0)


def _bar(picture: Picture, stage: Stage, y: float, half: float) -> tuple[Mark, ...]:
    """An open bar, unlike any interval of a mean; an end beyond the axis stays open, with an arrow."""
    if not _crosses(picture, stage):
        return (_beyond(picture.low, stage, y),)
    _, arrows = _ends(picture, stage, y, "prediction")
    low, high = stage.clip(picture.low), stage.clip(picture.high)
    if not arrows:
        return (Rect(low, y - half, high - low, 2 * half, "prediction", hollow=True),)
    clipped = {arrow.direction for arrow in arrows}
    lines = [Line(low, y + side, high, y + side, "prediction", _WIDTH) for side in (-half, half)]
    lines += [Line(low, y - half, low, y + half, "prediction", _WIDTH)] * ("left" not in clipped)
    lines += [Line(high, y - half, high, y + half, "prediction", _WIDTH)] * ("right" not in clipped)
    return (*lines, *(_outside(arrow) for arrow in arrows))


def _whisker(picture: Picture, stage: Stage, y: float, half: float) -> tuple[Mark, ...]:
    """A line with a tick at the estimate: a summary that is no headline."""
    marks: tuple[Mark, ...] = _bound(picture, stage, y, "summary") if _crosses(picture, stage) else ()
    if picture.at is None or not stage.inside(picture.at):
        return (*marks, _beyond(picture.low if picture.at is None else picture.at, stage, y))
    x = stage.x(picture.at)
    return (*marks, Line(x, y - half, x, y + half, "summary", 2.0))


def _bound(picture: Picture, stage: Stage, y: float, role: str) -> tuple[Mark, ...]:
    """An interval as a strong line: that of a summary without a diamond, or of a predictive density."""
    line, arrows = _ends(picture, stage, y, role)
    return (Line(line[0], y, line[1], y, role, 1.4), *arrows)
