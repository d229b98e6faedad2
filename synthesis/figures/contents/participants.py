"""What the flow of participants says: from allocated to analysed, arm by arm, its arithmetic checked."""

from itertools import pairwise
from typing import TYPE_CHECKING

from synthesis.errors import FigureError
from synthesis.figures.boxes import Box, Boxes
from synthesis.figures.contents.of_review import arm_label, spoken
from synthesis.figures.contents.printed import text_of, value_of
from synthesis.figures.forest_words import sentence
from synthesis.figures.of_pool import listed
from synthesis.figures.page import Words

if TYPE_CHECKING:
    from evidence.review import Review
    from evidence.study import Study

ALL = "all"
LOSSES = ("lost", "withdrawn", "excluded")
BETWEEN = ("treated", "crossed-over", *LOSSES)
_NAMES = {
    "screened": "Screened",
    "randomised": "Randomised",
    "allocated": "Allocated",
    "treated": "Treated",
    "crossed-over": "Crossed over",
    "lost": "Lost to follow-up",
    "withdrawn": "Withdrawn",
    "excluded": "Excluded from the analysis",
    "analysed": "Analysed",
}


def content(review: "Review", study: str) -> Boxes:
    """The boxes of one study's flow.

    Raises
    ------
    FigureError
        There is no such study, or it prints no flow.
    """
    keys = [one.study for one in review.studies]
    if study not in keys:
        raise FigureError(f"no study {study!r}; there are {', '.join(keys)}")
    chosen = review.study(study)
    if not chosen.flow:
        raise FigureError(f"{chosen.label} prints no flow of participants")
    arms = list(chosen.arms)
    boxes: list[Box] = []
    links: list[tuple[str, str]] = []
    middle = (len(arms) - 1) / 2
    top = None
    for row, stage in enumerate(("screened", "randomised")):
        number = _whole(chosen, stage)
        if number is not None:
            box = Box(stage, (_NAMES[stage], f"n = {number}"), row, middle, f"{_NAMES[stage]}: {number}")
            links += [(top, stage)] if top else []
            boxes.append(box)
            top = stage
    for column, arm in enumerate(arms):
        made = _arm_boxes(review, chosen, arm, column)
        links += [(top, made[0].key)] if top else []
        links += [(a.key, b.key) for a, b in pairwise(made)]
        boxes += made
    return Boxes(_words(chosen, boxes), tuple(boxes), tuple(links))


def _whole(study: "Study", stage: str) -> str | None:
    """How many altogether: as printed, else the sum over the arms."""
    counts = study.flow.get(stage, {})
    if ALL in counts:
        return text_of(counts[ALL].events)
    if stage == "randomised":
        sizes = [value_of(arm.n) for arm in study.arms.values()]
        known = [size for size in sizes if size is not None]
        return f"{sum(known):.0f}" if known and len(known) == len(sizes) else None
    values = [value_of(one.events) for one in counts.values()]
    known = [value for value in values if value is not None]
    return f"{sum(known):.0f}" if known else None


def _arm_boxes(review: "Review", study: "Study", arm: str, column: int) -> list[Box]:
    label = arm_label(review, study, arm)
    size = text_of(study.arms[arm].n)
    made = [
        Box(f"{arm}-allocated", (label, f"Allocated: n = {size}"), 2, column, f"{label}: {size} allocated")
    ]
    between = [
        (stage, text_of(study.flow[stage][arm].events))
        for stage in BETWEEN
        if arm in study.flow.get(stage, {})
    ]
    if between:
        lines = [f"{_NAMES[stage]}: {count}" for stage, count in between]
        made.append(Box(f"{arm}-between", ("Then", *lines), 3, column, f"{label}: {'; '.join(lines)}"))
    analysed = study.flow.get("analysed", {}).get(arm)
    if analysed is not None:
        count = text_of(analysed.events)
        wrong = _does_not_add(study, arm)
        lines = ["Analysed", f"n = {count}", *([wrong] if wrong else [])]
        made.append(
            Box(f"{arm}-analysed", tuple(lines), 4, column, f"{label}: {count} analysed", wrong=bool(wrong))
        )
    return made


def _checked(study: "Study", arm: str) -> bool:
    """Whether both those who left an arm and those analysed are printed."""
    return arm in study.flow.get("analysed", {}) and any(arm in study.flow.get(s, {}) for s in LOSSES)


def _does_not_add(study: "Study", arm: str) -> str:
    """What does not add up in an arm: those allocated less those who left are those analysed."""
    size = value_of(study.arms[arm].n)
    left = {
        stage: value_of(study.flow[stage][arm].events) for stage in LOSSES if arm in study.flow.get(stage, {})
    }
    analysed = value_of(study.flow["analysed"][arm].events)
    known = [count for count in left.values() if count is not None]
    if size is None or analysed is None or not left or len(known) < len(left):
        return ""
    rest = size - sum(known)
    if rest == analysed:
        return ""
    parts = " − ".join(f"{count:.0f}" for count in (size, *known))
    return f"{parts} = {rest:.0f}, printed {analysed:.0f}"


def _words(study: "Study", boxes: list[Box]) -> Words:
    wrong = [box for box in boxes if box.wrong]
    checked = [arm for arm in study.arms if _checked(study, arm)]
    lines = [f"{box.title}: {box.lines[-1]}" for box in wrong]
    if not checked:
        lines = ["Of no arm both those who left and those analysed are printed, so nothing could be checked"]
    elif not wrong:
        lines = [f"In {listed([spoken(arm) for arm in checked])} the numbers add up"]
    else:
        lines = [f"This does not add up: {line}" for line in lines]
    told = [box.title for box in boxes]
    return Words(
        name=f"participants-{study.study}",
        kind="Flow of participants",
        title=f"{study.label}: flow of participants",
        description=" ".join(sentence(one) for one in (*told, *lines)),
        lines=tuple(sentence(one) for one in lines),
        notes=(
            "People who were analysed although they left, as by intention to treat, make such a sum differ.",
        )
        if wrong
        else (),
    )
