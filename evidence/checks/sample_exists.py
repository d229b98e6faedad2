"""AUD205: is there any sample of whole numbers on this scale with this mean and standard deviation?"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from math import inf, isnan
from typing import Any

from evidence.checks.check import About, Check, Rule, consistent, impossible, not_checkable
from evidence.checks.examples import summary
from evidence.checks.printed_tests import box
from evidence.checks.whole_numbers import (
    WholeNumbers,
    ends_of,
    people,
    spread_of,
    whole_end,
    whole_number_data,
)
from evidence.claims import Summary
from evidence.findings import NONE, Finding
from evidence.reanalysis.closure import Target, count, exists, target
from evidence.reanalysis.counts import Unknown
from evidence.reanalysis.grimmer import grimmer
from evidence.reanalysis.sd_bounds import greatest_range
from evidence.values import Reported

RULE = Rule("AUD205", "sample-exists")
MOST_WORK = 500_000
"""Machine words that one search may touch here; whoever wants to know asks ``closure`` for more."""


def run(claim: Summary) -> Iterator[Finding]:
    """Whether some sample on the scale, or between the printed ends, has the printed mean and SD."""
    data, sd = whole_number_data(claim), spread_of(claim)
    scale = _scale(claim)
    if data is None or isinstance(data, Unknown) or sd is None or scale is None:
        return
    if not any(isinstance(grimmer(data.mean, sd, n, data.items), tuple) for n in data.sizes):
        return  # impossible on any scale, as AUD201 to AUD203 say
    least, most, seen = scale
    if all(box(sd)[0] > _greatest(data, n, least, most) for n in data.sizes):
        return  # more than any values between the ends can have, as AUD204 says
    about: About = (sd, claim.mean, claim.n, *((claim.minimum, claim.maximum) if seen else ()))
    on = f"{'from' if seen else 'on a scale from'} {least} to {most}"
    found = [_sample(data, sd, n, scale) for n in data.sizes]
    said = f"{people(data.sizes)} whole numbers {on} with mean {data.mean.text} and SD {sd.text}"
    hit = next((n for n, each in zip(data.sizes, found, strict=True) if each is True), None)
    unknown = next((each for each in found if isinstance(each, Unknown)), None)
    if hit is not None:
        message = f"there are samples of {said}"
        yield consistent(RULE, claim.place, about, message, power=0.5, details=_many(data, sd, hit, scale))
    elif unknown is not None:
        yield not_checkable(RULE, claim.place, about, f"{said}: {unknown.reason}", severity=NONE)
    else:
        more: dict[str, Any] = {"power": 0.9, "details": _details(claim, data, sd)}
        yield impossible(RULE, claim.place, about, f"there are no {said}", **more)


def _scale(claim: Summary) -> tuple[int, int, bool] | None:
    """Ends of the values, and whether they were seen in the data; None where they are not whole numbers."""
    seen = ends_of(claim) is not None and claim.items is not None and claim.items.exact == 1
    ends = ends_of(claim) if seen else claim.scale
    if ends is None:
        return None
    least, most = whole_end(ends[0]), whole_end(ends[1])
    return None if least is None or most is None or least > most else (least, most, seen)


def _greatest(data: WholeNumbers, n: int, least: int, most: int) -> float:
    """The greatest SD between the ends; infinite where the mean lies outside them, which AUD106 says."""
    greatest = greatest_range(box(data.mean), least, most, n)
    return inf if isnan(greatest) else greatest


@lru_cache(maxsize=256)
def _sample(data: WholeNumbers, sd: Reported, n: int, scale: tuple[int, int, bool]) -> bool | Unknown:
    """Whether there is a sample; repairs ask the same of many numbers."""
    asked = _asked(data, sd, n, scale)
    return asked if isinstance(asked, Unknown) else exists(asked, MOST_WORK)


def _asked(data: WholeNumbers, sd: Reported, n: int, scale: tuple[int, int, bool]) -> Target | Unknown:
    least, most, seen = scale
    return target(data.mean, sd, n, least, most, data.items, with_ends=seen)


def _many(data: WholeNumbers, sd: Reported, n: int, scale: tuple[int, int, bool]) -> tuple[str, ...]:
    asked = _asked(data, sd, n, scale)
    many = asked if isinstance(asked, Unknown) else count(asked, MOST_WORK)
    if isinstance(many, Unknown):
        return ()
    shown = str(many) if many < 10**6 else f"more than {10 ** (len(str(many)) - 1):.0e}"
    return (f"{shown} {'sample' if many == 1 else 'samples'} in all",)


def _details(claim: Summary, data: WholeNumbers, sd: Reported) -> tuple[str, ...]:
    """What would do without the ends that were seen."""
    scale = claim.scale
    if ends_of(claim) is None or scale is None:
        return ()
    least, most = whole_end(scale[0]), whole_end(scale[1])
    if least is None or most is None or least > most:
        return ()
    fits = any(_sample(data, sd, n, (least, most, False)) is True for n in data.sizes)
    return ("on the whole scale there are such samples, so an end may be misprinted",) if fits else ()


CHECK = Check(
    rule=RULE,
    title="a sample exists",
    what=(
        "Whether any sample of whole numbers on the stated scale, or with the printed least and greatest "
        "value, has the printed mean and standard deviation, and how many have. Asked only where the study "
        "file says `items`, and the ends are printed or `scale` is stated."
    ),
    why="Numbers that pass one by one may leave no data that could have given them.",
    formula="the number of multisets of n values with S and Q in their intervals, counted exactly",
    reference="Heathers, Anaya, van der Zee and Brown 2018, PeerJ Preprints 6:e26968v1 (SPRITE)",
    false_alarms="Values that are not whole after all: half points, interpolated answers, imputed data.",
    on=(Summary,),
    run=run,
    keeps=lambda: (
        summary("3.2", "2.4", "19", items="1", scale=("0", "7")),
        summary("2.0", "1.0", "3", items="1", ends=("1", "3")),
        summary("3.2", "2.4", "19", scale=("0", "7")),
    ),
    breaks=lambda: (
        summary("4.0", "3.42", "26", items="1", scale=("0", "7")),
        summary("2.0", "0.0", "5", items="1", ends=("1", "3")),
    ),
)
