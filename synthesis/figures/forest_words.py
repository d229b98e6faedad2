"""The sentences of a forest plot: what was pooled and how, in words that claim no more than the numbers."""

import re
from collections.abc import Sequence

from synthesis.figures.display import Display
from synthesis.figures.notation import PLAIN
from synthesis.figures.numbers import (
    MINUS,
    bounds_text,
    decimals_for,
    equals,
    estimate_text,
    fixed,
    p_text,
    percent_text,
    variance_text,
)
from synthesis.fit import Heterogeneity, NotDefined, Pool

INTERVALS = {
    "HKSJ": "Hartung–Knapp–Sidik–Jonkman interval",
    "HKSJ-wider": "Hartung–Knapp–Sidik–Jonkman or Wald interval, the wider",
    "HKSJ-floor": "Hartung–Knapp–Sidik–Jonkman interval with variance factor of at least 1",
    "Wald": "Wald interval",
    "t": "t interval",
    "HKSJ-IQWiG": "Hartung–Knapp–Sidik–Jonkman interval, never narrower than DerSimonian–Laird",
    "KR": "Kenward–Roger interval",
    "Henmi-Copas": "Henmi–Copas interval",
    "profile-likelihood": "profile likelihood interval",
    "permutation": "interval of a sign-flip permutation test",
    "bootstrap": "parametric bootstrap interval",
}
_RELATION = re.compile(" ([=<>]) ")
COMMON_EFFECT = "Common effect"
COMMON_EFFECTS = {
    "common-effect": COMMON_EFFECT,
    "mantel-haenszel": "Mantel–Haenszel",
    "peto": "Peto",
}
METHODS = {
    "random-effects": "IV, random",
    "common-effect": "IV, common",
    "mantel-haenszel": "M–H, common",
    "peto": "Peto, common",
}
TAU2_INTERVALS = {"QP": "Q-profile", "Q-profile": "Q-profile", "PL": "profile likelihood"}


def model_words(pool: Pool) -> str:
    """The model in two words, its estimator of tau2 beside it."""
    if pool.common_effect:
        return COMMON_EFFECTS[pool.model]
    return f"Random effects ({pool.tau2_method})" if pool.tau2_method != "none" else "Random effects"


def method_words(pool: Pool) -> str:
    """The method as Cochrane's figures head it: IV, random."""
    return METHODS.get(pool.model, pool.model)


def effect_text(display: Display, yi: float, low: float, high: float) -> str:
    """An estimate with its interval, as printed: 0.49 (0.34 to 0.70)."""
    estimate = estimate_text(display.printed(yi), decimals=display.decimals, special=display.ends)
    return f"{display.notation.numbers(estimate)} {range_text(display, low, high)}"


def range_text(display: Display, low: float, high: float) -> str:
    """An interval as printed: (0.34 to 0.70)."""
    printed = display.printed(low), display.printed(high)
    first, last = bounds_text(*printed, decimals=display.decimals, special=display.special)
    if display.notation is PLAIN:
        return f"({first} to {last})"
    return display.notation.numbers(display.notation.interval(first, last))


def heterogeneity_line(pool: Pool) -> str:
    """tau2 with its interval and estimator, Q with its test, I2; or why there is none."""
    found = pool.heterogeneity
    if isinstance(found, NotDefined):
        return f"Heterogeneity: not defined ({found.reason})"
    parts = []
    if not pool.common_effect:
        parts.append(equals("τ²", variance_text(found.tau2)) + _tau2_interval(found))
        parts.append(equals("τ", variance_text(found.tau)))
    parts.append(f"Q = {fixed(found.q, 2)}, df = {found.df} ({p_text(found.p)})")
    parts.append(equals("I²", percent_text(found.i2)) + "%" + _i2_interval(found))
    return "Heterogeneity: " + "; ".join(parts)


def group_line(pool: Pool, brief: bool = False) -> str:
    """The heterogeneity inside one subgroup, in short; `brief` leaves out its test."""
    found = pool.heterogeneity
    if isinstance(found, NotDefined):
        return f"Heterogeneity: not defined ({found.reason})"
    tau2 = "" if pool.common_effect else equals("τ²", variance_text(found.tau2)) + "; "
    q = f"Q = {fixed(found.q, 2)}, df = {found.df} ({p_text(found.p)}); "
    i2 = f"{equals('I²', percent_text(found.i2))}%"
    return f"{tau2}{i2}" if brief else f"Heterogeneity: {tau2}{q}{i2}"


def _i2_interval(found: Heterogeneity) -> str:
    bounds = found.i2_ci
    if isinstance(bounds, NotDefined):
        return ""
    return f" ({percent_text(bounds.low)}\xa0to\xa0{percent_text(bounds.high)})"


def i2_note(pool: Pool) -> str:
    """Which I2 it is; the two differ."""
    if isinstance(pool.heterogeneity, NotDefined):
        return ""
    return "I² is computed from Q" if pool.common_effect else "I² is computed from τ²"


