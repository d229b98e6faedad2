"""AUD327: can so many lesions have shrunk enough to be responses, given their sizes before and after?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import hypot, inf, isfinite

from evidence.checks.check import About, Check, Rule, consistent, screen
from evidence.checks.examples import paper, share, summary
from evidence.checks.printed_tests import box
from evidence.checks.range_tests import SD, Group, groups, numbers
from evidence.checks.wording import figure
from evidence.claims import Paper, Place, Share, Summary
from evidence.distributions import normal_sf
from evidence.findings import Finding, Range
from evidence.reanalysis.counts import Unknown
from evidence.values import Reported

RULE = Rule("AUD327", "response-and-size")
DIAMETER_RATIO = 0.7
"""A partial response by RECIST: the sum of diameters falls by 30 %."""
VOLUME_RATIO = DIAMETER_RATIO**3
"""The same of a sphere's volume: .343."""

_RESPONSES = ("objective response", "overall response", "tumor response", "tumour response", "remission")
_LESIONS = ("lesion", "tumor", "tumour", "nodule")
_DIAMETERS = ("diameter", "size", "length")


@dataclass(frozen=True, slots=True)
class Shrinking:
    """The size of lesions before and after in one arm, and the ratio that makes a response."""

    before: Summary
    after: Summary
    ratio: float


def run(claim: Paper) -> Iterator[Finding]:
    """Whether a printed response proportion lies within what the sizes before and after allow."""
    responses = {
        each.arm: each
        for each in claim.claims
        if isinstance(each, Share) and is_response(each.place) and isinstance(each.percent, Reported)
    }
    for arm, pair in _shrinking(claim).items():
        if arm in responses:
            yield from _compare(responses[arm], pair)


def is_response(place: Place) -> bool:
    """Whether an outcome is a response of tumours to treatment."""
    return any(each in _words(place) for each in _RESPONSES)


def _words(place: Place) -> str:
    return f"{place.endpoint} {place.label}".replace("-", " ").lower()


def _shrinking(whole: Paper) -> dict[str, Shrinking]:
    found: dict[tuple[str, str], dict[str, Summary]] = {}
    for claim in whole.claims:
        if isinstance(claim, Summary) and claim.time in ("before", "after") and _ratio(claim.place):
            found.setdefault((claim.place.endpoint, claim.arm), {}).setdefault(claim.time, claim)
    return {
        arm: Shrinking(pair["before"], pair["after"], _ratio(pair["before"].place))
        for (_, arm), pair in found.items()
        if len(pair) == 2
    }


def _ratio(place: Place) -> float:
    words = _words(place)
    if not any(each in words for each in _LESIONS):
        return 0.0
    if "volume" in words:
        return VOLUME_RATIO
    return DIAMETER_RATIO if any(each in words for each in _DIAMETERS) else 0.0


def _compare(response: Share, pair: Shrinking) -> Iterator[Finding]:
    found = groups((pair.before, pair.after), SD)
    percent = response.percent
    if isinstance(found, Unknown) or not isinstance(percent, Reported) or not percent.is_number:
        return
    allowed = responding(found[0], found[1], pair.ratio)
    if allowed is None or allowed.high - allowed.low >= 100:
        return
    about: About = (percent, *numbers(pair.before, pair.after))
    sizes = f"{_shown(pair.before)} before and {_shown(pair.after)} after"
    span = f"{figure(allowed.low, digits=3)} to {figure(allowed.high, digits=3)} %"
    message = (
        f"a response of {percent.text} % in {response.arm}, beside lesions of {sizes}: {span} of lesions "
        f"so large can have shrunk to {figure(pair.ratio)} of what they were or less"
    )
    power = 1 - (allowed.high - allowed.low) / 100
    facts = {"recomputed": allowed, "power": power, "details": _details(pair.ratio)}
    low, _, high = box(percent)
    fits = low <= allowed.high and high >= allowed.low
    yield (consistent if fits else screen)(RULE, response.place, about, message, **facts)


