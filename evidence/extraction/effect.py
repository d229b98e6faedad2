"""An effect with its interval and p: ``HR 0.59, 95% CI 0.45-0.76; p<0.0001``."""

from __future__ import annotations

from dataclasses import replace

from evidence.claims import EffectClaim
from evidence.extraction.chance import Chance, chance
from evidence.extraction.extracted import Extracted, Passage
from evidence.extraction.limits import Limits, heading, limits_behind
from evidence.extraction.reading import AROUND, CLOSING, OPENING, SAYING, Prose, Read
from evidence.extraction.tokens import MARK, NUMBER, RELATION, WORD

_SHORT = {
    **dict.fromkeys(("HR", "aHR", "AHR", "cHR", "uHR", "csHR", "HRs"), "HR"),
    **dict.fromkeys(("SHR", "sHR", "sdHR"), "SHR"),
    **dict.fromkeys(("OR", "aOR", "AOR", "cOR", "uOR", "ORs"), "OR"),
    **dict.fromkeys(("RR", "aRR", "ARR", "cRR", "RRs"), "RR"),
    **dict.fromkeys(("IRR", "aIRR"), "IRR"),
    **dict.fromkeys(("MD", "WMD", "aMD"), "MD"),
    **dict.fromkeys(("β", "B"), "β"),
    **dict.fromkeys(("SMD", "SMDs"), "SMD"),
    **dict.fromkeys(("RD", "ARD", "aRD"), "RD"),
    **dict.fromkeys(("PR", "aPR", "APR"), "RR"),
    **dict.fromkeys(("SIR", "SMR"), "IRR"),
    **dict.fromkeys(("GMR", "RoM", "ROM"), "ROM"),
    **dict.fromkeys(("AUC", "AUROC", "AUCs"), "AUC"),
    **dict.fromkeys(("κ", "kappa", "Kappa"), "κ"),
    **dict.fromkeys(("d", "g"), "SMD"),
}
_ONLY_WITH_AN_INTERVAL = frozenset(("β", "B", "d", "g", "PR", "SIR", "SMR", "κ", "kappa", "Kappa"))
"""Letters of many things: an effect only where a named interval follows a relation."""
_LONG = {
    ("subdistribution", "hazard", "ratio"): "SHR",
    ("hazard", "ratio"): "HR",
    ("hazards", "ratio"): "HR",
    ("odds", "ratio"): "OR",
    ("prevalence", "ratio"): "RR",
    ("geometric", "mean", "ratio"): "ROM",
    ("weighted", "mean", "difference"): "MD",
    ("rate", "difference"): "RD",
    ("treatment", "difference"): "difference",
    ("group", "difference"): "difference",
    ("estimated", "difference"): "difference",
    ("absolute", "difference"): "difference",
    ("area", "under", "the", "curve"): "AUC",
    ("area", "under", "the", "roc", "curve"): "AUC",
    ("median", "difference"): "median difference",
    ("difference", "in", "medians"): "median difference",
    ("difference",): "difference",
    ("risk", "ratio"): "RR",
    ("relative", "risk"): "RR",
    ("incidence", "rate", "ratio"): "IRR",
    ("rate", "ratio"): "IRR",
    ("standardized", "mean", "difference"): "SMD",
    ("standardised", "mean", "difference"): "SMD",
    ("mean", "difference"): "MD",
    ("risk", "difference"): "RD",
}
NAMES = frozenset(name.lower() for name in _SHORT) | frozenset(words[0] for words in _LONG)
LETTERS = frozenset(("β", "SMD", "κ"))
"""Measures that a single letter may stand for."""
_RATIOS = frozenset(("HR", "SHR", "OR", "RR", "IRR"))
_UNITS = frozenset(("bpm", "beats", "breaths", "min", "mmhg"))
MOST_WORDS = 8
MOST_IN_UNIT = 3
_ABOUT = frozenset(("for", "in", "between", "with", "among", "comparing"))
MOST_ABOUT = 20
_NO_SHARE = {**dict.fromkeys(_RATIOS, "%"), "SMD": "%"}
"""What is never printed in per cent: a number so printed behind the name is another."""


def effect(
    prose: Prose, i: int, name: str, before: Chance | None = None
) -> tuple[tuple[Extracted, ...], int] | None:
    """The effect that begins at token i with its interval and p, and the token behind; None for none.

    ``before`` is a p that stands in front of it, which is its own where none stands behind.
    """
    code, j = measure(prose, i)
    head = heading(prose, j)
    j = head.after if head is not None else j
    estimate = _estimate(prose, j)
    if code is None or estimate is None or prose.tokens[estimate.after].text in ("±", _NO_SHARE.get(code)):
        return None
    limits, p = _around(prose, _past_unit(prose, estimate.after))
    if limits is not None and head is not None and not limits.named:
        limits = replace(limits, level=head.level, named=True, credible=head.credible)
    if limits is not None and not limits.named and not _is_ratio(prose, code, estimate, limits):
        return None
    if limits is None and (p is None or prose.tokens[j].kind != RELATION):
        return None
    if prose.tokens[i].text in _ONLY_WITH_AN_INTERVAL or prose.lower(i) == "difference":
        letter = prose.tokens[i].text in _SHORT and len(prose.tokens[i].text) == 1
        if limits is None or not limits.named or (letter and prose.tokens[j].kind != RELATION):
            return None
    if before is not None and p is not None:
        return None
    last = max(estimate.after, limits.after if limits else 0, p.after if p else 0)
    passage = Passage(prose, name, before.first if before else i, last)
    return (effect_claim(passage, code, estimate, limits, p or before),), last


