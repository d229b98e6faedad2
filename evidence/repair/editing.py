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


def slips(number: Reported, whole: bool = True) -> dict[str, str]:
    """Every edit of one digit, the point or the sign of a printed number: what it leaves, and its kind.

    Without ``whole`` only those that keep its size or make it smaller. Some of what is left is no number any
    more, such as what is left of 5.1 without its last digit.
    """
    form = _FORM.fullmatch(number.text.translate({0xB7: "."}))
    if form is None:
        return {}
    before, body, after = form["before"], form["body"].replace(",", ""), form["after"]
    kinds = [dict.fromkeys(texts, kind) for kind, texts in _bodies(body, whole)]
    found: dict[str, str] = {}
    for each in (*kinds, *reversed(kinds)):
        found |= each  # an edit of two kinds is of the first, and stands with it
    for left in (body, "", "."):
        found.pop(left, None)
    return {f"{before}{text}{after}": kind for text, kind in found.items()} if before or after else found


def signed(number: Reported) -> str | None:
    """A printed number with its sign changed."""
    form = _FORM.fullmatch(number.text.translate({0xB7: "."}))
    if form is None:
        return None
    before, body = form["before"], form["body"].replace(",", "")
    return f"-{body}" if "-" not in before and "−" not in before else body


def single(number: Reported) -> Iterator[Attempt]:
    """Every edit of one digit, the point or the sign of a printed number.

    Examples
    --------
    >>> from evidence.values import reported
    >>> texts = [a.new[0].text for a in single(reported("77.79"))]
    >>> "71.79" in texts, "77.97" in texts, "7.779" in texts, len(texts) < 120
    (True, True, True, True)
    """
    for text, kind in slips(number).items():
        yield from attempts(number, text, kind)
    turned = signed(number)
    if turned is not None:
        yield from attempts(number, turned, SIGN)


def _bodies(body: str, whole: bool) -> Iterator[tuple[str, list[str]]]:
    places = [i for i, c in enumerate(body) if c != "."]
    split = [(body[:i], body[i + 1 :]) for i in places]
    yield SUBSTITUTED, [before + digit + after for before, after in split for digit in "0123456789"]
    yield TRANSPOSED, [_turned(body, i, j) for i, j in pairwise(places)]
    yield DROPPED, [before + after for before, after in split]
    if whole:
        cuts = [(body[:i], body[i:]) for i in range(len(body) + 1)]
        yield INSERTED, [before + digit + after for before, after in cuts for digit in "0123456789"]
        yield SHIFTED, list(_shifted(body))


def _turned(body: str, i: int, j: int) -> str:
    return body[:i] + body[j] + body[i + 1 : j] + body[i] + body[j + 1 :]


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


def attempts(number: Reported, text: str, kind: str, note: str = "") -> Iterator[Attempt]:
    """The edit that leaves this text, if it is a number of the same relation."""
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
            yield from attempts(number, text, kind, f"as printed for {where}" if where else "")


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
            yield from attempts(number, text, COMPLEMENT)
