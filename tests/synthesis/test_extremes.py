"""Numbers at the ends of what is possible: an answer without nan, or an error that says where; no warning.

Every estimator, interval, prediction and model of the registries goes through every one of these data sets.
"""

import dataclasses
import math
import warnings

import numpy as np
import pytest

from evidence import effect_sizes
from evidence.calculating import InputError
from synthesis import (
    ZeroCells,
    cumulative,
    gosh,
    influence,
    leave_one_out,
    mantel_haenszel,
    peto,
    pool,
    pool_many,
    regress,
    small_study,
    subgroups,
    trim_and_fill,
)
from synthesis.errors import PoolingError
from synthesis.fit import NotDefined
from synthesis.models.regression import INTERVALS as REGRESSION_INTERVALS
from synthesis.models.regression_tau2 import REGRESSION_TAU2
from synthesis.pooling import ALL_INTERVALS, ALL_PREDICTIONS
from synthesis.pooling_many import BATCH_INTERVALS
from synthesis.tau2 import TAU2
from synthesis.tau2_intervals import TAU2_INTERVALS

SETS = {
    "one study": ([0.3], [0.1]),
    "two equal studies": ([0.3, 0.3], [0.1, 0.1]),
    "two, one nearly certain": ([0.3, 0.9], [1e-30, 0.1]),
    "equal effects": ([0.5, 0.5, 0.5], [0.1, 0.2, 0.3]),
    "equal effects not exact in binary": ([1 / 3] * 5, [0.1] * 5),
    "no effect anywhere": ([0.0, 0.0, 0.0], [0.1, 0.1, 0.1]),
    "huge effects": ([1e8, 1.1e8, -1e8, 5e7], [0.1, 0.2, 0.3, 0.4]),
    "huge effects, close together": ([1e8, 1e8 + 1, 1e8 - 1, 1e8], [0.1, 0.2, 0.3, 0.4]),
    "one nearly certain": ([0.1, 0.2, 0.5, 0.3], [1e-30, 0.1, 0.2, 0.1]),
    "two nearly certain": ([0.1, 0.2, 0.5, 0.3], [1e-30, 0.1, 1e-30, 0.1]),
    "one says nothing": ([0.1, 0.2, 0.5, 0.3], [1e30, 0.1, 0.2, 0.1]),
    "all say nothing": ([0.1, 0.2, 0.5], [1e30, 1e30, 1e30]),
    "all nearly certain": ([0.1, 0.2, 0.5], [1e-30, 1e-30, 1e-30]),
    "tiny numbers": ([1e-9, 2e-9, -1e-9], [1e-20, 2e-20, 1e-20]),
    "minute numbers": ([1e-100, 2e-100, -1e-100], [1e-201, 2e-201, 1e-200]),
    "one far off, certain": ([0.0, 0.0, 0.0, 1e6], [1.0, 1.0, 1.0, 1e-6]),
    "one nearly certain, all equal": ([0.1, 0.1, 0.1], [1e-30, 0.1, 0.2]),
}
REFUSED = {
    "nothing": ([], [], "nothing to pool"),
    "a variance of 0": ([0.1, 0.2], [0.0, 0.1], "row 1: vi is 0"),
    "a negative variance": ([0.1, 0.2], [0.1, -1.0], "row 2: vi is -1"),
    "an infinite variance": ([0.1, 0.2], [np.inf, 0.1], "row 1: vi is inf"),
    "no variance": ([0.1, 0.2], [0.1, np.nan], "row 2: vi is nan"),
    "no effect": ([np.nan, 0.2], [0.1, 0.1], "row 1: yi is nan"),
    "an infinite effect": ([0.1, np.inf], [0.1, 0.1], "row 2: yi is inf"),
    "beyond floating point": ([0.1, 0.2], [1e-300, 0.1], "right unit"),
    "too unlike": ([0.1, 0.2], [1e-200, 1e-100], "right unit"),
}
EVERY = pytest.mark.parametrize("name", SETS)


@pytest.fixture(autouse=True)
def _warnings_are_errors():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def numbers(value, path=""):
    """Every float in a record, with where it stands."""
    if isinstance(value, float):
        yield path, value
    elif isinstance(value, np.ndarray) and value.dtype.kind == "f":
        yield from ((path, float(one)) for one in value.ravel())
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from numbers(one, f"{path}.{key}")
    elif isinstance(value, list | tuple):
        for one in value:
            yield from numbers(one, path)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            if field.name not in ("table", "basis", "coding"):
                yield from numbers(getattr(value, field.name), f"{path}.{field.name}")


def sound(job, *more):
    """What the job gives, without a nan in it or in what `more` makes of it; None if it is refused."""
    try:
        found = job()
    except PoolingError as error:
        assert str(error)
        return None
    for one in (found, *(make(found) for make in more)):
        assert [path for path, number in numbers(one) if math.isnan(number)] == []
    return found


def dict_of(fit):
    return fit.to_dict()


def whole(fit):
    return [str(fit), fit.explain(), fit._repr_html_(), fit.to_dict()]


@EVERY
@pytest.mark.parametrize("tau2", [*TAU2, 0.0, 1.0, 1e30])
def test_every_estimator(name, tau2):
    yi, vi = SETS[name]
    assert sound(lambda: pool(yi=yi, vi=vi, tau2=tau2), whole) is not None
    assert sound(lambda: pool_many([yi, yi], [vi, vi], tau2=tau2), str) is not None


@EVERY
@pytest.mark.parametrize("tau2", ["DL", 0.0])
@pytest.mark.parametrize("interval", ALL_INTERVALS)
def test_every_interval(name, interval, tau2):
    yi, vi = SETS[name]
    found = sound(lambda: pool(yi=yi, vi=vi, tau2=tau2, interval=interval, draws=100), str, dict_of)
    assert found is not None or interval == "permutation"


