"""AUD103: is there a count of n whose percentage is printed so?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from math import floor

from evidence.checks.check import (
    About,
    Check,
    Rule,
    consistent,
    impossible,
    not_checkable,
    slip,
    stands_at,
)
from evidence.checks.examples import number, place, share
from evidence.checks.wording import a_few, as_float, figure, listed
from evidence.claims import Share, SharedShare
from evidence.findings import ERROR, NOTE, Finding, Range
from evidence.reanalysis.counts import (
    MOST_PEOPLE,
    Count,
    Unknown,
    assignments,
    behind_percent,
    counts_of,
    neighbours,
    whole_numbers,
)
from evidence.rounding import bounds
from evidence.values import Printed, Reported, numbers_in

RULE = Rule("AUD103", "percent-attainable")
SMALLER = Fraction(9, 10)
"""Denominators down to this share of n are tried as an explanation: patients who could not be assessed."""
MOST_LEFT_OUT = 200
ASSESSED = Fraction(3, 4)
"""The same for responses of tumours, which take a second image, and where the count is printed."""
_JUDGED = ("response", "stable-disease", "progressive-disease", "control")
NEARLY = 1e-12
"""Room for the last bits of floating point, relative, in a quick no."""


def run(claim: Share | SharedShare) -> Iterator[Finding]:
    """Whether some whole number of n people has the printed percentage."""
    if isinstance(claim, SharedShare):
        yield from _shared(claim)
    elif claim.percent is not None and any(p.is_number for p in numbers_in(claim.percent)):
        yield from _one(claim, claim.percent)


def fails(claim: Share | SharedShare) -> bool:
    """A quick no for one percentage of one n: whether no count has it."""
    if not isinstance(claim, Share) or not isinstance(claim.percent, Reported) or claim.percent.exact is None:
        return False
    n = _one_size(claim)
    return n is not None and not behind_percent(claim.percent, n)


def allows(claim: Share | SharedShare, number: Reported) -> Callable[[float, float], bool] | None:
    """A quick no for many percentages of one n, within which no count lies, or for many n of a percentage."""
    if isinstance(claim, SharedShare):
        sizes = [_one_size(share) for share in claim.arms]
        if None in sizes or number.address not in (claim.low.address, claim.high.address):
            return None
        return lambda low, high: any(_may_hold(low, high, n or 0) for n in sizes)
    n = _one_size(claim)
    if n is None or not isinstance(claim.percent, Reported):
        return None
    if stands_at(claim.percent, number):
        return lambda low, high: _may_hold(low, high, n)
    if stands_at(claim.n, number) and claim.percent.is_number:
        least, _, most = bounds(claim.percent).floats
        return lambda low, high: not 0.5 <= high <= MOST_PEOPLE or _may_hold(least, most, (low + high) / 2)
    return None


def _may_hold(low: float, high: float, n: float) -> bool:
    """Whether a count of n may lie between two percentages, but for the last bits of floating point."""
    least, most = max(low * n / 100 - NEARLY * n, 0.0), min(high * n / 100 + NEARLY * n, n)
    return floor(most) >= least


def _one_size(claim: Share) -> int | None:
    """The n of a share that is no estimate of survival, where only one number can be meant."""
    n = claim.n
    if claim.survival or not isinstance(n, Reported) or n.exact is None or n.relation != "=":
        return None
    return int(n.exact) if n.exact.denominator == 1 and 0 < n.exact <= MOST_PEOPLE else None


def _one(share: Share, percent: Printed) -> Iterator[Finding]:
    about: About = (percent, share.n)
    outside = [p for p in numbers_in(percent) if _outside(p)]
    if outside:
        message = f"a percentage lies between 0 and 100, and {outside[0].text} does not"
        yield impossible(RULE, share.place, about, message, power=1.0)
        return
    sizes = whole_numbers(share.n)
    if isinstance(sizes, Unknown):
        yield not_checkable(RULE, share.place, about, f"{_said(percent)} cannot be counted: {sizes.reason}")
    elif sizes[-1] == 0:
        yield not_checkable(RULE, share.place, about, f"{_said(percent)} of nobody is no percentage")
    else:
        yield from _of(share, percent, sizes, about)


def _outside(percent: Reported) -> bool:
    region = bounds(percent)
    below = region.high is not None and region.high < 0
    return below or (region.low is not None and region.low > 100)


def _said(percent: Printed) -> str:
    numbers = numbers_in(percent)
    between = " to " if len(numbers) > 1 else ""
    return f"{between.join(n.text for n in numbers)} %"


def _of(share: Share, percent: Printed, sizes: tuple[int, ...], about: About) -> Iterator[Finding]:
    counts = counts_of(Share(share.place, share.arm, share.n, None, share.percent))
    power = _power(percent, sizes[-1])
    if isinstance(counts, Unknown):
        yield not_checkable(RULE, share.place, about, f"{_said(percent)}: {counts.reason}")
    elif counts:
        none = f"no information: at this many decimals any percentage of {sizes[-1]} is some count"
        details = (none,) if power == 0 else ()
        more = {"power": power, "recomputed": _range(counts), "details": details}
        yield consistent(RULE, share.place, about, _fits(share, percent, counts), **more)
    else:
        yield _fails(share, percent, sizes, about, power)


def _fits(share: Share, percent: Printed, counts: tuple[Count, ...]) -> str:
    shown = a_few([f"{k}/{n}" for k, n in counts], 3)
    simple = ", as a simple proportion" if share.survival else ""
    return f"{_said(percent)} is {shown}{simple}"


def _range(counts: tuple[Count, ...]) -> Range:
    shares = sorted(100 * k / n for k, n in counts if n)
    return Range(shares[0], shares[len(shares) // 2], shares[-1])


def _power(percent: Printed, n: int) -> float:
    """How likely a wrong percentage of this many decimals would be caught; none once n u reaches 100."""
    unit = max(as_float(p.ulp) for p in numbers_in(percent))
    return 1.0 - min(1.0, n * unit / 100)


def _fails(share: Share, percent: Printed, sizes: tuple[int, ...], about: About, power: float) -> Finding:
    printed = [p for p in numbers_in(percent) if p.is_number]
    near = tuple((k, n) for n in sizes for p in printed for k in neighbours(p, n))
    decimals = printed[0].decimals
    shown = listed([f"{k}/{n} is {figure(100 * k / n, max(decimals, 0))} %" for k, n in near[:4] if n])
    message = f"{_said(percent)} of {' or '.join(map(str, sizes[:3]))} is no whole number of people: {shown}"
    if share.survival:
        text = f"{message}; a Kaplan-Meier percentage need not be one"
        return not_checkable(RULE, share.place, about, text)
    away = min(_away(p, k, n) for p in printed for k, n in near if n)
    more = {"relaxation": away, "power": power, "recomputed": _range(near)}
    if away <= 1:
        return slip(RULE, share.place, about, f"{message}: one unit of the last digit away", **more)
    least = _least_share(share)
    fits, elsewhere = smaller_denominators(printed, sizes[0], least), of_another_size(share, printed)
    fewer = _other_denominators(fits, sizes[0], least) if fits or not elsewhere else ()
    details = (*elsewhere, *fewer)
    severity = NOTE if (fits or elsewhere) and not is_stated(share) else ERROR
    return impossible(RULE, share.place, about, message, details=details, severity=severity, **more)


def _away(percent: Reported, k: int, n: int) -> float:
    region, exact = bounds(percent), Fraction(100 * k, n)
    gaps = [region.low - exact if region.low is not None else 0, exact - region.high if region.high else 0]
    return as_float(max(*gaps, Fraction(0)) / percent.ulp)


def is_stated(share: Share) -> bool:
    """Whether n was printed beside the percentage, and is not just the size of the arm."""
    n = share.n
    return isinstance(n, Reported) and n.address.startswith(f"{share.place.address}/")


def smaller_denominators(
    printed: list[Reported], n: int, share: Fraction = SMALLER, events: int | None = None
) -> list[Count]:
    """Somewhat fewer people of whom some count, or ``events``, has the percentage: those assessed, say."""
    least = max(int(n * share), n - MOST_LEFT_OUT, 1)
    found = []
    for m in range(n - 1, least - 1, -1):
        for percent in printed:
            counts = behind_percent(percent, m)
            if counts and (events is None or events in counts):
                found.append((counts[0] if events is None else events, m))
    return found


def of_another_size(share: Share, printed: list[Reported], events: int | None = None) -> tuple[str, ...]:
    """The counts, or ``events``, that have the percentage of another n printed for the same arm."""
    found = []
    for other in share.elsewhere:
        sizes = whole_numbers(other)
        for n in () if isinstance(sizes, Unknown) else sizes:
            counts = {k for p in printed for k in behind_percent(p, n)}
            found += [
                f"it is {k}/{n}, of another n printed for {share.arm}"
                for k in sorted(counts if events is None else counts & {events})
            ]
    return tuple(dict.fromkeys(found))


def is_of_fewer(share: Share) -> bool:
    """Whether the percentage is no count of the arm's n, but is one of somewhat fewer people of it."""
    sizes, printed = whole_numbers(share.n), [p for p in numbers_in(share.percent) if p.is_number]
    if isinstance(sizes, Unknown) or not printed or is_stated(share) or share.survival:
        return False
    return bool(smaller_denominators(printed, sizes[0], _least_share(share)))


