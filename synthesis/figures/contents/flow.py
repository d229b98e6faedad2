"""What the flow of studies says: from what was found to what is included, its arithmetic checked."""

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from evidence.rounding import bounds
from evidence.values import Reported
from synthesis.errors import FigureError
from synthesis.figures.boxes import Box, Boxes
from synthesis.figures.forest_words import sentence
from synthesis.figures.numbers import fixed
from synthesis.figures.page import Words

if TYPE_CHECKING:
    from evidence.review import Review

STAGES = ("identified", "removed", "screened", "screened_out", "sought", "not_retrieved")
NOT_SUPPLIED = "not supplied"
_NAMES = {
    "identified": "Records identified",
    "removed": "Records removed before screening",
    "screened": "Records screened",
    "screened_out": "Records excluded",
    "sought": "Reports sought",
    "not_retrieved": "Reports not retrieved",
    "assessed": "Studies assessed for eligibility",
    "excluded": "Studies excluded",
    "included": "Studies included",
}
_LINKS = (
    ("identified", "removed"),
    ("identified", "screened"),
    ("screened", "screened_out"),
    ("screened", "sought"),
    ("sought", "not_retrieved"),
    ("sought", "assessed"),
    ("assessed", "excluded"),
    ("assessed", "included"),
)
_SUMS = (("identified", "removed", "screened"), ("screened", "screened_out", "sought"))


def content(review: "Review", **given: int | None) -> Boxes:
    """The boxes of the PRISMA diagram; what nobody counted says so.

    Raises
    ------
    FigureError
        A count is negative, or of no stage.
    """
    counts = _counts(review, given)
    wrong = sums(counts)
    reasons = Counter(review.excluded.values())
    boxes = [
        _box(key, counts, row, column, wrong)
        for row, pair in enumerate(
            (("identified", "removed"), ("screened", "screened_out"), ("sought", "not_retrieved"))
        )
        for column, key in enumerate(pair)
    ]
    boxes.append(_box("assessed", counts, 3, 0, wrong))
    excluded = _box("excluded", counts, 3, 1, wrong)
    lines = [f"{reason}: {n}" for reason, n in sorted(reasons.items(), key=lambda one: (-one[1], one[0]))]
    boxes.append(Box("excluded", (*excluded.lines, *lines), 3, 1, excluded.title))
    boxes.append(_box("included", counts, 4, 0, wrong))
    return Boxes(_words(review, counts, wrong), tuple(boxes), _LINKS)


def _counts(review: "Review", given: Mapping[str, int | None]) -> dict[str, int | None]:
    for name, count in given.items():
        if name not in STAGES:
            raise FigureError(f"there is no stage {name!r}; there are {', '.join(STAGES)}")
        if count is not None and count < 0:
            raise FigureError(f"{name} is {count}; a count is not negative")
    included, excluded = len(review.studies), len(review.excluded)
    counts = {name: _given(review, name, given.get(name)) for name in STAGES}
    return {**counts, "assessed": included + excluded, "excluded": excluded, "included": included}


def _given(review: "Review", name: str, count: int | None) -> int | None:
    """The count asked for, else the one that the review states; None where nobody counted."""
    if count is not None or review.flow is None:
        return count
    stated = getattr(review.flow, name)
    return round(bounds(stated).floats[1]) if isinstance(stated, Reported) and stated.is_number else None


def sums(counts: Mapping[str, int | None]) -> dict[str, str]:
    """By stage, what does not add up: records less those removed are those of the next stage.

    Notes
    -----
    Several reports may be of one study, so the studies assessed are at most the reports that were retrieved.

    Examples
    --------
    >>> sums({"identified": 100, "removed": 20, "screened": 81})
    {'screened': '100 identified less 20 are 80, and 81 are given'}
    """
    wrong = {}
    for whole, part, rest in _SUMS:
        a, b, c = counts.get(whole), counts.get(part), counts.get(rest)
        if a is not None and b is not None and c is not None and a - b != c:
            wrong[rest] = f"{_n(a)} {whole} less {_n(b)} are {_n(a - b)}, and {_n(c)} are given"
    sought, lost, assessed = (counts.get(name) for name in ("sought", "not_retrieved", "assessed"))
    if sought is not None and lost is not None and assessed is not None and assessed > sought - lost:
        wrong["assessed"] = f"{_n(sought)} sought less {_n(lost)} are fewer than {_n(assessed)} assessed"
    return wrong


def _n(count: int) -> str:
    return fixed(count, 0)


def _box(key: str, counts: Mapping[str, int | None], row: int, column: int, wrong: Mapping[str, str]) -> Box:
    count = counts[key]
    said = NOT_SUPPLIED if count is None else f"n = {_n(count)}"
    lines = (_NAMES[key], said, *((wrong[key],) if key in wrong else ()))
    return Box(key, lines, row, column, f"{_NAMES[key]}: {said}", wrong=key in wrong)


def _words(review: "Review", counts: Mapping[str, int | None], wrong: Mapping[str, str]) -> Words:
    known = [f"{_NAMES[key]}: {_n(count)}" for key, count in counts.items() if count is not None]
    absent = [_NAMES[key].lower() for key, count in counts.items() if count is None]
    told = [*known, *(f"This does not add up: {one}" for one in wrong.values())]
    lines = [f"This does not add up: {one}" for one in wrong.values()]
    if absent:
        lines.append(f"Not supplied: {', '.join(absent)}")
    if not wrong and not absent:
        lines.append("The numbers add up")
    return Words(
        name="flow",
        kind="Flow of studies",
        title=f"Flow of studies: {review.label or review.review}",
        description=" ".join(sentence(one) for one in (*told, *lines[len(wrong) :])),
        lines=tuple(sentence(one) for one in lines),
    )
