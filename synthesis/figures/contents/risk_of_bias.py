"""What the two figures of risk of bias say: every judgement, and how often each level was given."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from synthesis.drawing.marks import Mark, Rect, Text
from synthesis.drawing.text_metrics import text_width
from synthesis.errors import FigureError
from synthesis.figures.bias_signs import Sign, sign_legend, sign_marks, sign_of
from synthesis.figures.forest_words import capital, sentence
from synthesis.figures.lanes import Cell, Item, Lane, Lanes, Wording
from synthesis.figures.numbers import DASH
from synthesis.figures.of_pool import listed
from synthesis.figures.page import Words
from synthesis.figures.style import PRINT

if TYPE_CHECKING:
    from evidence.review import Review
    from evidence.study import Bias

TITLES = {"RoB2": "RoB 2"}
OVERALL = "overall"
_SIGN = 10.5
_BAR, _THICK = 250.0, 11.0


@dataclass(frozen=True, slots=True)
class Judged:
    """The studies judged with one tool, about one endpoint or about all."""

    tool: str
    domains: tuple[str, ...]
    studies: tuple[tuple[str, str, "Bias"], ...]
    without: tuple[str, ...]

    def words(self, bias: "Bias", domain: str) -> str:
        """The judgement in the words of its tool; empty where there is none."""
        found = bias.overall if domain == OVERALL else bias.domains.get(domain)
        return found.judgement if found is not None else ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The domains, and the overall judgement where there is one."""
        overall = any(bias.overall is not None for _, _, bias in self.studies)
        return (*self.domains, *([OVERALL] if overall else []))

    @property
    def all_words(self) -> list[str]:
        """Every judgement."""
        return [words for _, _, b in self.studies for d in self.columns if (words := self.words(b, d))]


def judged(review: "Review", endpoint: str | None, tool: str | None) -> Judged:
    """The judgements of a review with one tool: the one named, else the one used most.

    Raises
    ------
    FigureError
        There are none, or none with this tool or about this endpoint.
    """
    found = {study.study: _chosen(study.bias, endpoint) for study in review.studies}
    used = Counter(bias.tool for several in found.values() for bias in several)
    if not used:
        about = f" about {endpoint}" if endpoint else ""
        raise FigureError(f"no study holds a judgement of risk of bias{about}; add bias: to the study files")
    chosen = tool or max(used, key=lambda name: (used[name], name))
    if chosen not in used:
        raise FigureError(f"no study was judged with {chosen!r}; there are {', '.join(sorted(used))}")
    rows = []
    for study in review.studies:
        own = next((bias for bias in found[study.study] if bias.tool == chosen), None)
        rows += [(study.study, study.label, own)] if own is not None else []
    keys = {key for key, _, _ in rows}
    domains = tuple(dict.fromkeys(name for _, _, bias in rows for name in bias.domains))
    without = tuple(study.label for study in review.studies if study.study not in keys)
    return Judged(chosen, domains, tuple(rows), without)


def _chosen(several: Sequence["Bias"], endpoint: str | None) -> list["Bias"]:
    """Those about the endpoint first, then those about everything."""
    if endpoint is None:
        return list(several)
    return [b for b in several if endpoint in b.outcomes] + [b for b in several if not b.outcomes]


def lights(review: "Review", endpoint: str | None = None, tool: str | None = None) -> Lanes:
    """A sign for every study and domain."""
    found = judged(review, endpoint, tool)
    columns: tuple[Wording | Lane, ...] = (Wording("Study", most=170.0, lines=2),)
    columns += tuple(_column(name) for name in found.columns)
    items = tuple(_study(found, key, label, bias) for key, label, bias in found.studies)
    return Lanes(_words(found, "risk-of-bias", "Traffic lights", _told(found)), columns, items)


def _column(name: str) -> Lane:
    head = capital(name.replace("-", " "))
    longest = max((text_width(word, PRINT.text, bold=True) for word in head.split()), default=0.0)
    return Lane(head, width=max(longest + 1, 46.0))


def _study(found: Judged, key: str, label: str, bias: "Bias") -> Item:
    words = {name: found.words(bias, name) for name in found.columns}
    cells: list[Cell] = [label]
    cells += [_cell(found.tool, words[name], _column(name).width / 2) for name in found.columns]
    told = ", ".join(f"{name.replace('-', ' ')} {said or 'not judged'}" for name, said in words.items())
    return Item(tuple(cells), f"{label}: {told}", address=f"{key}/bias", least=16.0)