def _tau2_interval(found: Heterogeneity) -> str:
    bounds, method = found.tau2_ci, found.tau2_method
    if isinstance(bounds, NotDefined):
        return f" ({method})"
    name = TAU2_INTERVALS.get(bounds.method, bounds.method)
    inside = f"{variance_text(bounds.low)} to {variance_text(bounds.high)}"
    return f" ({level_text(bounds.level)} CI {inside}; {method}, {name})"


def overall_line(pool: Pool, display: Display) -> str:
    """The test of the overall effect and the interval it belongs to."""
    how = INTERVALS.get(pool.interval_method, pool.interval_method)
    if display.null is None:
        return f"Overall: {how}"
    name = "z" if pool.df is None else "t"
    degrees = "" if pool.df is None else f", df = {_degrees(pool.df)}"
    return f"Overall effect: {name} = {fixed(pool.statistic, 2)}{degrees} ({p_text(pool.p)}); {how}"


def two_studies_lines(pool: Pool, display: Display) -> tuple[str, ...]:
    """The caution that stands where a diamond would, and the result that is not drawn."""
    caution = tuple(pool.notes) or ("Two studies: no diamond is drawn; the row shows their common effect",)
    if pool.common_effect:
        return caution
    estimate = effect_text(display, pool.mu, pool.ci.low, pool.ci.high)
    return (*caution, f"Random-effects result, not drawn: {estimate}")


def prediction_note(pool: Pool) -> str:
    """Why there is no prediction interval, or how far to trust one from few studies; often empty."""
    if isinstance(pool.prediction, NotDefined):
        if pool.k < 3 or pool.common_effect:
            return ""
        return f"No prediction interval: {pool.prediction.reason}"
    if pool.k < 5:
        return f"The prediction interval rests on {pool.k} studies only"
    return ""


def probability_line(display: Display, found: Sequence[tuple[str, float, float]]) -> str:
    """How probable an effect on the likelier side of each value is in a further study.

    `found` holds the name of a value, the value as printed, and the probability of an effect below it.

    Examples
    --------
    >>> rr = Display("risk ratio", "Risk ratio", "binary", ratio=True, null=1.0)
    >>> probability_line(rr, [("", 1.0, 0.113), ("MID", 1.25, 0.4)])
    'Predicted probability of a risk ratio in a further study: above 1, 0.89; above 1.25 (MID), 0.60'
    """
    said = []
    for name, value, below in found:
        side, probability = ("below", below) if below >= 0.5 else ("above", 1 - below)
        at = f"{value:g}".replace("-", MINUS) + (f" ({name})" if name else "")
        said.append(f"{side} {at}, {'>0.99' if probability > 0.99 else fixed(probability, 2)}")
    return f"Predicted probability of a {display.name} in a further study: {'; '.join(said)}"


def favours(display: Display, better: str | None, labels: tuple[str, ...]) -> tuple[str, str] | tuple[()]:
    """The words left and right of the null, from which way the endpoint is better; never typed by hand.

    `better` is about the endpoint's own scale. A hazard ratio above 1 means that events come sooner under the
    first treatment, so its sides are the other way round.

    Examples
    --------
    >>> rr = Display("risk ratio", "Risk ratio", "binary", ratio=True, null=1.0)
    >>> favours(rr, "higher", ("A", "B"))
    ('Favours B', 'Favours A')
    """
    if display.null is None:
        return ()
    if len(labels) < 2:
        if better is None or display.kind != "within":
            return ("Decrease", "Increase") if display.kind == "within" else ()
        return ("Worse", "Better") if better == "higher" else ("Better", "Worse")
    first, second = labels[:2]
    if better is None:
        what = "Lower hazard" if display.kind == "time-to-event" else "Lower"
        return (f"{what} with {first}", f"{what} with {second}")
    first_is_right = (better == "higher") != (display.kind == "time-to-event")
    right, left = (first, second) if first_is_right else (second, first)
    return (f"Favours {left}", f"Favours {right}")


def level_text(level: float) -> str:
    """A confidence level: 95%, 97.5%.

    Examples
    --------
    >>> level_text(95.0), level_text(97.5)
    ('95%', '97.5%')
    """
    return f"{level:g}%"


def capital(text: str) -> str:
    """The text with a capital first letter, the rest as it is; a symbol such as τ² stays one.

    Examples
    --------
    >>> capital("échelle"), capital("τ² = 0.3")
    ('Échelle', 'τ² = 0.3')
    """
    if not text[:1].isascii() and not text[1:2].isalpha():
        return text
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """The text as a sentence: a capital, a full stop, and no line break around =, < and >.

    Examples
    --------
    >>> sentence("the interval is wider")
    'The interval is wider.'
    """
    text = capital(_RELATION.sub("\xa0\\1\xa0", text))
    return text if not text or text.endswith((".", "!", "?")) else f"{text}."


def _degrees(df: float) -> str:
    return f"{df:.0f}" if float(df).is_integer() else fixed(df, max(1, decimals_for(df)))
