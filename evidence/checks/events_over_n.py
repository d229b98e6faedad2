"""AUD101: are there no more events than people?"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from evidence.checks.check import Check, Rule, consistent, impossible, not_checkable
from evidence.checks.examples import share
from evidence.checks.wording import as_float, figure
from evidence.claims import Share
from evidence.findings import Finding
from evidence.rounding import bounds
from evidence.values import Printed, Reported, numbers_in

RULE = Rule("AUD101", "events-within-n")


def run(claim: Share) -> Iterator[Finding]:
    """Whether a printed count lies between zero and n and is a whole number."""
    printed = [k for k in numbers_in(claim.events) if k.is_number]
    if not printed:
        return
    about, k = (claim.events, claim.n), printed[0]
    if all(_negative(each) for each in printed):
        yield impossible(RULE, claim.place, about, f"{k.text} people are fewer than none", power=1.0)
        return
    if all(_broken(each) for each in printed):
        yield impossible(RULE, claim.place, about, f"{k.text} is no whole number of people", power=1.0)
        return
    most = _most(claim.n)
    if most is None:
        yield not_checkable(RULE, claim.place, about, f"{k.text} events: n is not printed")
    elif all(_least(each) > most for each in printed):
        yield impossible(
            RULE, claim.place, about, f"{k.text} events are more than n = {_text(claim.n)}", power=0.5
        )
    else:
        message = f"{k.text} events are no more than n = {figure(as_float(most), 0)}"
        yield consistent(RULE, claim.place, about, message, power=0.0)


def _negative(k: Reported) -> bool:
    return k.exact is not None and k.exact < 0


def _broken(k: Reported) -> bool:
    return k.exact is not None and k.relation == "=" and k.exact.denominator != 1


def _least(k: Reported) -> Fraction:
    if k.relation == "=":
        return k.exact or Fraction(0)
    return bounds(k).low or Fraction(0)


def _most(n: Printed | None) -> Fraction | None:
    known = [
        bounds(each).high if each.relation != "=" else each.exact for each in numbers_in(n) if each.is_number
    ]
    ends = [end for end in known if end is not None]
    return max(ends) if ends and len(ends) == len(known) else None


def _text(n: Printed | None) -> str:
    return " or ".join(each.text for each in numbers_in(n))


CHECK = Check(
    rule=RULE,
    title="events within n",
    what="Whether a count of people with an event is a whole number from 0 to n.",
    why="Nothing can be computed from more events than people.",
    formula="0 ≤ k ≤ n",
    reference="INSPECT-SR: Wilkinson et al. 2025, domain 4",
    false_alarms=(
        "Events counted instead of people: three infections in two patients. A person counted once a "
        "cycle or once a lesion exceeds n without any slip; then the entry's `set` or its unit is "
        "what needs saying."
    ),
    on=(Share,),
    run=run,
    keeps=lambda: (share(None, "12", "12"), share(None, "12", "0")),
    breaks=lambda: (share(None, "12", "15"), share(None, "12", "-1"), share(None, "12", "3.5")),
)
