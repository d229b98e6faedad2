"""What `regress` takes, refuses and gives."""

import json
from dataclasses import FrozenInstanceError

import numpy as np
import pandas
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synthesis import pool
from synthesis.errors import PoolingError, UnknownName
from synthesis.fit import Interval, NotDefined
from synthesis.models.regression import INTERVALS
from synthesis.models.regression_comparing import likelihood_ratio
from synthesis.models.regression_tau2 import REGRESSION_TAU2
from synthesis.regressing import regress
from synthesis.tau2 import TAU2

YI = [0.2, 0.9, 0.4, -0.3, 0.6, 0.1]
VI = [0.05, 0.08, 0.04, 0.1, 0.03, 0.06]
DOSE = [1.0, 4.0, 2.0, 0.5, 3.0, 1.5]
DESIGN = ["trial", "cohort", "trial", "cohort", "trial", "case-control"]
METHODS = [name for name in TAU2 if name in REGRESSION_TAU2]

effects = st.lists(st.floats(-3, 3), min_size=5, max_size=9)


@st.composite
def data(draw):
    """Effects, variances and a moderator that is not constant."""
    yi = np.round(draw(effects), 3)
    k = len(yi)
    vi = np.round(draw(st.lists(st.floats(0.01, 1), min_size=k, max_size=k)), 3)
    x = np.array(draw(st.permutations(range(k))), dtype=float)
    return yi, vi, x


# --- agreement with pool() ---------------------------------------------------------------------------------


@pytest.mark.parametrize("interval", INTERVALS)
@pytest.mark.parametrize("method", METHODS)
def test_an_intercept_alone_is_the_pool(method, interval):
    one, other = (f(yi=YI, vi=VI, tau2=method, interval=interval) for f in (regress, pool))
    found = (one.b[0], one.se[0], one.low[0], one.high[0], one.statistic[0], one.p[0], one.tau2)
    wanted = (other.mu, other.se, other.ci.low, other.ci.high, other.statistic, other.p)
    np.testing.assert_allclose(found, (*wanted, other.heterogeneity.tau2), rtol=1e-9, atol=1e-13)
    assert (one.df, one.interval_method) == (other.df, other.interval_method)


@given(data())
@settings(max_examples=40, deadline=None)
def test_an_intercept_alone_has_the_heterogeneity_of_the_pool(drawn):
    yi, vi, _ = drawn
    one, other = regress(yi=yi, vi=vi).heterogeneity, pool(yi=yi, vi=vi).heterogeneity
    for name in ("q", "p", "i2", "h2", "tau2"):
        assert getattr(one, name) == pytest.approx(getattr(other, name), rel=1e-7, abs=1e-9), name
    if isinstance(one.tau2_ci, Interval):
        assert one.tau2_ci.low == pytest.approx(other.tau2_ci.low, rel=1e-7, abs=1e-9)
        assert one.tau2_ci.high == pytest.approx(other.tau2_ci.high, rel=1e-7, abs=1e-9)


def test_an_intercept_alone_is_tested_by_the_omnibus_test():
    fit = regress(yi=YI, vi=VI, interval="Wald")
    assert fit.moderators.names == ("intercept",)
    assert fit.moderators.p == pytest.approx(float(fit.p[0]))


# --- invariance ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", REGRESSION_TAU2)
@given(data(), st.integers(-8, 8))
@settings(max_examples=15, deadline=None)
def test_effects_in_another_unit_scale_coefficients_and_tau2(method, drawn, power):
    yi, vi, x = drawn
    c = 2.0**power
    one = regress(yi=yi, vi=vi, moderators={"x": x}, tau2=method)
    other = regress(yi=c * yi, vi=c * c * vi, moderators={"x": x}, tau2=method)
    np.testing.assert_allclose(other.b, c * one.b, rtol=1e-9, atol=1e-12 * c)
    assert other.tau2 == pytest.approx(c * c * one.tau2, rel=1e-9, abs=1e-13 * c * c)