def responding(before: Group, after: Group, ratio: float) -> Range | None:
    """The least and the greatest per cent whose size fell to ``ratio`` or less; normal in the middle.

    Notes
    -----
    w = after - ratio before has a known mean m, and an SD s of at most s_after + ratio s_before. By the
    one-sided inequality of Cantelli no more than s^2 / (s^2 + m^2) lie beyond zero from their mean.

    Examples
    --------
    >>> before, after = Group((702.9,) * 3, (105.6,) * 3, 82), Group((93.0,) * 3, (28.0,) * 3, 82)
    >>> found = responding(before, after, 0.343)
    >>> round(found.low, 1), found.high
    (84.2, 100.0)
    """
    least = after.mean[0] - ratio * before.mean[2]
    most = after.mean[2] - ratio * before.mean[0]
    spread = after.sd[2] + ratio * before.sd[2]
    independent = hypot(after.sd[1], ratio * before.sd[1])
    if not 0 < spread < inf or not 0 < independent < inf or not (isfinite(least) and isfinite(most)):
        return None
    gap = after.mean[1] - ratio * before.mean[1]
    high = 100 * _beyond(least / spread) if least > 0 else 100.0
    low = 100 * (1 - _beyond(most / spread)) if most < 0 else 0.0
    return Range(low, 100 * normal_sf(gap / independent), high)


def _beyond(deviate: float) -> float:
    return 1 / (1 + deviate * deviate)


def _details(ratio: float) -> tuple[str, ...]:
    what = "a sphere's volume at a diameter 30 % less" if ratio < DIAMETER_RATIO else "a diameter 30 % less"
    return (
        f"{figure(ratio)} is {what}, a partial response by RECIST; the bounds hold at every correlation of "
        "before and after and for every distribution",
        "responses judged at another time than the sizes, on several lesions, or by other criteria, "
        "answer it",
    )


def _shown(summary: Summary) -> str:
    spread = summary.sd or summary.plusminus
    return f"{summary.mean.text if summary.mean else '?'} ± {spread.text if spread else '?'}"


def _arm(response: str, before: tuple[str, str], after: tuple[str, str]) -> Paper:
    size = "tumour volume"
    lesions = (summary(*before, "82", time="before"), summary(*after, "82", time="after"))
    placed = tuple(replace(each, place=replace(each.place, label=size)) for each in lesions)
    return paper(share(response, "82", label="objective response"), *placed)


CHECK = Check(
    rule=RULE,
    title="response and size of lesions",
    what=(
        "Whether the printed response proportion can go with the mean size of lesions before and after: "
        "the share that shrank to 0.343 of a volume, or 0.7 of a diameter, has a floor and a ceiling "
        "whatever the correlation and the distribution. A query, because both may be of other lesions or "
        "visits."
    ),
    why="Sizes and responses are two tellings of one thing, and are rarely held against each other.",
    formula="P(after ≤ 0.343 before) ≤ s² / (s² + m²), m = mean after - 0.343 mean before > 0; s at r = -1",
    reference="Eisenhauer et al. 2009, European Journal of Cancer 45:228-247 (RECIST 1.1)",
    false_alarms=(
        "Lesions that are no spheres, responses of patients and sizes of lesions, best responses beside "
        "sizes at a fixed visit, criteria that count enhancement or density."
    ),
    on=(Paper,),
    run=run,
    keeps=lambda: (
        _arm("89.02", ("702.94", "105.64"), ("93.63", "28.35")),
        _arm("40.00", ("702.94", "300.64"), ("300.63", "200.35")),
    ),
    breaks=lambda: (
        _arm("30.49", ("702.94", "105.64"), ("93.63", "28.35")),
        _arm("89.02", ("702.94", "50.64"), ("600.63", "48.35")),
    ),
)