@EVERY
@pytest.mark.parametrize("interval", ALL_INTERVALS)
def test_every_interval_of_the_common_effect(name, interval):
    yi, vi = SETS[name]
    sound(lambda: pool(yi=yi, vi=vi, model="common-effect", interval=interval, draws=100), whole)


@EVERY
def test_every_interval_of_a_batch(name):
    yi, vi = SETS[name]
    for interval in BATCH_INTERVALS:
        found = sound(lambda chosen=interval: pool_many([yi, yi], [vi, vi], interval=chosen), lambda m: m.p)
        assert found is not None


@EVERY
def test_every_prediction_and_interval_of_tau2(name):
    yi, vi = SETS[name]
    for one in ALL_PREDICTIONS:
        sound(lambda chosen=one: pool(yi=yi, vi=vi, prediction=chosen, draws=100), whole)
    for one in TAU2_INTERVALS:
        sound(lambda chosen=one: pool(yi=yi, vi=vi, tau2_interval=chosen), whole)


@EVERY
@pytest.mark.parametrize("tau2", [*REGRESSION_TAU2, 0.0])
def test_every_estimator_beside_moderators(name, tau2):
    yi, vi = SETS[name]
    for moderators in ({"x": list(range(len(yi)))}, {"g": (["a", "b"] * len(yi))[: len(yi)]}, None):
        sound(lambda x=moderators: regress(yi=yi, vi=vi, moderators=x, tau2=tau2), whole, asked)


@EVERY
def test_regressions_their_influence_and_subgroups(name):
    yi, vi = SETS[name]
    for interval in REGRESSION_INTERVALS:
        sound(lambda chosen=interval: regress(yi=yi, vi=vi, interval=chosen), whole)
    sound(lambda: regress(yi=yi, vi=vi).influence())
    groups = (["a", "b"] * len(yi))[: len(yi)]
    for common in (True, False):
        sound(lambda one=common: subgroups(yi=yi, vi=vi, by=groups, common_tau2=one), str)


def asked(fit):
    return [fit.heterogeneity, fit.r2, fit.moderators, fit.p, fit.likelihood, fit.predict()]


@EVERY
def test_every_diagnostic(name):
    yi, vi = SETS[name]
    fit = pool(yi=yi, vi=vi)
    for diagnose in (leave_one_out, influence, cumulative, gosh, trim_and_fill, small_study):
        assert diagnose(fit) is not None


@pytest.mark.parametrize("tau2", TAU2)
def test_trim_and_fill_takes_every_estimator(tau2):
    fit = pool(yi=[0.1, 0.2, 0.3, 0.8, 0.9], vi=[0.01, 0.01, 0.02, 0.2, 0.3], tau2=tau2)
    assert not isinstance(trim_and_fill(fit), NotDefined)


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_pooled_is_said_with_its_place(name):
    yi, vi, said = REFUSED[name]
    with pytest.raises(PoolingError, match=said):
        pool(yi=yi, vi=vi)
    with pytest.raises(PoolingError):
        pool_many([yi, yi], [vi, vi])
    with pytest.raises(PoolingError):
        regress(yi=yi, vi=vi)


def test_a_regression_names_the_variances_that_are_too_unlike():
    with pytest.raises(PoolingError, match=r"variance of tiny \(1e-30\).*beside that of usual \(0.1\)"):
        regress(yi=[0.1, 0.2, 0.3], vi=[1e-30, 0.1, 0.05], labels=["tiny", "usual", "other"])


@pytest.mark.parametrize("tau2", ["DL", "HE", "SJ", "DL2", "CA2", "GENQ", "REML", "PM"])
def test_a_study_known_exactly_leaves_what_pairs_of_studies_say(tau2):
    """As one variance goes to 0 estimates of tau2 tend to those with a variance of 1e-9."""
    yi = [0.1, 0.9, -0.5, 0.3]
    limit = pool(yi=yi, vi=[1e-30, 0.1, 0.2, 0.1], tau2=tau2).heterogeneity
    near = pool(yi=yi, vi=[1e-9, 0.1, 0.2, 0.1], tau2=tau2).heterogeneity
    assert limit.tau2 == pytest.approx(near.tau2, rel=1e-5, abs=1e-9)
    assert limit.tau2_se == pytest.approx(near.tau2_se, rel=1e-4, abs=1e-9)


CELLS = [
    (0, 10, 0, 10),
    (10, 10, 10, 10),
    (0, 10, 10, 10),
    (0, 0, 0, 0),
    (5, 10, np.nan, 10),
    (12, 10, 3, 10),
]


@pytest.mark.parametrize("measure", ["OR", "RR", "RD", "IRR", "IRD"])
@pytest.mark.parametrize("cells", CELLS)
def test_mantel_haenszel_of_empty_and_full_cells(measure, cells):
    for k in (1, 2):
        columns = [[cell] * k for cell in cells]
        for zero_cells in (ZeroCells(), ZeroCells(drop00=True)):
            sound(lambda c=columns, z=zero_cells: mantel_haenszel(*c, measure=measure, zero_cells=z), str)
        sound(lambda c=columns: peto(*c), str)


@pytest.mark.parametrize("measure", ["OR", "RR", "RD", "AS", "PETO", "PHI", "YUQ", "YUY"])
@pytest.mark.parametrize("cells", CELLS)
def test_measures_of_empty_and_full_cells(measure, cells):
    names = ("ai", "n1i", "ci", "n2i")
    try:
        found = effect_sizes(measure, **{name: [cell] for name, cell in zip(names, cells, strict=True)})
    except InputError as error:
        assert str(error)
        return
    assert found.yi.shape == found.vi.shape == (1,)