@pytest.mark.parametrize("method", REGRESSION_TAU2)
@given(drawn=data(), seed=st.integers(0, 99))
@settings(max_examples=15, deadline=None)
def test_the_order_of_studies_does_not_matter(method, drawn, seed):
    yi, vi, x = drawn
    order = np.random.default_rng(seed).permutation(len(yi))
    one = regress(yi=yi, vi=vi, moderators={"x": x}, tau2=method)
    other = regress(yi=yi[order], vi=vi[order], moderators={"x": x[order]}, tau2=method)
    np.testing.assert_allclose(other.b, one.b, rtol=1e-7, atol=1e-9)
    assert other.tau2 == pytest.approx(one.tau2, rel=1e-7, abs=1e-9)


@given(data())
@settings(max_examples=30, deadline=None)
def test_a_moderator_shifted_and_stretched_changes_only_its_coefficients(drawn):
    yi, vi, x = drawn
    one = regress(yi=yi, vi=vi, moderators={"x": x})
    other = regress(yi=yi, vi=vi, moderators={"x": 1950.0 + 0.25 * x})
    np.testing.assert_allclose(other.fitted, one.fitted, rtol=1e-7, atol=1e-8)
    assert other.b[1] == pytest.approx(4.0 * one.b[1], rel=1e-6, abs=1e-9)
    assert other.tau2 == pytest.approx(one.tau2, rel=1e-7, abs=1e-9)


@given(data())
@settings(max_examples=30, deadline=None)
def test_what_the_moderator_adds_is_not_left_over(drawn):
    yi, vi, x = drawn
    one = regress(yi=yi, vi=vi, moderators={"x": x})
    other = regress(yi=yi + 3.0 * x, vi=vi, moderators={"x": x})
    assert other.b[1] == pytest.approx(one.b[1] + 3.0, rel=1e-6, abs=1e-7)
    assert other.q == pytest.approx(one.q, rel=1e-6, abs=1e-8)


@pytest.mark.parametrize("method", REGRESSION_TAU2)
def test_every_estimator_converges_and_is_never_negative(method):
    rng = np.random.default_rng(3)
    for _ in range(60):
        k = int(rng.integers(4, 12))
        fit = regress(
            yi=rng.normal(size=k),
            vi=rng.uniform(0.01, 2.0, k),
            moderators=rng.normal(size=(k, 2)),
            tau2=method,
        )
        assert fit.converged
        assert fit.tau2 >= 0.0


def test_leverages_add_up_to_the_number_of_coefficients():
    assert regress(yi=YI, vi=VI, moderators={"dose": DOSE}).hat.sum() == pytest.approx(2.0)


# --- categorical moderators and interactions --------------------------------------------------------------


def test_words_become_contrasts_with_the_first_by_the_alphabet():
    fit = regress(yi=YI, vi=VI, moderators={"design": DESIGN})
    assert fit.names == ("intercept", "design[cohort]", "design[trial]")


def test_another_reference_can_be_chosen():
    fit = regress(yi=YI, vi=VI, moderators={"design": DESIGN}, reference={"design": "trial"})
    assert fit.names == ("intercept", "design[case-control]", "design[cohort]")


def test_without_an_intercept_every_level_has_its_mean():
    fit = regress(yi=YI, vi=VI, moderators={"design": DESIGN}, intercept=False, tau2=0.1, interval="Wald")
    trials = [i for i, one in enumerate(DESIGN) if one == "trial"]
    alone = pool(yi=np.array(YI)[trials], vi=np.array(VI)[trials], tau2=0.1)
    assert fit.coefficient("design[trial]").mu == pytest.approx(alone.mu)


def test_an_interaction_is_the_product_of_columns():
    words = ["a", "b", "a", "b", "a", "b"]
    fit = regress(yi=YI, vi=VI, moderators={"dose": DOSE, "group": words}, terms="dose * group")
    assert fit.names == ("intercept", "dose", "group[b]", "dose:group[b]")
    np.testing.assert_array_equal(fit.x[:, 3], fit.x[:, 1] * fit.x[:, 2])


