"""AUD504: do two sources of a study print the same number, and an interval at the same level?"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import log

from evidence.checks.check import Check, Rule, consistent, screen, slip
from evidence.checks.examples import number, place
from evidence.checks.wording import as_float
from evidence.claims import Witnesses
from evidence.findings import WARNING, Finding
from evidence.reanalysis.intervals import half_widths
from evidence.rounding import bounds
from evidence.values import Reported

RULE = Rule("AUD504", "sources-agree")

Pair = tuple[Reported, Reported]


def run(claim: Witnesses) -> Iterator[Finding]:
    """Whether what two sources print can be one number, rounded by each in its own way."""
    one, two = claim.levels or (None, None)
    if one is not None and two is not None and one != two:
        yield _levels(claim, one, two)
        return
    apart = max(claim.pairs, key=_gap)
    gap, unit = _gap(apart), max(n.ulp for n in apart)
    if gap == 0:
        yield consistent(RULE, claim.place, _about(claim), _said(claim, "agree"), power=0.9)
    elif gap <= unit:
        text = f"{_said(claim, 'differ')}, by no more than a unit of the last digit"
        yield slip(RULE, claim.place, _about(claim), text, relaxation=as_float(gap / unit))
    else:
        yield screen(RULE, claim.place, _about(claim), _said(claim, "differ"), severity=WARNING)


def _about(claim: Witnesses) -> tuple[Reported, ...]:
    """The numbers, those of the less trusted source first."""
    return tuple(n for i in (1, 0) for n in (pair[i] for pair in claim.pairs))


def _gap(pair: Pair) -> Fraction:
    """How far two printed numbers are apart beyond the rounding of both."""
    one, two = map(bounds, pair)
    gaps = [
        low - high
        for low, high in ((one.low, two.high), (two.low, one.high))
        if low is not None and high is not None
    ]
    return max([Fraction(0), *gaps])


def _shown(claim: Witnesses, i: int) -> str:
    return " to ".join(pair[i].text for pair in claim.pairs)


def _said(claim: Witnesses, verb: str) -> str:
    """The numbers of both, each with its source."""
    first, second = (f"{_shown(claim, i)} in {claim.sources[i]}" for i in range(2))
    return f"{claim.place.label}, {claim.what}: {first} and {second} {verb}"


def _levels(claim: Witnesses, one: Fraction, two: Fraction) -> Finding:
    """Two intervals at different levels: the one at the higher level holds the other and is wider."""
    both = zip((one, two), claim.sources, range(2), strict=True)
    shown = [f"{_shown(claim, i)} at {as_float(level):g} % in {source}" for level, source, i in both]
    message = f"{claim.place.label}, {claim.what}: {shown[0]}, {shown[1]}"
    if _can_be(claim, as_float(one), as_float(two)):
        return consistent(RULE, claim.place, _about(claim), message, power=0.5)
    text = f"{message}; one of the levels must be wrong"
    details = ("an interval read at the wrong level gives its study the wrong weight",)
    return screen(RULE, claim.place, _about(claim), text, severity=WARNING, details=details)


def _can_be(claim: Witnesses, one: float, two: float) -> bool:
    """Whether one interval could be the other at another level: outside it, and not of equal limits."""
    inner, outer = (0, 1) if one < two else (1, 0)
    if len(claim.pairs) < 2:
        return True
    low, high = claim.pairs
    if _above(low[outer], low[inner]) or _above(high[inner], high[outer]):
        return False
    if any(a.exact != b.exact for a, b in claim.pairs):
        return True
    widths = _width(low[0], high[0], claim.ratio)
    wider = half_widths(max(one, two)) / half_widths(min(one, two))
    return widths is None or widths[1] >= wider * widths[0]


def _above(one: Reported, two: Reported) -> bool:
    """Whether a number lies above another, beyond the rounding of both."""
    least, most = bounds(one).low, bounds(two).high
    return least is not None and most is not None and least > most


def _width(low: Reported, high: Reported, logs: bool) -> tuple[float, float] | None:
    """The least and greatest width of a printed interval, of a ratio in logarithms."""
    (least, _, less), (more, _, most) = bounds(low).floats, bounds(high).floats
    if logs and min(least, less) <= 0:
        return None
    ends = [log(x) for x in (least, less, more, most)] if logs else [least, less, more, most]
    return max(ends[2] - ends[1], 0.0), ends[3] - ends[0]


def _example(one: str, two: str, levels: tuple[int, int] | None = None) -> Witnesses:
    """A number, or the limits of an interval of a ratio, as two sources print them."""
    texts = list(zip(one.split(), two.split(), strict=True))
    pairs = tuple((_number(a, "paper"), _number(b, "review")) for a, b in texts)
    said = None if levels is None else (Fraction(levels[0]), Fraction(levels[1]))
    return Witnesses(place("endpoint"), "HR", ("paper", "review"), pairs, said, levels is not None)


def _number(text: str, source: str) -> Reported:
    return number(text, f"{source}/{text}") or Reported(text)


CHECK = Check(
    rule=RULE,
    title="sources of a study agree",
    what=(
        "Whether two sources of one study print the same of the same endpoint, people and time, each in its "
        "own rounding; and whether intervals at two levels can both be right: the one at the higher level "
        "holds the other, and equal limits at two levels are one interval misread."
    ),
    why=(
        "Abstracts, papers, registries and later tables differ by data cut, by set and by slips of copying; "
        "a 99 % interval read as 95 % makes its study seem less precise than it is."
    ),
    formula="the bounds of both meet; (ln u - ln l) / z is the same at both levels",
    reference="Higgins et al. 2023, Cochrane Handbook, section 5.2.1",
    false_alarms=(
        "Sources of other data cuts, other sets or another assessor, where they do not say so: then the "
        "entries want the qualifier that tells them apart."
    ),
    on=(Witnesses,),
    run=run,
    keeps=lambda: (
        _example("40.5", "40.54"),
        _example("0.13 0.36", "0.14 0.35", (96, 95)),
        _example("0.14 0.31", "0.14 0.31", (99, 99)),
    ),
    breaks=lambda: (
        _example("55.7", "58"),
        _example("0.14 0.31", "0.14 0.31", (99, 95)),
        _example("0.30 0.60", "0.25 0.65", (99, 95)),
    ),
)
