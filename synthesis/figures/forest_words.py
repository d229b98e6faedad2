"""The sentences of a forest plot: what was pooled and how, in words that claim no more than the numbers."""

import re

from synthesis.figures.display import Display
from synthesis.figures.numbers import (
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
}
_RELATION = re.compile(" ([=<>]) ")
COMMON_EFFECTS = {
    "common-effect": "Common effect",
    "mantel-haenszel": "Mantel–Haenszel",
    "peto": "Peto",
}
TAU2_INTERVALS = {"QP": "Q-profile", "Q-profile": "Q-profile", "PL": "profile likelihood"}


def model_words(pool: Pool) -> str:
    """The model in two words, its estimator of tau2 beside it."""
    if pool.common_effect:
        return COMMON_EFFECTS[pool.model]
    return f"Random effects ({pool.tau2_method})" if pool.tau2_method != "none" else "Random effects"


def effect_text(display: Display, yi: float, low: float, high: float) -> str:
    """An estimate with its interval, as printed: 0.49 (0.34 to 0.70)."""
    ends = tuple(value for value in display.special if value != display.null)
    estimate = estimate_text(display.printed(yi), decimals=display.decimals, special=ends)
    return f"{estimate} {range_text(display, low, high)}"


def range_text(display: Display, low: float, high: float) -> str:
    """An interval as printed: (0.34 to 0.70)."""
    printed = display.printed(low), display.printed(high)
    bounds = bounds_text(*printed, decimals=display.decimals, special=display.special)
    return f"({bounds[0]} to {bounds[1]})"


def heterogeneity_line(pool: Pool) -> str:
    """tau2 with its interval and estimator, Q with its test, I2; or why there is none."""
    found = pool.heterogeneity
    if isinstance(found, NotDefined):
        return f"Heterogeneity: not defined ({found.reason})"
    parts = []
    if not pool.common_effect:
        parts.append(equals("τ²", variance_text(found.tau2)) + _tau2_interval(found))
    parts.append(f"Q = {fixed(found.q, 2)}, df = {found.df} ({p_text(found.p)})")
    parts.append(equals("I²", percent_text(found.i2)) + "%")
    return "Heterogeneity: " + "; ".join(parts)


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
    """The text with a capital first letter, the rest as it is."""
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
