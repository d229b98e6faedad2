"""A `Regression` in words, as text and as plain data."""

from __future__ import annotations

from dataclasses import asdict
from html import escape
from typing import TYPE_CHECKING, Any

from evidence.emitting import emitted
from synthesis.describing import shown, shown_p
from synthesis.describing_words import INTERVAL_WORDS, TAU2_WORDS
from synthesis.errors import MissingPackage
from synthesis.fit import Interval, NotDefined
from synthesis.models.regression_design import INTERCEPT
from synthesis.table import in_brief

if TYPE_CHECKING:
    from synthesis.models.regression_fit import Omnibus, Regression


def summary(fit: Regression) -> str:
    """The coefficients as a small table, then what they explain and what they leave."""
    scale = f", {fit.measure} on the scale of the analysis" if fit.measure else ""
    lines = [f"{fit.model.capitalize()}, {fit.k} studies, {len(fit.names)} coefficients{scale}", *_table(fit)]
    if fit.names != (INTERCEPT,):
        lines.append(f"all moderators together: {omnibus(fit.moderators)}")
    lines += [*_left(fit), *(f"left out: {one.label}: {one.reason}" for one in in_brief(fit.left_out))]
    note = fit.interval_note
    return "\n".join([*lines, *([f"{note[:1].upper()}{note[1:]}."] if note else []), *fit.notes])


def _table(fit: Regression) -> list[str]:
    rows = _cells(fit)
    width = [max(len(row[j]) for row in rows) for j in range(len(rows[0]))]
    return [
        "  ".join([row[0].ljust(width[0]), *(c.rjust(w) for c, w in zip(row[1:], width[1:], strict=True))])
        for row in rows
    ]


def _cells(fit: Regression) -> list[list[str]]:
    """The table of coefficients, its head first."""
    letter = "z" if fit.df is None else f"t({fit.df:g})"
    head = ["", "b", "se", letter, "", f"{fit.level:g} % interval"]
    rows = [head]
    for at, name in enumerate(fit.names):
        values = [shown(float(one[at])) for one in (fit.b, fit.se, fit.statistic)]
        bounds = f"[{shown(float(fit.low[at]))}, {shown(float(fit.high[at]))}]"
        rows.append([name, *values, shown_p(float(fit.p[at])), bounds])
    return rows


def omnibus(test: Omnibus) -> str:
    """A test of several coefficients, in a few words.

    Examples
    --------
    >>> from synthesis.models.regression_fit import Omnibus
    >>> omnibus(Omnibus(("a", "b"), 4.2, 2, 10.0, 0.0473))
    'F(2, 10) = 4.20, p = 0.047'
    """
    if test.df2 is None:
        return f"chi-square = {shown(test.statistic)} on {test.df} df, {shown_p(test.p)}"
    return f"F({test.df}, {test.df2:g}) = {shown(test.statistic)}, {shown_p(test.p)}"


def _left(fit: Regression) -> list[str]:
    h = fit.heterogeneity
    lines = [f"left unexplained: Q = {shown(h.q)} on {h.df} df, {shown_p(h.p)}; I2 = {h.i2:.1f} %"]
    if isinstance(h.tau2_ci, Interval):
        bounds = f"[{shown(h.tau2_ci.low)}, {shown(h.tau2_ci.high)}] ({h.tau2_ci.method})"
        lines.append(f"tau2 = {shown(h.tau2)} {bounds}, by {h.tau2_method}")
    if fit.names == (INTERCEPT,):
        return lines
    r2 = fit.r2
    said = f"R2 not defined: {r2.reason}" if isinstance(r2, NotDefined) else f"R2 = {r2:.1f} %"
    return [*lines, said]


def explain(fit: Regression) -> str:
    """A methods paragraph naming what was used."""
    common = fit.tau2_method == "none"
    kind = "a common-effect" if common else "a random-effects"
    named = [name for name in fit.names if name != INTERCEPT]
    on = f" on {', '.join(named)}" if named else ""
    parts = [f"The effects of {fit.k} studies were regressed{on} under {kind} model, by inverse variance."]
    if not common:
        parts.append(
            f"The residual variance between studies tau2 was estimated by {TAU2_WORDS[fit.tau2_method]}, its "
            "interval by the Q-profile method; R2 is the share by which the moderators lower it."
            if fit.tau2_method != "given"
            else "The residual variance between studies tau2 was given beforehand."
        )
    words = INTERVAL_WORDS[fit.interval_requested].replace(" k - 1 ", " k - p ")
    parts.append(f"The {fit.level:g} % interval of each coefficient is {words} on k - p degrees of freedom.")
    if fit.interval_requested in ("Wald", "t"):
        parts[-1] = f"The {fit.level:g} % interval of each coefficient is {words}."
    if fit.interval_note:
        parts.append(f"Here {fit.interval_note}.")
    return " ".join(parts)


COLUMNS = ("name", "b", "se", "statistic", "p", "low", "high")


def to_frame(fit: Regression) -> Any:
    """A pandas DataFrame of the coefficients, its index their names."""
    numbers = (getattr(fit, name).tolist() for name in COLUMNS[1:])
    return frame(COLUMNS, list(zip(fit.names, *numbers, strict=True)))


def frame(columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> Any:
    """A pandas DataFrame of rows, the first column its index.

    Raises
    ------
    MissingPackage
        When pandas is not installed.
    """
    try:
        import pandas
    except ImportError as error:
        raise MissingPackage("to_frame() needs pandas, which is not installed: pip install pandas") from error
    return pandas.DataFrame.from_records(rows, columns=list(columns), index=columns[0])


def to_html(fit: Regression) -> str:
    """A small HTML table of the coefficients, with what they explain and leave beneath it."""
    head, *rows = _cells(fit)
    return html_table(head, rows, summary(fit).split("\n")[len(rows) + 2 :])


def html_table(head: list[str], rows: list[list[str]], beneath: list[str]) -> str:
    """A table whose first column names the rows, and lines beneath it."""
    top = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>{"".join(f"<td>{escape(c)}</td>" for c in row[1:])}</tr>'
        for row in rows
    )
    told = "<br>".join(map(escape, beneath))
    return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table><p>{told}</p>"


_SKIPPED = ("table", "left_out", "x", "coding", "basis")


def to_dict(fit: Regression) -> dict[str, Any]:
    """Plain JSON types; floats to twelve significant digits; the table is told by its labels."""
    plain: dict[str, Any] = {
        name: emitted(getattr(fit, name)) for name in fit.__dataclass_fields__ if name not in _SKIPPED
    }
    plain["p"] = emitted(fit.p)
    plain["x"] = emitted(fit.x)
    plain["left_out"] = [
        {"study": one.study, "label": one.label, "reason": one.reason} for one in fit.left_out
    ]
    for name in ("heterogeneity", "moderators", "likelihood"):
        value = asdict(getattr(fit, name))
        plain[name] = emitted({key: _reasoned(one) for key, one in value.items()})
    for name in ("r2", "tau2_se"):
        value = getattr(fit, name)
        plain[name] = {"not_defined": value.reason} if isinstance(value, NotDefined) else emitted(value)
    return plain


def _reasoned(value: Any) -> Any:
    """asdict() makes a NotDefined a mapping with its reason alone; say what it is."""
    if isinstance(value, dict) and set(value) == {"reason"}:
        return {"not_defined": value["reason"]}
    return value
