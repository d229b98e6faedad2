"""What the dumbbells of medians say: both arms of every study, with what compares them beside."""

from collections import Counter
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING, Any

from evidence.reanalysis.survival import converted
from synthesis.errors import FigureError
from synthesis.figures.axis import linear_axis
from synthesis.figures.contents.of_review import arm_label, endpoint_label, entries
from synthesis.figures.contents.printed import reached, text_of, value_of
from synthesis.figures.forest_words import sentence
from synthesis.figures.lanes import Item, Join, Lane, Lanes, Piece, Wording
from synthesis.figures.of_pool import listed
from synthesis.figures.page import Key, Words
from synthesis.figures.rows import Picture, Scale

if TYPE_CHECKING:
    from evidence.entry import Entry
    from evidence.review import Review
    from evidence.study import Study

ROLES = ("dot", "second", "third", "secondary")
STEP = 11.0  # between two arms of a study
NOTE = (
    "NR: not reached; NE: not estimable; an arrow goes on beyond what was seen. Medians of arms of different "
    "studies are not compared here; a ratio of medians is no hazard ratio."
)
CONVERTED = "Times in another unit are drawn in that of the axis, a month having 30.4 days."
REFERENCE = "The second colour marks reference treatments."


def content(review: "Review", endpoint: str, study: str | None = None) -> Lanes:
    """The medians of an endpoint; a median or limit that was not reached goes on as an arrow.

    Raises
    ------
    FigureError
        No study prints a median.
    """
    found = _first_of_each(entries(review, endpoint, study))
    if not found:
        raise FigureError(f"no study prints a median of {endpoint}")
    treatments = list(
        dict.fromkeys(one.arms[r.arm].treatment for one, e in found for r in _medians(e) if r.arm in one.arms)
    )
    roles = _roles(review, treatments)
    units = Counter(entry.unit for _, entry in found if entry.unit)
    unit = max(units, key=lambda name: (units[name], name), default="")
    label = endpoint_label(review, endpoint)
    scale = _scale(found, unit)
    items = tuple(_item(review, one, entry, roles, scale, unit) for one, entry in found)
    columns = (
        Wording("Study", most=140.0, lines=2),
        Wording("Arm", most=110.0),
        Lane("", scale, 170.0),
        Wording("Median (interval)", "end", 130.0),
        Wording("Hazard ratio", "end", 110.0),
    )
    few = len(treatments) <= len(ROLES)
    keys = tuple(Key("dot", roles[key], _treatment(review, key)) for key in treatments) if few else ()
    notes = [NOTE] + ([CONVERTED] if len(units) > 1 else []) + ([] if few else [REFERENCE])
    told = [item.title for item in items]
    words = Words(
        name=f"medians-{endpoint}",
        kind="Medians",
        title=f"{label}: medians of {len(found)} {'study' if len(found) == 1 else 'studies'}",
        description=" ".join(sentence(one) for one in told),
        notes=tuple(notes),
        keys=keys,
    )
    return Lanes(words, columns, items)


def _roles(review: "Review", treatments: list[str]) -> dict[str, str]:
    """A colour for each treatment, or for references and others where they are more than the colours."""
    if len(treatments) <= len(ROLES):
        return {key: ROLES[i] for i, key in enumerate(treatments)}
    known = review.treatments
    return {key: ROLES[1] if key in known and known[key].reference else ROLES[0] for key in treatments}


def _treatment(review: "Review", key: str) -> str:
    found = review.treatments.get(key)
    return key if found is None else found.label


def _medians(entry: "Entry") -> list[Any]:
    return [r for r in entry.results if reached(r.median) is not None and not r.points]


def _first_of_each(found: "tuple[tuple[Study, Entry], ...]") -> "list[tuple[Study, Entry]]":
    """The first entry with medians of each study and time: a study prints its main result first."""
    chosen: dict[str, tuple[Study, Entry]] = {}
    for one, entry in found:
        if _medians(entry):
            chosen.setdefault(one.study, (one, entry))
    return list(chosen.values())


