"""What the slope plot says: means before and after, arm by arm."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from synthesis.errors import FigureError
from synthesis.figures.chart import Chart, Curve, Dot
from synthesis.figures.contents.of_review import arm_label, endpoint_label, entries
from synthesis.figures.contents.printed import text_of, value_of
from synthesis.figures.forest_words import sentence
from synthesis.figures.of_pool import plain_scale
from synthesis.figures.page import Key, Words
from synthesis.figures.rows import Scale, Tick

if TYPE_CHECKING:
    from evidence.entry import Entry, Result
    from evidence.review import Review
    from evidence.study import Study

ROLES = ("dot", "second", "third", "secondary")
_SHIFT = 0.035  # between the bars of neighbouring arms, so that both are seen


@dataclass(frozen=True, slots=True)
class Slope:
    """One arm: its value before and after, and what stands behind ± or as the SD of each."""

    study: str
    arm: str
    treatment: str
    before: tuple[float, float | None]
    after: tuple[float, float | None]
    words: str


def content(review: "Review", endpoint: str, study: str | None = None) -> Chart:
    """The means (or medians) of an endpoint before and after, of one study or of all.

    Raises
    ------
    FigureError
        No study prints both.
    """
    found = entries(review, endpoint, study)
    slopes = [slope for one, entry in found for slope in _slopes(review, one, entry)]
    if not slopes:
        raise FigureError(f"no study prints {endpoint} both before and after")
    units = dict.fromkeys(entry.unit for _, entry in found if entry.unit)
    if len(units) > 1:
        raise FigureError(f"{endpoint} is printed in {', '.join(units)}; choose one study")
    treatments = list(dict.fromkeys(slope.treatment for slope in slopes))
    roles = {key: ROLES[i % len(ROLES)] for i, key in enumerate(treatments)}
    ends = [
        v
        for s in slopes
        for value, spread in (s.before, s.after)
        for v in (value - (spread or 0), value + (spread or 0))
    ]
    label = endpoint_label(review, endpoint)
    unit = f" ({next(iter(units))})" if units else ""
    y = plain_scale(min(0.0, *ends), max(ends), f"{label}{unit}")
    x = Scale("linear", -0.25, 1.25, (Tick(0.0, "Before"), Tick(1.0, "After")), "")
    curves: list[Curve] = []
    dots: list[Dot] = []
    several = len({slope.study for slope in slopes}) > 1
    for i, slope in enumerate(slopes):
        role, shift = roles[slope.treatment], _SHIFT * (i - (len(slopes) - 1) / 2)
        curves.append(
            Curve(((shift, slope.before[0]), (1 + shift, slope.after[0])), role, 1.0, title=slope.words)
        )
        for at, (value, spread) in ((shift, slope.before), (1 + shift, slope.after)):
            if spread is not None:
                curves.append(Curve(((at, value - spread), (at, value + spread)), role, 0.6))
            name = f"{slope.study}, {slope.arm}" if several else slope.arm
            dots.append(Dot(at, value, slope.words, name if at > 0.5 else "", role))
    spreads = any(spread is not None for s in slopes for _, spread in (s.before, s.after))
    words = Words(
        name=f"before-after-{endpoint}" + (f"-{study}" if study else ""),
        kind="Before and after",
        title=f"{slopes[0].study}: {label}" if not several else label,
        description=" ".join(sentence(slope.words) for slope in slopes),
        notes=(
            *(
                ("Upright lines reach one standard deviation (or what is printed after ±) to each side.",)
                if spreads
                else ()
            ),
            "Lines join means of groups, not people.",
        ),
        keys=tuple(
            Key("line", roles[key], review.treatments[key].label if key in review.treatments else key)
            for key in treatments
        ),
    )
    return Chart(words, x, y, (), tuple(curves), tuple(dots), width=230.0, right=90.0 if several else 60.0)


def _slopes(review: "Review", study: "Study", entry: "Entry") -> list[Slope]:
    made = []
    for arm in dict.fromkeys(result.arm for result in entry.results):
        times = {result.time: result for result in entry.results if result.arm == arm}
        if "before" not in times or "after" not in times:
            continue
        before, after = (_value(times[time]) for time in ("before", "after"))
        if before is None or after is None:
            continue
        label = arm_label(review, study, arm)
        treatment = study.arms[arm].treatment if arm in study.arms else arm
        words = f"{study.label}, {label}: from {_text(times['before'])} to {_text(times['after'])}"
        made.append(Slope(study.label, label, treatment, before, after, words))
    return made


def _value(result: "Result") -> tuple[float, float | None] | None:
    mean = value_of(result.mean)
    if mean is not None:
        sd = value_of(result.sd)
        return mean, value_of(result.plusminus) if sd is None else sd
    median = value_of(result.median)
    return None if median is None else (median, None)


def _text(result: "Result") -> str:
    if result.mean is not None:
        spread = result.sd if result.sd is not None else result.plusminus
        return text_of(result.mean) + ("" if spread is None else f" ± {text_of(spread)}")
    return text_of(result.median)