def _least_share(share: Share) -> Fraction:
    return ASSESSED if any(word in share.place.endpoint for word in _JUDGED) else SMALLER


def _other_denominators(fits: list[Count], n: int, share: Fraction) -> tuple[str, ...]:
    if fits:
        return (f"it would be {a_few([f'{k}/{m}' for k, m in fits], 3)} if not everybody was counted",)
    least = max(int(n * share), n - MOST_LEFT_OUT, 1)
    return (f"no denominator from {least} to {n} gives it",)


def _shared(claim: SharedShare) -> Iterator[Finding]:
    about = (claim.low, claim.high, *(share.n for share in claim.arms))
    said = f"{claim.low.text} to {claim.high.text} %"
    found = assignments(claim)
    if isinstance(found, Unknown):
        yield not_checkable(RULE, claim.place, about, f"{said}: {found.reason}")
    elif not found:
        arms = listed([share.arm for share in claim.arms])
        yield impossible(RULE, claim.place, about, f"no counts of {arms} are printed as {said}", power=0.5)
    elif len(found) == 1:
        counts = listed([f"{k}/{n} ({arm})" for arm, (k, n) in found[0].counts])
        yield consistent(RULE, claim.place, about, f"{said} can only be {counts}", power=0.5)
    else:
        message = f"{said} can be given to the arms in {len(found)} ways"
        details = tuple(listed([f"{k}/{n} ({arm})" for arm, (k, n) in each.counts]) for each in found[:6])
        yield consistent(RULE, claim.place, about, message, details=details, power=0.0)


