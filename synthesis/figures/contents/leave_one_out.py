"""What the leave-one-out figure says."""

from synthesis.diagnostics.leave_one_out import LeaveOneOut, leave_one_out
from synthesis.errors import FigureError
from synthesis.figures.contents.refit_lanes import columns, row, whole
from synthesis.figures.display import Display
from synthesis.figures.figure import need
from synthesis.figures.forest_words import effect_text, level_text, sentence
from synthesis.figures.lanes import Lanes
from synthesis.figures.of_pool import display_of, labels_of, listed, name_of, pooled_text, title_of
from synthesis.figures.page import Key, Words
from synthesis.fit import NotDefined, Pool

LEAST = 3


def content(pool: Pool) -> Lanes:
    """What the leave-one-out figure of a pool says: rows in the order of the mean that is left."""
    need("a leave-one-out figure", LEAST, pool.k)
    found = leave_one_out(pool)
    if isinstance(found, NotDefined):
        raise FigureError(f"a leave-one-out figure cannot be drawn: {found.reason}")
    order = sorted(range(pool.k), key=lambda i: (float(found.mu[i]), i))
    names = labels_of(pool)
    marks = {i: _mark(pool, found, i) for i in order}
    items = [row(pool, found, i, names[i], marks[i]) for i in order]
    items.append(whole(pool, "No study left out"))
    return Lanes(_words(pool, found, names, marks), columns(pool, found, "Study left out"), tuple(items))


def _mark(pool: Pool, found: LeaveOneOut, i: int) -> str:
    """``a`` where the side of the null changes, ``b`` where the interval begins or ceases to include it."""
    shown = display_of(pool)
    if shown.axis_null is None:
        return ""
    mu, low, high = float(found.mu[i]), float(found.low[i]), float(found.high[i])
    turned = (mu > 0) != (pool.mu > 0)
    changed = _excludes(low, high) != _excludes(pool.ci.low, pool.ci.high)
    return ",".join(letter for letter, yes in (("a", turned), ("b", changed)) if yes)


def _excludes(low: float, high: float) -> bool:
    """Whether no effect, 0 on the scale of the analysis, lies outside the interval."""
    return low > 0.0 or high < 0.0


def _words(pool: Pool, found: LeaveOneOut, names: tuple[str, ...], marks: dict[int, str]) -> Words:
    shown = display_of(pool)
    ends = min(found.mu), max(found.mu)
    texts = [shown.notation.numbers(_mean(shown, float(mu))) for mu in ends]
    lines = [f"With one study left out, the {shown.name} runs from {texts[0]} to {texts[1]}"]
    lines += _changes(pool, names, marks)
    shade = f"Shaded: {level_text(pool.level)} interval of all studies"
    told = [f"Pools of {pool.k - 1} studies each", f"All studies: {pooled_text(pool)}", *lines]
    return Words(
        name=name_of(pool, "leave-one-out"),
        kind="Leave-one-out",
        title=title_of(pool),
        description=" ".join(sentence(part) for part in told),
        lines=tuple(one if one[1:2] == ":" else sentence(one) for one in lines),
        notes=(sentence(f"{shade}; rows are in the order of the mean left"),),
        keys=(Key("dash", "reference", "pool of all studies"),),
    )


def _mean(shown: Display, mu: float) -> str:
    return effect_text(shown, mu, mu, mu).split(" (")[0]


def _changes(pool: Pool, names: tuple[str, ...], marks: dict[int, str]) -> list[str]:
    """Which studies turn the result, or that none does; nothing where there is no null."""
    if display_of(pool).axis_null is None:
        return []
    turned = [names[i] for i, mark in marks.items() if "a" in mark]
    changed = [names[i] for i, mark in marks.items() if "b" in mark]
    if not turned and not changed:
        kept = "the side of the mean, nor whether its interval includes the value of no effect"
        return [f"No single study changes {kept}"]
    said = []
    if turned:
        said.append(f"a: without {listed(turned)} the mean lies on the other side of no effect.")
    if changed:
        does = "includes" if _excludes(pool.ci.low, pool.ci.high) else "no longer includes"
        said.append(f"b: without {listed(changed)} the interval {does} the value of no effect.")
    return said
