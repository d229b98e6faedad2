"""AUD320: can the printed correlations be correlations, with their intervals, and together?"""

from __future__ import annotations

from collections.abc import Iterator
from math import inf, tanh
from typing import Any

from evidence.checks.check import Check, Rule, consistent, consistent_under, impossible, inconsistent, slip
from evidence.checks.examples import correlations, effect
from evidence.checks.printed_tests import box, distance, meets
from evidence.checks.ratio_boxes import CORRELATIONS, UNUSUAL, about, said
from evidence.checks.wording import as_float, figures
from evidence.claims import Correlations, EffectClaim, Place, Summary
from evidence.findings import WARNING, Finding, Range
from evidence.reanalysis.correlation import asymmetry, can_stand, fisher_z
from evidence.rounding import bounds
from evidence.values import Reported

RULE = Rule("AUD320", "correlations-coherent")
MOST_VARIABLES = 60


def run(claim: Correlations | EffectClaim | Summary) -> Iterator[Finding]:
    """Whether correlations lie between -1 and 1, within their intervals, and can stand together."""
    if isinstance(claim, Summary):
        if claim.correlation is not None:
            yield from _outside(claim.place, claim.correlation)
    elif isinstance(claim, EffectClaim):
        yield from _with_interval(claim)
    else:
        yield from _table(claim)


def _outside(place: Place, *numbers: Reported | None) -> Iterator[Finding]:
    for number in numbers:
        if number is not None and number.is_number and _is_outside(number):
            message = f"a correlation lies between -1 and 1, and {number.text} does not"
            yield impossible(RULE, place, (number,), message, power=0.5)


def _is_outside(number: Reported) -> bool:
    region = bounds(number)
    above = region.low is not None and region.low > 1
    return above or (region.high is not None and region.high < -1)


def _with_interval(claim: EffectClaim) -> Iterator[Finding]:
    """Whether a correlation is the middle of its interval, on Fisher's scale or as it is."""
    if claim.measure not in CORRELATIONS or claim.measure == "ZCOR" or claim.log_scale:
        return
    wrong = list(_outside(claim.place, *about(claim)))
    yield from wrong
    r, low, high = claim.estimate, claim.low, claim.high
    if wrong or r is None or low is None or high is None or claim.credible or claim.interval in UNUSUAL:
        return
    if not (r.is_number and low.is_number and high.is_number):
        return
    yield _judge(claim, r, low, high)


def _judge(claim: EffectClaim, r: Reported, low: Reported, high: Reported) -> Finding:
    boxes = box(r), box(low), box(high)
    off = asymmetry(*boxes)
    middle = _middle(low, high)
    facts: dict[str, Any] = {"recomputed": middle, "power": 0.9}
    if not -inf < off[0] <= off[2] < inf or meets(off[0], off[2], (0.0, 0.0, 0.0)):
        message = f"{said(claim)}: the correlation is the middle of its interval on Fisher's scale"
        return consistent(RULE, claim.place, about(claim), message, **facts)
    plain = Range(*((boxes[1][i] + boxes[2][i]) / 2 for i in range(3)))
    if meets(plain.low, plain.high, boxes[0]):
        message = f"{said(claim)}: the correlation is the middle of its interval, not on Fisher's scale"
        return consistent_under(RULE, claim.place, about(claim), message, by="symmetrical interval", **facts)
    message = f"{said(claim)}: the middle of the interval on Fisher's scale is {figures(middle, r.decimals)}"
    away = distance(middle.low, middle.high, boxes[0], as_float(r.ulp))
    facts["relaxation"] = away
    if away is not None and away <= 1:
        return slip(RULE, claim.place, about(claim), message, **facts)
    return inconsistent(RULE, claim.place, about(claim), message, severity=WARNING, **facts)


def _middle(low: Reported, high: Reported) -> Range:
    """The correlation in the middle of two limits on Fisher's scale, over their rounding."""
    ends = zip(box(low), box(high), strict=True)
    return Range(*(tanh((fisher_z(a) + fisher_z(b)) / 2) if -1 < a <= b < 1 else b for a, b in ends))


def _table(claim: Correlations) -> Iterator[Finding]:
    numbers = tuple(number for _, _, number in claim.cells)
    wrong = list(_outside(claim.place, *numbers))
    yield from wrong
    many = len(claim.variables)
    if wrong or many < 3 or many > MOST_VARIABLES or not _is_whole(claim):
        return
    matrix = [[float(i == j) for j in range(many)] for i in range(many)]
    give = [[0.0] * many for _ in range(many)]
    for i, j, number in claim.cells:
        low, mid, high = box(number)
        matrix[i][j] = matrix[j][i] = mid
        give[i][j] = give[j][i] = max(high - mid, mid - low)
    if can_stand(matrix, give):
        message = f"{many} variables can have these {len(numbers)} correlations together"
        yield consistent(RULE, claim.place, numbers, message, power=0.0)
    else:
        message = f"no {many} variables have these {len(numbers)} correlations together"
        details = ("with them, some sum of the variables would have a variance below zero",)
        yield impossible(RULE, claim.place, numbers, message, power=0.5, details=details)


def _is_whole(claim: Correlations) -> bool:
    """Whether every pair of variables has its printed correlation."""
    many = len(claim.variables)
    pairs = {frozenset((i, j)) for i, j, number in claim.cells if number.is_number and number.relation == "="}
    inside = all(0 <= i < many and 0 <= j < many and i != j for i, j, _ in claim.cells)
    return inside and len(pairs) == many * (many - 1) // 2


CHECK = Check(
    rule=RULE,
    title="correlations",
    what=(
        "Whether correlations lie between -1 and 1, in the middle of their intervals on Fisher's scale, and "
        "whether those of a whole table can belong to one set of people."
    ),
    why="A misprinted sign or digit in a table of correlations often makes it impossible as a whole.",
    formula="2 atanh r = atanh low + atanh high; no negative eigenvalue, over the rounding of every cell",
    reference="Fisher 1921, Metron 1:3-32; Weyl 1912, Mathematische Annalen 71:441-479",
    false_alarms="Correlations of different people in each cell (pairwise deletion); polychoric ones.",
    on=(Correlations, EffectClaim, Summary),
    run=run,
    keeps=lambda: (
        effect("COR", "0.50", "0.07", "0.77"),
        effect("HR", "0.59", "0.45", "0.76"),
        correlations(("0.90",), ("0.90", "0.70")),
    ),
    breaks=lambda: (
        effect("COR", "0.50", "0.27", "0.87"),
        effect("COR", "1.50", "0.27", "0.87"),
        correlations(("0.90",), ("0.90", "0.10")),
        correlations(("0.90",), ("0.90", "-1.70")),
    ),
)