def test_terms_may_be_a_list_and_say_the_same():
    words = ["a", "b", "a", "b", "a", "b"]
    values = {"dose": DOSE, "group": words}
    one = regress(yi=YI, vi=VI, moderators=values, terms=["dose", "group", "dose:group"])
    other = regress(yi=YI, vi=VI, moderators=values, terms="dose * group")
    assert one.names == other.names
    np.testing.assert_array_equal(one.b, other.b)


def test_new_words_are_coded_as_the_old():
    fit = regress(yi=YI, vi=VI, moderators={"design": DESIGN})
    found = fit.predict({"design": ["trial", "case-control"]})
    np.testing.assert_allclose(found.mu, [fit.b[0] + fit.b[2], fit.b[0]])


def test_a_prediction_at_the_studies_own_moderators_is_the_fit():
    fit = regress(yi=YI, vi=VI, moderators={"dose": DOSE})
    np.testing.assert_allclose(fit.predict().mu, fit.fitted)


def test_moderators_can_be_named_by_study():
    values = {str(i + 1): dose for i, dose in enumerate(DOSE)}
    one = regress(yi=YI, vi=VI, labels=[str(i + 1) for i in range(6)], moderators={"dose": values})
    np.testing.assert_array_equal(one.b, regress(yi=YI, vi=VI, moderators={"dose": DOSE}).b)


def test_moderators_may_be_columns_of_pandas():
    columns = pandas.DataFrame({"dose": DOSE, "design": DESIGN, "blind": [True, False] * 3})
    fit = regress(yi=YI, vi=VI, moderators=columns, terms="dose + blind")
    assert fit.names == ("intercept", "dose", "blind")
    np.testing.assert_allclose(fit.predict(columns[["dose", "blind"]]).mu, fit.fitted)


def test_new_moderators_without_names_are_numbers():
    fit = regress(yi=YI, vi=VI, moderators={"dose": DOSE})
    np.testing.assert_allclose(fit.predict([2.0, 3.0]).mu, fit.predict({"dose": [2.0, 3.0]}).mu)
    with pytest.raises(PoolingError, match="give them by name"):
        fit.predict(["low"])
    with pytest.raises(PoolingError, match="give a finite number for each of dose"):
        fit.predict([[2.0, 3.0]])
    with pytest.raises(PoolingError, match="new values are missing for: dose"):
        fit.predict({})


def test_contrasts_test_combinations():
    fit = regress(yi=YI, vi=VI, moderators={"design": DESIGN})
    assert fit.contrasts([[0, 1, 0], [0, 0, 1]]).p == pytest.approx(fit.moderators.p)


def test_a_term_stands_for_all_its_coefficients():
    words = ["a", "b", "a", "b", "a", "b"]
    fit = regress(yi=YI, vi=VI, moderators={"dose": DOSE, "group": words}, terms="dose * group")
    assert fit.test("group:dose").names == ("dose:group[b]",)
    assert fit.test("dose", "group").names == ("dose", "group[b]")
    design = regress(yi=YI, vi=VI, moderators={"design": DESIGN})
    assert design.test("design") == design.moderators


def test_a_larger_model_never_fits_worse():
    moderators = {"dose": DOSE, "year": [2001, 2004, 2002, 2010, 2009, 2003]}
    full = regress(yi=YI, vi=VI, moderators=moderators, tau2="ML")
    reduced = regress(yi=YI, vi=VI, moderators=moderators, terms="dose", tau2="ML")
    assert likelihood_ratio(full, reduced).statistic >= 0.0


def test_a_share_explained_needs_a_model_without_moderators():
    fit = regress(yi=YI, vi=VI, moderators={"dose": DOSE}, intercept=False)
    assert isinstance(fit.r2, NotDefined)


def test_studies_without_which_a_coefficient_is_lost_are_named():
    found = regress(yi=YI, vi=VI, moderators={"design": DESIGN}, labels=list("ABCDEF")).influence()
    assert found.needed == ("F",)
    assert found.labels == ("A", "B", "C", "D", "E")
    assert np.isfinite(found.rstudent).all()


# --- the result ------------------------------------------------------------------------------------------


def test_a_result_is_frozen_and_its_arrays_are_read_only():
    fit = regress(yi=YI, vi=VI, moderators={"dose": DOSE})
    with pytest.raises(FrozenInstanceError):
        fit.tau2 = 0.0
    with pytest.raises(ValueError, match="read-only"):
        fit.b[0] = 0.0