def measure(prose: Prose, i: int) -> tuple[str | None, int]:
    """The measure named at token i, and the token behind its name and its abbreviation in brackets."""
    short = _SHORT.get(prose.tokens[i].text)
    if short is not None:
        return short, i + 1
    for words, code in _LONG.items():
        if all(prose.lower(i + k) == word for k, word in enumerate(words)):
            j = i + len(words)
            if prose.lower(j) == "s" and prose.glued(j):
                j += 1
            bracketed = prose.is_mark(j, OPENING) and prose.is_mark(j + 2, CLOSING)
            return code, j + 3 if bracketed and prose.tokens[j + 1].kind == WORD else j
    return None, i


def _estimate(prose: Prose, j: int) -> Read | None:
    """The estimate behind a measure: ``HR 0.59``, ``hazard ratio for death, 0.59``, ``HR of 0.59``."""
    j = _past_outcome(prose, j)
    if prose.tokens[j].text in (",", ":"):
        j += 1
    if prose.lower(j) in SAYING:
        j += 1
    read = prose.related(j) if prose.tokens[j].kind == RELATION else prose.number(j)
    return None if read is None or prose.tokens[read.after].text == "/" or prose.ranges(read) else read


def _past_outcome(prose: Prose, j: int) -> int:
    """Past ``for disease progression or death``, up to what the estimate can follow; else where one was."""
    of = prose.lower(j) == "of" and prose.tokens[j + 1].kind == WORD
    if prose.lower(j) not in _ABOUT and not of:
        return j
    for k in range(j + 1, j + 1 + MOST_ABOUT):
        token = prose.tokens[k]
        far = k > j + MOST_WORDS
        if token.kind in (NUMBER, RELATION) or token.text in (",", ":"):
            return k if not far or (token.text in (",", ":") and prose.tokens[k + 1].kind == NUMBER) else j
        if prose.lower(k) in SAYING and prose.tokens[k + 1].kind == NUMBER:
            return k
        if token.kind == MARK and token.text != "-":
            break
    return j


def _past_unit(prose: Prose, i: int) -> int:
    """Past a unit, ``2.1 mmHg (95% CI``, where a bracket follows; else where one was."""
    for k in range(i, i + MOST_IN_UNIT + 1):
        if prose.is_mark(k, OPENING) or (prose.tokens[k].text in ",;" and prose.tokens[k].text):
            return k
        if prose.tokens[k].kind != WORD and prose.tokens[k].text not in ("%", "/"):
            break
    return i


def _around(prose: Prose, i: int) -> tuple[Limits | None, Chance | None]:
    """Interval and p behind an estimate, in either order."""
    limits: Limits | None = None
    p: Chance | None = None
    for _ in range(3):
        j = prose.skip(i, AROUND, 3)
        if limits is None and (limits := limits_behind(prose, i)) is not None:
            i = limits.after
        elif p is None and (found := chance(prose, _past_test(prose, j))) is not None:
            if found.of_several:
                break
            p = None if found.foreign else found
            i = found.after if p is not None else _past_words(prose, found.after)
    return limits, p


def _past_words(prose: Prose, i: int) -> int:
    """Past ``for noninferiority``, behind which a p of its own may follow."""
    for k in range(i, i + MOST_IN_UNIT + 2):
        if prose.tokens[k].kind != WORD and prose.tokens[k].text != "-":
            return k
    return i


def _past_test(prose: Prose, j: int) -> int:
    """Past the words that say which p: ``log-rank P``, ``one-sided P``, ``with``."""
    for k in range(j, j + MOST_WORDS):
        if prose.lower(k) in ("p", "ps"):
            return k
        sides = prose.tokens[k].text in ("1", "2") and prose.lower(k + 2) in ("sided", "tailed")
        if prose.tokens[k].kind != WORD and prose.tokens[k].text not in ("-", ",") and not sides:
            return j
    return j


def _is_ratio(prose: Prose, measure: str, estimate: Read, limits: Limits) -> bool:
    """Whether two numbers in brackets, not called an interval, can be one: not heart rates, not grades."""
    texts = [prose.document.plain[read.start : read.end] for read in (estimate, limits.low, limits.high)]
    behind = prose.skip(limits.after, CLOSING, 1)
    unit = prose.lower(behind) in _UNITS or prose.lower(limits.after) in _UNITS
    return measure in _RATIOS and any("." in text for text in texts) and not unit


def effect_claim(
    passage: Passage, measure: str, estimate: Read, limits: Limits | None, p: Chance | None
) -> Extracted:
    """The claim of an effect with its interval and p, whichever of them were read."""
    place = passage.place()
    claim = EffectClaim(
        place,
        place.address,
        "",
        ("", ""),
        measure,
        passage.number(estimate, "estimate"),
        passage.number(limits.low, "low") if limits else None,
        passage.number(limits.high, "high") if limits else None,
        limits.level if limits else None,
        limits.credible if limits else False,
        p=passage.number(p.read, "p") if p else None,
        sided=p.sided if p else None,
    )
    return passage.holds(claim, (claim.estimate, claim.low, claim.high, claim.p))
