"""AUD108: are objective responses the complete and partial ones, and controlled disease those with stable?"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.checks.check import About, Check, Rule, consistent, inconsistent, not_checkable, screen
from evidence.checks.examples import share
from evidence.claims import ResponseSum, Share
from evidence.findings import WARNING, Finding, Range
from evidence.reanalysis.counts import Unknown, counts_of

RULE = Rule("AUD108", "responses-add-up")
Ends = tuple[int, int]


def run(claim: ResponseSum) -> Iterator[Finding]:
    """Whether the counts of the parts can make the count of the whole, of the same n."""
    shares = (claim.whole, *(part for _, part in claim.parts))
    about: About = tuple(number for each in shares for number in (each.events, each.percent))
    sizes = [_by_size(each) for each in shares]
    for unknown in sizes:
        if isinstance(unknown, Unknown):
            yield not_checkable(RULE, claim.place, about, f"{_names(claim)}: {unknown.reason}")
            return
    known = [each for each in sizes if not isinstance(each, Unknown)]
    common = sorted(set.intersection(*(set(each) for each in known)))
    if common:
        yield _judge(claim, about, common[-1], [each[common[-1]] for each in known])


def _by_size(share: Share) -> dict[int, Ends] | Unknown:
    """The least and the greatest count that was printed so, for each n that can be meant."""
    counts = counts_of(share)
    if isinstance(counts, Unknown):
        return counts
    found: dict[int, Ends] = {}
    for k, n in counts:
        least, most = found.get(n, (k, k))
        found[n] = (min(least, k), max(most, k))
    return found


def _names(claim: ResponseSum) -> str:
    return " + ".join(name for name, _ in claim.parts)


def _said(ends: Ends) -> str:
    return str(ends[0]) if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"


def _judge(claim: ResponseSum, about: About, n: int, ends: list[Ends]) -> Finding:
    whole, parts = ends[0], ends[1:]
    total = (sum(low for low, _ in parts), sum(high for _, high in parts))
    shown = " + ".join(f"{name} {_said(each)}" for (name, _), each in zip(claim.parts, parts, strict=True))
    below, above = total[1] < whole[0], total[0] > whole[1]
    facts = {"recomputed": Range(total[0], sum(total) / 2, total[1]), "power": 0.3 if claim.missing else 0.8}
    if above or (below and not claim.missing):
        message = f"{shown} make {_said(total)} of {n}, not {_said(whole)} ({claim.place.label})"
        if above and any(name == "SD" for name, _ in claim.parts):
            lasting = ("disease control may ask that stable disease lasts",)
            return screen(RULE, claim.place, about, message, details=lasting, **facts)
        return inconsistent(RULE, claim.place, about, message, severity=WARNING, **facts)
    sign = "make" if not claim.missing else f"({' and '.join(claim.missing)} not printed) leave room in"
    return consistent(RULE, claim.place, about, f"{shown} {sign} {_said(whole)} of {n}", **facts)


def _example(
    whole: tuple[str, str], parts: dict[str, tuple[str, str]], missing: tuple[str, ...] = ()
) -> ResponseSum:
    made = tuple((name, share(percent, n, label=name)) for name, (percent, n) in parts.items())
    response = share(*whole, label="response")
    return ResponseSum(response.place, response, made, missing)


CHECK = Check(
    rule=RULE,
    title="responses and their parts",
    what=(
        "Whether complete and partial responses make the objective responses, and with stable disease those "
        "whose disease was controlled, in one arm under the same qualifiers. Parts not printed leave room; "
        "disease control of fewer is a note, since stable disease may have to last."
    ),
    why="A response is counted once in its category and once in the sum; the two must meet.",
    formula="CR + PR = ORR; CR + PR + SD = DCR, for the counts behind what is printed",
    reference="Eisenhauer et al. 2009 (RECIST 1.1), European Journal of Cancer 45:228-247",
    false_alarms=(
        "Confirmed responses beside unconfirmed ones, disease control of all without progression, or "
        "responses of another assessor where the paper does not say which."
    ),
    on=(ResponseSum,),
    run=run,
    keeps=lambda: (
        _example(("71", "28"), {"CR": ("7", "28"), "PR": ("64", "28")}),
        _example(("89.2", "65"), {"PR": ("24.6", "65"), "SD": ("64.6", "65")}, ("CR",)),
        _example(("92.3", "13"), {"PR": ("76.9", "13")}, ("CR", "SD")),
    ),
    breaks=lambda: (
        _example(("71", "28"), {"CR": ("7", "28"), "PR": ("46", "28")}),
        _example(("71", "28"), {"PR": ("82", "28")}, ("CR",)),
        _example(("50", "40"), {"CR": ("0", "40"), "PR": ("25", "40"), "SD": ("50", "40")}),
    ),
)
