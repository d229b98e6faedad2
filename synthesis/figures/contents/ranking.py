"""What a ranking says: P-scores, never without the effects they come from."""

from statistics import NormalDist

from synthesis.errors import FigureError
from synthesis.figures.axis import reach
from synthesis.figures.contents.network_result import NetworkResult, lower_is_better
from synthesis.figures.display import display
from synthesis.figures.figure import need
from synthesis.figures.forest_words import effect_text, favours, level_text, sentence
from synthesis.figures.lanes import Bar, Item, Lane, Lanes, Piece, Wording
from synthesis.figures.numbers import fixed
from synthesis.figures.page import Words
from synthesis.figures.rows import Picture, Scale, Tick

LEAST = 3


def content(result: NetworkResult, reference: str | None = None) -> Lanes:
    """The treatments in the order of their P-scores, with their effects against one of them.

    Raises
    ------
    FigureError
        Some pair was not compared, nobody said which way is better, or there is no such reference.
    """
    need("a ranking", LEAST, len(result.labels), "treatments", "network")
    lower = lower_is_better(result)
    if lower is None:
        raise FigureError("a ranking needs to know which way the endpoint is better")
    scores = p_scores(result, lower)
    chosen = reference or _usual(result)
    if chosen not in result.labels:
        raise FigureError(f"no treatment {chosen!r}; there are {', '.join(result.labels)}")
    order = sorted(scores, key=lambda key: (-scores[key], result.labels[key]))
    effects = {key: result.of(result.network, key, chosen) for key in order if key != chosen}
    shown = display(result.measure)
    seen = [shown.axis(c.mu) for c in effects.values() if c is not None]
    bounds = [shown.axis(v) for c in effects.values() if c is not None for v in (c.low, c.high)]
    null = [] if shown.axis_null is None else [shown.axis_null]
    low, high, ticks = shown.ticks(*reach([*seen, *null], [], bounds, 0.7))
    sides = favours(shown, result.better, ("the treatment", result.labels[chosen]))
    title = shown.title + (" (log scale)" if shown.ratio else "")
    kind = "log" if shown.ratio else "linear"
    scale = Scale(kind, low, high, ticks, title, shown.axis_null, None, sides)  # type: ignore[arg-type]  # log or linear
    of_one = Scale("linear", 0.0, 1.0, tuple(Tick(i / 4, f"{i / 4:g}") for i in range(5)), "P-score")
    items = []
    for key in order:
        contrast = effects.get(key)
        bar = (Bar(0.0, scores[key]),)
        if contrast is None:
            label = f"{result.labels[key]} (reference)"
            items.append(
                Item((label, (), "", bar, fixed(scores[key], 2)), f"{label}: {fixed(scores[key], 2)}")
            )
            continue
        text = effect_text(shown, contrast.mu, contrast.low, contrast.high)
        picture = Picture("dot", shown.axis(contrast.low), shown.axis(contrast.high), shown.axis(contrast.mu))
        told = f"{result.labels[key]}: {shown.name} {text}, P-score {fixed(scores[key], 2)}"
        items.append(Item((result.labels[key], (Piece(picture),), text, bar, fixed(scores[key], 2)), told))
    columns = (
        Wording("Treatment", most=130.0),
        Lane(f"Against {result.labels[chosen]}", scale, 150.0, lines=tuple((v, "null", False) for v in null)),
        Wording(f"{shown.title} ({level_text(result.level)}\xa0CI)", "end", 110.0),
        Lane("", of_one, 90.0),
        Wording("P-score", "end"),
    )
    return Lanes(_words(result, [item.title for item in items]), columns, tuple(items))


def p_scores(result: NetworkResult, lower: bool) -> dict[str, float]:
    """For each treatment the mean of one minus the one-sided P that it is better than each other.

    References
    ----------
    Rücker G, Schwarzer G. BMC Med Res Methodol 2015;15:58.
    """
    phi = NormalDist().cdf
    keys = list(result.labels)
    scores = {}
    for key in keys:
        parts = []
        for other in keys:
            if other == key:
                continue
            found = result.of(result.network, key, other)
            if found is None:
                pair = f"{result.labels[key]} and {result.labels[other]}"
                raise FigureError(f"a ranking needs every pair; {pair} are not compared")
            parts.append(phi((-1 if lower else 1) * found.mu / found.se))
        scores[key] = sum(parts) / len(parts)
    return scores


def _usual(result: NetworkResult) -> str:
    """The treatment compared directly with most others."""
    counts = {key: sum(key in pair for pair in result.direct) for key in result.labels}
    return max(counts, key=lambda key: (counts[key], key))


def _words(result: NetworkResult, told: list[str]) -> Words:
    return Words(
        name=f"ranking-{result.name}",
        kind="Ranking",
        title=result.title,
        description=" ".join(sentence(one) for one in told),
        lines=(sentence(result.how),) if result.how else (),
        notes=(
            "A P-score is the mean certainty of being better than another treatment. It says nothing of how "
            "much better, nor of the certainty of the evidence; ranks close together mean little.",
        ),
    )
