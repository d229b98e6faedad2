"""The slips by which one printed number becomes another: each as an edit that undoes it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from evidence.findings import Edit
from evidence.values import NumberError, Reported, reported

SUBSTITUTED = "one digit substituted"
TRANSPOSED = "two digits transposed"
DROPPED = "a digit dropped"
INSERTED = "a digit inserted"
SHIFTED = "the point shifted"
SIGN = "the sign changed"
COPIED = "copied from another entry"
ANOTHER_N = "another arm's n"
SWAPPED_P = "statistic and p swapped"
SWAPPED_ARMS = "arms swapped"
COMPLEMENT = "events for non-events"

COST = {
    SUBSTITUTED: 1.0,
    TRANSPOSED: 1.0,
    COPIED: 1.0,
    ANOTHER_N: 1.0,
    SIGN: 1.0,
    DROPPED: 1.5,
    INSERTED: 1.5,
    SHIFTED: 1.5,
    SWAPPED_P: 1.5,
    SWAPPED_ARMS: 1.5,
    COMPLEMENT: 1.5,
}
"""A slip of one place in a number, or of one row in a table, is the cheapest."""

_FORM = re.compile(r"(?P<before>[^0-9.]*)(?P<body>[0-9][0-9,]*\.?[0-9]*|\.[0-9]+)(?P<after>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Attempt:
    """Numbers to put in place together, by one slip."""

    edits: tuple[Edit, ...]
    new: tuple[Reported, ...]
    cost: float
    note: str = ""


def single(number: Reported) -> Iterator[Attempt]:
    """Every edit of one digit, the point or the sign of a printed number.

    Examples
    --------
    >>> from evidence.values import reported
    >>> texts = [a.new[0].text for a in single(reported("77.79"))]
    >>> "71.79" in texts, "77.97" in texts, "7.779" in texts, len(texts) < 120
    (True, True, True, True)
    """
    form = _FORM.fullmatch(number.text.translate({0xB7: "."}))
    if form is None:
        return
    before, body, after = form["before"], form["body"].replace(",", ""), form["after"]
    seen = {body}
    for kind, text in _bodies(body):
        if text not in seen and re.search(r"\d", text):
            seen.add(text)
            yield from _attempt(number, f"{before}{text}{after}", kind)
    signed = f"-{body}" if "-" not in before and "−" not in before else body
    yield from _attempt(number, signed, SIGN)


def _bodies(body: str) -> Iterator[tuple[str, str]]:
    places = [i for i, c in enumerate(body) if c != "."]
    for i in places:
        for digit in "0123456789":
            yield SUBSTITUTED, body[:i] + digit + body[i + 1 :]
    for i, j in pairwise(places):
        chars = list(body)
        chars[i], chars[j] = chars[j], chars[i]
        yield TRANSPOSED, "".join(chars)
    for i in places:
        yield DROPPED, body[:i] + body[i + 1 :]
    for i in range(len(body) + 1):
        for digit in "0123456789":
            yield INSERTED, body[:i] + digit + body[i:]
    yield from ((SHIFTED, text) for text in _shifted(body))


def _shifted(body: str) -> Iterator[str]:
    whole, _, part = body.partition(".")
    digits = whole + part
    for by in (-2, -1, 1, 2):
        at = len(whole) + by
        if 0 < at < len(digits):
            yield f"{digits[:at].lstrip('0') or '0'}.{digits[at:]}"
        elif at == len(digits) or (at > len(digits) and not part):
            yield digits + "0" * (at - len(digits))
        elif at <= 0:
            yield "0." + "0" * -at + digits


def _attempt(number: Reported, text: str, kind: str, note: str = "") -> Iterator[Attempt]:
    try:
        new = number.reprinted(text)
    except NumberError:
        return
    if new.is_number and new.relation == number.relation:
        yield Attempt((Edit(number, text, kind),), (new,), COST[kind], note)


def copied(number: Reported, others: dict[str, str], kind: str = COPIED) -> Iterator[Attempt]:
    """This number exchanged for what stands elsewhere: text -> where it is printed."""
    for text, where in others.items():
        if text != number.text:
            yield from _attempt(number, text, kind, f"as printed for {where}" if where else "")


def swapped(one: Reported, two: Reported, kind: str) -> Iterator[Attempt]:
    """Two numbers in each other's place."""
    if one.text == two.text or not (one.is_number and two.is_number):
        return
    new = (one.reprinted(two.text), two.reprinted(one.text))
    edits = (Edit(one, two.text, kind), Edit(two, one.text, kind))
    yield Attempt(edits, new, COST[kind])


def complement(number: Reported, whole: int) -> Iterator[Attempt]:
    """Those without the event in place of those with it."""
    if number.exact is not None and number.relation == "=" and 0 <= number.exact <= whole:
        left = whole - number.exact
        text = (
            f"{float(left):.{max(number.decimals, 0)}f}"
            if left.denominator != 1 or number.decimals > 0
            else str(left)
        )
        if reported(text).exact == left:
            yield from _attempt(number, text, COMPLEMENT)
