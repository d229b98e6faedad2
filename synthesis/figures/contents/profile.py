"""What the figure of the profile likelihood of tau2 says."""

import numpy as np

from synthesis.arrays import FloatArray
from synthesis.errors import FigureError
from synthesis.figures.chart import Area, Chart, Curve, Dot
from synthesis.figures.figure import need
from synthesis.figures.forest_words import level_text, sentence
from synthesis.figures.numbers import equals, variance_text
from synthesis.figures.of_pool import name_of, plain_scale, title_of
from synthesis.figures.page import DASHES, Key, Words
from synthesis.fit import Interval, NotDefined, Pool
from synthesis.intervals import chi_square_quantile
from synthesis.tau2_intervals import profile_plain_likelihood, profile_restricted_likelihood

LEAST = 3
_POINTS = 161
_BELOW = 2.4  # how far below the interval's level the curve is followed


def content(pool: Pool) -> Chart:
    """What the profile likelihood of a pool's tau2 says; restricted unless tau2 was estimated by ML."""
    need("a profile likelihood", LEAST, pool.k)
    if pool.common_effect or isinstance(pool.heterogeneity, NotDefined):
        raise FigureError("a common-effect model has no variance between studies to profile")
    restricted = pool.tau2_method != "ML"
    bounds = (profile_restricted_likelihood if restricted else profile_plain_likelihood)(
        pool.yi, pool.vi, pool.level
    )
    low, high = (float(np.ravel(bound)[0]) for bound in bounds[:2])
    found = Interval(low, high, pool.level, "profile likelihood")
    tau2 = pool.heterogeneity.tau2
    cut = -0.5 * float(chi_square_quantile(1.0 - pool.level / 100, 1))
    grid = np.linspace(
        0.0, max(1.25 * high if np.isfinite(high) else 4 * tau2 + 1.0, 1.2 * tau2, 1e-6), _POINTS
    )
    grid = np.sort(np.append(grid, tau2))
    values = log_likelihood(pool.yi, pool.vi, grid, restricted)
    peak = _peak(pool, restricted, float(values.max()), tau2)
    values = values - peak
    at = float(log_likelihood(pool.yi, pool.vi, np.array([tau2]), restricted)[0]) - peak
    bottom = max(float(values.min()), min(_BELOW * cut, 1.1 * at))
    y = plain_scale(bottom, 0.0, "Log likelihood below its maximum")
    x = plain_scale(0.0, float(grid[-1]), "τ², variance between studies", snap=False)
    curve = Curve(tuple(zip(grid.tolist(), values.tolist(), strict=True)), "summary", 1.2)
    level = Curve(((0.0, cut), (float(grid[-1]), cut)), "secondary", 0.6, DASHES)
    ends = [Curve(((v, y.low), (v, cut)), "secondary", 0.6, DASHES) for v in (low, high) if np.isfinite(v)]
    dot = Dot(
        tau2, at, f"{pool.tau2_method}: {equals('τ²', variance_text(tau2))}", f"τ² = {variance_text(tau2)}"
    )
    shade = Area(
        ((low, y.low), (low, 0.0), (min(high, float(grid[-1])), 0.0), (min(high, float(grid[-1])), y.low))
    )
    return Chart(_words(pool, found, tau2, restricted), x, y, (shade,), (level, *ends, curve), (dot,))


def log_likelihood(yi: FloatArray, vi: FloatArray, tau2: FloatArray, restricted: bool) -> FloatArray:
    """The log likelihood at each tau2, the mean at its best, up to a constant."""
    w = 1.0 / (vi + tau2[:, None])
    total = w.sum(axis=1)
    mu = (w * yi).sum(axis=1) / total
    value = 0.5 * np.log(w).sum(axis=1) - 0.5 * (w * np.square(yi - mu[:, None])).sum(axis=1)
    found: FloatArray = value - 0.5 * np.log(total) if restricted else value
    return found


def _peak(pool: Pool, restricted: bool, seen: float, tau2: float) -> float:
    """The maximum, from a finer grid about the highest point seen."""
    fine = np.linspace(0.0, 4.0 * tau2 + float(pool.vi.max()), 4001)
    return max(seen, float(log_likelihood(pool.yi, pool.vi, fine, restricted).max()))


def _words(pool: Pool, found: Interval, tau2: float, restricted: bool) -> Words:
    kind = "restricted likelihood" if restricted else "likelihood"
    ends = f"{variance_text(found.low)} to {variance_text(found.high) if np.isfinite(found.high) else '∞'}"
    told = [
        f"The estimate by {pool.tau2_method} is {equals('τ²', variance_text(tau2))}",
        f"its {level_text(pool.level)} profile interval from the {kind} is {ends}",
    ]
    return Words(
        name=name_of(pool, "profile"),
        kind="Profile likelihood of τ²",
        title=title_of(pool),
        description=" ".join(sentence(one) for one in told),
        lines=(sentence("; ".join(told)),),
        notes=("The curve is flat where the studies say little about τ².",),
        keys=(
            Key("line", "summary", f"profile of the {kind}"),
            Key("dash", "secondary", f"level of the {level_text(pool.level)} interval, which is shaded"),
        ),
    )
