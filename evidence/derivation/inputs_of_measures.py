"""What may stand for a measure's inputs: the other numbers that a study can print in their place.

Each route fills one input of some measures where it is missing; they are tried in order, so that p gives t,
t gives d, and d the means.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from evidence.derivation.p_to_statistic import f_from_p, t_from_p
from evidence.derivation.r_to_d import d_from_point_biserial
from evidence.derivation.t_to_d import change_from_t, d_from_t
from evidence.derivation.t_to_r import partial_from_t, r2_from_f, r_from_t, semipartial_from_t
from evidence.measures.measure import FloatArray, Measure

OF_D = frozenset({"SMD", "RPB", "ZPB", "RBIS", "ZBIS", "D2OR", "D2ORL", "D2ORN"})
"""Measures that see two means only through their difference in standard deviations."""

_PARTIAL, _SEMIPARTIAL = frozenset({"PCOR", "ZPCOR"}), frozenset({"SPCOR", "ZSPCOR"})
_SIMPLE, _MULTIPLE = frozenset({"COR", "UCOR", "ZCOR"}), frozenset({"R2", "ZR2"})
_TWO_ARMS = OF_D | {"CLESN"}


@dataclass(frozen=True, slots=True)
class Route:
    """`target` from `sources` for the measures or the kind that `serves` names; `words` say it in a note."""

    serves: frozenset[str]
    target: str
    sources: tuple[str, ...]
    compute: Callable[..., FloatArray]
    words: str = ""


def _total(first: FloatArray, second: FloatArray) -> FloatArray:
    return first + second


def _phi_of_margins(
    pi: FloatArray, ai: FloatArray, bi: FloatArray, ci: FloatArray, di: FloatArray
) -> FloatArray:
    """Phi of two occasions from their margins and the share `pi` of people with the event on both."""
    both = pi * (ai + bi)
    cells = (both, ai - both, ci - both, bi - ci + both)
    product = (cells[0] + cells[1]) * (cells[2] + cells[3]) * (cells[0] + cells[2]) * (cells[1] + cells[3])
    with np.errstate(divide="ignore", invalid="ignore"):
        phi = (cells[0] * cells[3] - cells[1] * cells[2]) / np.sqrt(product)
        return np.where(np.abs(phi) <= 1, phi, np.nan)


ROUTES = (
    Route(frozenset({"binary"}), "n1i", ("ai", "bi"), _total),
    Route(frozenset({"binary"}), "n2i", ("ci", "di"), _total),
    Route(frozenset({"proportion"}), "ni", ("xi", "mi"), _total),
    Route(frozenset({"GEN"}), "vi", ("sei",), np.square, "vi from standard errors"),
    Route(_TWO_ARMS, "ti", ("pi", "n1i", "n2i"), lambda p, n1, n2: t_from_p(p, n1 + n2 - 2.0), "t from p"),
    Route(_TWO_ARMS, "di", ("ti", "n1i", "n2i"), d_from_t, "d from t"),
    Route(OF_D, "di", ("ri", "n1i", "n2i"), d_from_point_biserial, "d from point-biserial correlations"),
    Route(frozenset({"SMCC"}), "ti", ("pi", "ni"), lambda p, n: t_from_p(p, n - 1.0), "t from p"),
    Route(frozenset({"SMCC"}), "di", ("ti", "ni"), change_from_t, "d from t"),
    Route(_SIMPLE, "ti", ("pi", "ni"), lambda p, n: t_from_p(p, n - 2.0), "t from p"),
    Route(_SIMPLE, "ri", ("ti", "ni"), r_from_t, "r from t"),
    Route(
        _PARTIAL | _SEMIPARTIAL,
        "ti",
        ("pi", "mi", "ni"),
        lambda p, m, n: t_from_p(p, n - m - 1.0),
        "t from p",
    ),
    Route(_PARTIAL, "ri", ("ti", "mi", "ni"), partial_from_t, "r from t"),
    Route(_SEMIPARTIAL, "ri", ("ti", "mi", "ni", "r2i"), semipartial_from_t, "r from t"),
    Route(_MULTIPLE, "fi", ("pi", "mi", "ni"), lambda p, m, n: f_from_p(p, m, n - m - 1.0), "F from p"),
    Route(_MULTIPLE, "r2i", ("fi", "mi", "ni"), r2_from_f, "R squared from F"),
    Route(
        frozenset({"MPORM"}),
        "ri",
        ("pi", "ai", "bi", "ci", "di"),
        _phi_of_margins,
        "phi from the share of people with the event twice",
    ),
)


def routes_to(measure: Measure) -> tuple[Route, ...]:
    """The routes that may fill the inputs of a measure, in order.

    Examples
    --------
    >>> from evidence.measures import get
    >>> [route.words for route in routes_to(get("ZCOR"))]
    ['t from p', 'r from t']
    """
    return tuple(route for route in ROUTES if {measure.code, measure.kind} & route.serves)