def _cell(tool: str, words: str, middle: float) -> Cell:
    sign = sign_of(tool, words) if words else None
    if sign is not None:
        return sign_marks(sign, middle, 0.0, _SIGN)
    return (Text(middle, 0.36 * PRINT.text, words or DASH, size=PRINT.text, anchor="middle"),)


def _told(found: Judged) -> list[str]:
    told = []
    for name in found.columns:
        counts = Counter(found.words(bias, name) or "not judged" for _, _, bias in found.studies)
        parts = [f"{words} in {n}" for words, n in sorted(counts.items(), key=lambda one: (-one[1], one[0]))]
        told.append(f"{capital(name.replace('-', ' '))}: {listed(parts)}")
    return told


def summary(
    review: "Review",
    endpoint: str | None = None,
    tool: str | None = None,
    weights: Mapping[str, float] | None = None,
) -> Lanes:
    """A bar for every domain, divided by how many studies (or how much weight) have each level."""
    found = judged(review, endpoint, tool)
    shares = {key: 1.0 if weights is None else weights.get(key, 0.0) for key, _, _ in found.studies}
    whole = sum(shares.values())
    if not whole > 0:
        raise FigureError("none of the studies judged has a weight")
    items = tuple(_bar(found, name, shares, whole) for name in found.columns)
    by = "each study counts once" if weights is None else "studies count by their weight in the pool"
    words = _words(found, "bias-summary", "Summary bars", [f"In the bars {by}", *_told(found)])
    columns = (Wording("Domain", most=150.0), Lane(f"{len(found.studies)} studies; {by}", width=_BAR))
    return Lanes(words, columns, items)


def _bar(found: Judged, name: str, shares: Mapping[str, float], whole: float) -> Item:
    levels: dict[str, tuple[Sign | None, str, float, int]] = {}
    for key, _, bias in found.studies:
        words = found.words(bias, name)
        sign = sign_of(found.tool, words) if words else None
        level = sign.level if sign is not None else words or "not judged"
        _, _, share, count = levels.get(level, (sign, words, 0.0, 0))
        levels[level] = (sign, words or "not judged", share + shares[key], count + 1)
    order = {"low": 0, "some": 1, "high": 2, "critical": 3, "unknown": 4}
    marks: list[Mark] = []
    told = []
    left = 0.0
    for level in sorted(levels, key=lambda one: (order.get(one, 5), one)):
        sign, words, share, count = levels[level]
        width = _BAR * share / whole
        marks += _segment(sign, count, left, width)
        told.append(f"{words} {count}")
        left += width
    label = capital(name.replace("-", " "))
    return Item((label, tuple(marks)), f"{label}: {', '.join(told)}", least=18.0)


def _segment(sign: Sign | None, count: int, left: float, width: float) -> list[Mark]:
    """One part of a bar with its sign and its count, where they fit."""
    if width <= 0:
        return []
    role = sign.role if sign is not None and sign.role in ("low", "some", "high") else "band-1"
    ink = sign.ink if sign is not None and role != "band-1" else "text"
    text = f"{sign.text if sign is not None else DASH} {count}"
    marks: list[Mark] = [
        Rect(left, -_THICK / 2, width, _THICK, role),
        Rect(left, -_THICK / 2, width, _THICK, "rule", hollow=True),
    ]
    if text_width(text, PRINT.small, bold=True) + 4 <= width:
        x = left + width / 2
        marks.append(Text(x, 0.36 * PRINT.small, text, ink, PRINT.small, True, "middle"))
    return marks


def _words(found: Judged, name: str, kind: str, told: Sequence[str]) -> Words:
    tool = TITLES.get(found.tool, found.tool)
    legend = sign_legend(found.tool, found.all_words)
    lines = [f"Judged by people with {tool}: {legend}"] if legend else [f"Judged by people with {tool}"]
    if found.without:
        lines.append(f"Not judged: {listed(found.without)}")
    studies = f"{len(found.studies)} {'study' if len(found.studies) == 1 else 'studies'}"
    said = [f"{studies} judged with {tool}", *told, *lines[1:]]
    return Words(
        name=name,
        kind=kind,
        title=f"Risk of bias ({tool}), {studies}",
        description=" ".join(sentence(one) for one in said),
        lines=tuple(sentence(one) for one in lines),
    )