CHECK = Check(
    rule=RULE,
    title="percentage attainable",
    what=(
        "Whether some whole number k of n people has 100 k / n printed as the percentage. Where n is only "
        "the arm's size and a count of up to a tenth fewer (a quarter, for responses of tumours), or of "
        "another n printed for the arm has it, a note: not all may have been assessed."
    ),
    why="A percentage of people is a count; one that no count gives is mistyped or of another n.",
    formula="ceil(n low / 100) ≤ k ≤ floor(n high / 100), in exact rationals",
    reference="Brown and Heathers 2017, Social Psychological and Personality Science 8:363-369",
    false_alarms=(
        "Percentages of another denominator: those assessed, cycles, lesions, or weighted and imputed "
        "rates. A count of somewhat fewer than the arm's n that has the percentage makes it a note; "
        "a Kaplan-Meier percentage is never flagged."
    ),
    on=(Share, SharedShare),
    run=run,
    fails=fails,
    allows=allows,
    keeps=lambda: (
        share("89.02", "82"),
        share("77", "13"),
        share("0", "40"),
        share("100", "40"),
        share("98.78", "82", survival=True),
        SharedShare(
            place(),
            (Share(place(), "a", number("14", "a/n")), Share(place(), "b", number("25", "b/n"))),
            number("21", "low") or Reported("21"),
            number("32", "high") or Reported("32"),
        ),
    ),
    breaks=lambda: (share("77.79", "78"), share("112", "40"), share("-3", "40"), share("15", "12")),
)