def _in(unit: str, own: str | None, time: float | None) -> float | None:
    """A time in the unit of the axis; None where the units do not convert."""
    if time is None or time == inf or not own:
        return time
    found = converted((time, time, time), own, unit)
    return None if found is None else found[1]


def _limits(result: Any, own: str | None, unit: str) -> tuple[float | None, float | None]:
    interval = result.interval
    if interval is None:
        return None, None
    return _in(unit, own, reached(interval.low)), _in(unit, own, reached(interval.high))


def _scale(found: "list[tuple[Study, Entry]]", unit: str) -> Scale:
    """From 0 to the greatest time reached; limits beyond twice the greatest median are cut."""
    title = f"Median ({unit})" if unit else "Median"
    times = [_in(unit, e.unit, reached(r.median)) for _, e in found for r in _medians(e)]
    medians = [time for time in times if time is not None and time < inf]
    limits = [b for _, e in found for r in _medians(e) for b in _limits(r, e.unit, unit)]
    bounds = [bound for bound in limits if bound is not None and bound < inf]
    most = max(medians, default=0.0) or max(bounds, default=1.0)
    reach = max([most, *(bound for bound in bounds if bound <= 2.2 * most)])
    low, high, ticks = linear_axis(0.0, 1.05 * reach)
    return Scale("linear", low, high, ticks, title)


def _item(
    review: "Review", study: "Study", entry: "Entry", roles: dict[str, str], scale: Scale, unit: str
) -> Item:
    results = [r for r in _medians(entry) if _in(unit, entry.unit, reached(r.median)) is not None]
    other = f" {entry.unit}" if entry.unit and entry.unit != unit else ""
    first = -STEP * (len(results) - 1) / 2
    pieces: list[Any] = []
    names, texts = [], []
    places = []
    for i, result in enumerate(results):
        shift = first + i * STEP
        role = (
            roles.get(study.arms[result.arm].treatment, "secondary")
            if result.arm in study.arms
            else "secondary"
        )
        median = _in(unit, entry.unit, reached(result.median))
        assert median is not None
        low, high = _limits(result, entry.unit, unit)
        at = min(median, scale.high) if median == inf else median
        picture = Picture("dot", at if low is None else low, median if high is None else high, median)
        pieces.append(Piece(picture, shift, role))
        places.append((at, shift))
        names.append(arm_label(review, study, result.arm))
        texts.append(_text(result) + other)
    joins = [Join(a[0], b[0], a[1], b[1]) for a, b in pairwise(places)]
    told = listed([f"{name} {text}" for name, text in zip(names, texts, strict=True)])
    ratio = _hazard_ratio(review, study, entry.endpoint)
    title = f"{study.label}: {told}" + (f"; {ratio.replace(chr(10), ' ')}" if ratio else "")
    return Item(
        (study.label, "\n".join(names), (*joins, *pieces), "\n".join(texts), ratio),
        title,
        address=entry.address,
        least=STEP * len(results) + 5.0,
    )


def _text(result: Any) -> str:
    interval = result.interval
    if interval is None:
        return text_of(result.median)
    return f"{text_of(result.median)} ({text_of(interval.low)} to {text_of(interval.high)})"


def _hazard_ratio(review: "Review", study: "Study", endpoint: str) -> str:
    """The first hazard ratio printed for the endpoint, with what it compares."""
    for entry in study.outcomes:
        for effect in entry.effects:
            if entry.endpoint != endpoint or entry.subgroup is not None or effect.measure != "HR":
                continue
            if value_of(effect.estimate) is None:
                continue
            bounds = effect.interval
            limits = "" if bounds is None else f" ({text_of(bounds.low)} to {text_of(bounds.high)})"
            return f"{text_of(effect.estimate)}{limits}"
    return ""