def test_a_result_is_plain_json():
    fit = regress(yi=YI, vi=VI, moderators={"dose": DOSE})
    plain = json.loads(json.dumps(fit.to_dict(), allow_nan=False))
    assert plain["names"] == ["intercept", "dose"]
    assert plain["heterogeneity"]["tau2_ci"]["method"] == "Q-profile"


def test_a_result_is_a_table_for_pandas_and_for_notebooks():
    fit = regress(yi=YI, vi=VI, moderators={"dose": DOSE})
    assert fit.to_frame().loc["dose", "b"] == fit.b[1]
    html = fit._repr_html_()
    assert html.count("<tr>") == 3
    assert "all moderators together" in html


def test_a_summary_names_every_coefficient_and_what_they_explain():
    said = str(regress(yi=YI, vi=VI, moderators={"dose": DOSE}))
    for part in ("intercept", "dose", "R2", "tau2", "all moderators together"):
        assert part in said


@pytest.mark.parametrize("interval", INTERVALS)
def test_every_interval_is_explained(interval):
    said = regress(yi=YI, vi=VI, moderators={"dose": DOSE}, interval=interval).explain()
    assert "k - p" in said or interval == "Wald"


# --- refusals --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"moderators": {"dose": DOSE[:5]}}, "moderator dose has shape .5,., but there are 6 studies"),
        ({"moderators": {"dose": [*DOSE[:5], float("nan")]}}, "dose: rows 6 hold no finite number"),
        ({"moderators": {"dose": [*DOSE[:5], None]}}, "dose"),
        ({"moderators": {"design": ["a"] * 6}}, "design has a single level, 'a'"),
        ({"moderators": {"design": ["a", "b", "a", "b", "a", 3]}}, "design: rows 6 hold no word"),
        ({"moderators": {"one": [2.0] * 6}}, "one: constant, or a combination"),
        ({"moderators": {"a": DOSE, "b": [2 * d for d in DOSE]}}, "^b: constant, or a combination"),
        ({"moderators": np.eye(6)[:, :5]}, "6 studies do not give 6 coefficients"),
        ({"moderators": np.eye(5)}, "moderators have shape .5, 5., but there are 6 studies"),
        ({"intercept": False}, "no intercept and no moderator"),
        ({"level": 0.95}, "did you mean 95"),
        ({"tau2": -1.0}, "tau2 is -1"),
    ],
)
def test_bad_input_is_refused_by_name(options, said):
    with pytest.raises(PoolingError, match=said):
        regress(yi=YI, vi=VI, **options)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"terms": "dosis"}, "unknown moderator 'dosis'; choose dose .did you mean dose"),
        ({"tau2": "RELM"}, "did you mean REML"),
        ({"interval": "knha"}, "unknown interval"),
        ({"model": "fixed"}, "unknown model"),
    ],
)
def test_unknown_names_list_what_there_is(options, said):
    with pytest.raises(UnknownName, match=said):
        regress(yi=YI, vi=VI, moderators={"dose": DOSE}, **options)


def test_a_level_that_was_not_there_cannot_be_predicted():
    fit = regress(yi=YI, vi=VI, moderators={"design": DESIGN})
    with pytest.raises(UnknownName, match="unknown level of design 'registry'"):
        fit.predict({"design": ["registry"]})


def test_restricted_likelihoods_are_not_compared():
    full, reduced = (regress(yi=YI, vi=VI, moderators=m) for m in ({"dose": DOSE}, None))
    with pytest.raises(PoolingError, match='tau2="ML"'):
        likelihood_ratio(full, reduced)


def test_an_estimator_that_regressions_have_not_is_answered_with_those_they_have():
    with pytest.raises(ValueError, match="unknown tau2 estimator of a regression 'GENQ'; choose"):
        regress(yi=[0.1, 0.4, 0.3, 0.9], vi=[0.1, 0.1, 0.2, 0.1], moderators={"x": [1, 2, 3, 4]}, tau2="GENQ")
