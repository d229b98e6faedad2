"""What `subgroups` takes, refuses and gives."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synthesis import pool
from synthesis.errors import PoolingError, UnknownName
from synthesis.fit import NotDefined
from synthesis.regressing import regress
from synthesis.subgrouping import subgroups

YI = [0.2, 0.9, 0.4, -0.3, 0.6, 0.1, 0.5]
VI = [0.05, 0.08, 0.04, 0.1, 0.03, 0.06, 0.09]
BY = ["a", "b", "a", "b", "a", "b", "c"]


@st.composite
def data(draw):
    k = draw(st.integers(4, 9))
    yi = np.round(draw(st.lists(st.floats(-3, 3), min_size=k, max_size=k)), 3)
    vi = np.round(draw(st.lists(st.floats(0.01, 1), min_size=k, max_size=k)), 3)
    by = draw(st.lists(st.sampled_from("ab"), min_size=k - 4, max_size=k - 4))
    return yi, vi, ["a", "a", "b", "b", *by]


@pytest.mark.parametrize("common", [False, True])
@given(drawn=data())
@settings(max_examples=15, deadline=None)
def test_one_group_is_the_pool(common, drawn):
    yi, vi, _ = drawn
    found = subgroups(yi=yi, vi=vi, by=["all"] * len(yi), common_tau2=common)
    whole = pool(yi=yi, vi=vi)
    assert found.groups[0].mean.mu == pytest.approx(whole.mu, rel=1e-8, abs=1e-10)
    assert found.groups[0].mean.se == pytest.approx(whole.se, rel=1e-8)
    assert isinstance(found.between, NotDefined)


@given(data())
@settings(max_examples=15, deadline=None)
def test_q_is_what_is_within_and_between_groups(drawn):
    yi, vi, by = drawn
    found = subgroups(yi=yi, vi=vi, by=by, model="common-effect")
    total = found.within.statistic + found.between_common.statistic
    assert total == pytest.approx(found.overall.heterogeneity.q, rel=1e-8, abs=1e-9)


@given(data())
@settings(max_examples=15, deadline=None)
def test_groups_that_share_tau2_are_a_regression(drawn):
    yi, vi, by = drawn
    found = subgroups(yi=yi, vi=vi, by=by, common_tau2=True, interval="Wald")
    fit = regress(yi=yi, vi=vi, moderators={"by": by}, interval="Wald")
    assert found.groups[0].tau2 == pytest.approx(fit.tau2, rel=1e-8, abs=1e-10)
    assert found.between.statistic == pytest.approx(fit.moderators.statistic, rel=1e-6, abs=1e-9)


@given(data(), st.integers(0, 99))
@settings(max_examples=15, deadline=None)
def test_the_order_of_studies_does_not_matter(drawn, seed):
    yi, vi, by = drawn
    order = np.random.default_rng(seed).permutation(len(yi))
    one = subgroups(yi=yi, vi=vi, by=by)
    other = subgroups(yi=yi[order], vi=vi[order], by=[by[i] for i in order])
    assert other.between.statistic == pytest.approx(one.between.statistic, rel=1e-6, abs=1e-9)
    assert other.group("a").mean.mu == pytest.approx(one.group("a").mean.mu, rel=1e-6, abs=1e-9)


@given(data(), st.floats(-5, 5))
@settings(max_examples=15, deadline=None)
def test_a_shift_of_all_effects_does_not_make_groups_differ(drawn, shift):
    yi, vi, by = drawn
    one, other = (subgroups(yi=y, vi=vi, by=by, model="common-effect") for y in (yi, yi + shift))
    assert other.between.statistic == pytest.approx(one.between.statistic, rel=1e-6, abs=1e-8)


def test_a_group_of_one_study_has_its_own_result():
    group = subgroups(yi=YI, vi=VI, by=BY).group("c")
    assert (group.k, group.mean.mu, group.mean.se) == (1, 0.5, pytest.approx(0.3))
    assert isinstance(group.tau2, NotDefined)


def test_a_tau2_common_to_all_widens_a_group_of_one_study():
    found = subgroups(yi=YI, vi=VI, by=BY, common_tau2=True)
    group = found.group("c")
    assert group.mean.se == pytest.approx(np.sqrt(0.09 + group.tau2))
    assert group.tau2 == found.group("a").tau2 > 0.0


def test_groups_can_be_named_by_study():
    labels = [f"study {i}" for i in range(7)]
    found = subgroups(yi=YI, vi=VI, labels=labels, by=dict(zip(labels, BY, strict=True)))
    assert found.between == subgroups(yi=YI, vi=VI, by=BY).between


def test_a_given_tau2_holds_for_every_group():
    found = subgroups(yi=YI, vi=VI, by=BY, tau2=0.3)
    assert [group.tau2 for group in found.groups[:2]] == [0.3, 0.3]


def test_a_result_is_plain_json_and_reads_well():
    found = subgroups(yi=YI, vi=VI, by=BY)
    plain = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert [group["level"] for group in plain["groups"]] == ["a", "b", "c"]
    assert "groups differ: chi-square" in str(found)
    assert "c: 0.500 [" in str(found)
    assert "3 groups, with a tau2 of its own for each group" in found.explain()


def test_a_result_is_a_table_for_pandas_and_for_notebooks():
    found = subgroups(yi=YI, vi=VI, by=BY)
    assert found.to_frame().loc["b", "mu"] == found.group("b").mean.mu
    assert found._repr_html_().count("<tr>") == 5


@pytest.mark.parametrize(
    ("by", "options", "said"),
    [
        (None, {}, "say with by="),
        (BY[:6], {}, "by holds 6 groups but there are 7 effects"),
        ([*BY[:6], None], {}, "no group is given for: row 7"),
        ([*BY[:6], float("nan")], {}, "no group is given for: row 7"),
        ({"1": "a"}, {}, "no group is given for: 2, 3"),
        (list("abcdefg"), {"common_tau2": True}, "every group is one study"),
    ],
)
def test_bad_groups_are_refused_by_name(by, options, said):
    with pytest.raises(PoolingError, match=said):
        subgroups(yi=YI, vi=VI, by=by, **options)


def test_unknown_names_list_what_there_is():
    with pytest.raises(UnknownName, match="unknown model 'peto'; choose random-effects, common-effect"):
        subgroups(yi=YI, vi=VI, by=BY, model="peto")
    with pytest.raises(UnknownName, match="unknown group 'd'"):
        subgroups(yi=YI, vi=VI, by=BY).group("d")
