"""Combined p-values agree with poolr and metap to 1e-8, and what `combine_p` refuses."""

import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synthesis.combining_p import ADJUSTABLE, METHODS, combine_p
from synthesis.correlated_tests import EFFECTIVE, effective_number
from synthesis.errors import PoolingError, UnknownName

ORACLES = Path(__file__).parents[1] / "oracles"
DATASETS = sorted(path.stem for path in ORACLES.glob("pcomb_*.json"))
CALLS = {
    "poolr.fisher": {"method": "fisher"},
    "poolr.stouffer": {"method": "stouffer"},
    "poolr.invchisq": {"method": "inverse-chi-square", "degrees": 1},
    "poolr.binomtest": {"method": "binomial"},
    "poolr.bonferroni": {"method": "bonferroni"},
    "poolr.tippett": {"method": "tippett"},
    "metap.sumlog": {"method": "fisher"},
    "metap.sumz": {"method": "stouffer"},
    "metap.logitp": {"method": "logit"},
    "metap.meanp": {"method": "mean"},
    "metap.sump": {"method": "sum"},
    "metap.votep": {"method": "votes"},
    "metap.minimump": {"method": "tippett"},
    "metap.maximump": {"method": "maximum"},
    "metap.wilkinsonp": {"method": "wilkinson"},
    "metap.meanz": {"method": "mean-z"},
    "metap.invchisq": {"method": "inverse-chi-square"},
    "metap.truncated": {"method": "truncated"},
}
STATISTICS = ("statistic", "z", "chisq", "t")
COMPARED = 131

p_values = st.lists(st.floats(1e-6, 0.999), min_size=2, max_size=8)


@cache
def oracle(dataset):
    return json.loads((ORACLES / f"{dataset}.json").read_text(encoding="utf-8"))


def found(dataset, entry):
    columns, args = oracle(dataset)["input"], entry["args"]
    call = dict(CALLS[".".join(entry["id"].split(".")[:2])])
    if args.get("adjust", "none") != "none":
        call |= {"adjust": args["adjust"], "correlation": columns["R"]}
    if "weights" in args:
        call |= {"weights": args["weights"]}
    if "k" in args:
        call |= {"degrees": args["k"]}
    return combine_p(columns["p"], **call)


def pairs(dataset):
    for entry in oracle(dataset)["expected"]:
        combined = found(dataset, entry)
        for name, expected in entry["result"].items():
            field = "statistic" if name in STATISTICS else {"m_eff": "tests"}.get(name, name)
            yield f"{entry['id']}.{name}", getattr(combined, field), expected


@pytest.mark.parametrize("dataset", DATASETS)
def test_every_number_agrees(dataset):
    for where, value, expected in pairs(dataset):
        assert value == pytest.approx(expected, rel=1e-8), where


def test_the_number_of_numbers_compared_has_not_shrunk():
    assert sum(1 for dataset in DATASETS for _ in pairs(dataset)) == COMPARED


def test_every_method_is_compared():
    assert {call["method"] for call in CALLS.values()} == set(METHODS)


@pytest.mark.parametrize("method", METHODS)
@given(p=p_values, seed=st.integers(0, 99))
@settings(max_examples=20, deadline=None)
def test_the_order_does_not_matter_and_a_probability_comes_out(method, p, seed):
    one = combine_p(p, method)
    other = combine_p(np.random.default_rng(seed).permutation(p), method)
    assert 0.0 <= one.p <= 1.0
    assert other.p == pytest.approx(one.p, rel=1e-6, abs=1e-12)


@pytest.mark.parametrize("method", [name for name in METHODS if name not in ("mean-z",)])
@given(p=p_values)
@settings(max_examples=20, deadline=None)
def test_smaller_p_values_never_combine_to_a_larger_one(method, p):
    smaller = [0.5 * one for one in p]
    assert combine_p(smaller, method).p <= combine_p(p, method).p * (1 + 1e-9) + 1e-12


@pytest.mark.parametrize(
    "method", ["fisher", "stouffer", "tippett", "wilkinson", "maximum", "sum", "bonferroni"]
)
def test_a_single_p_value_stays_itself(method):
    assert combine_p([0.03], method).p == pytest.approx(0.03)


@pytest.mark.parametrize("adjust", EFFECTIVE)
def test_uncorrelated_tests_count_for_themselves(adjust):
    assert effective_number(np.eye(5), adjust) == 5


@pytest.mark.parametrize("adjust", EFFECTIVE)
@pytest.mark.parametrize("method", ADJUSTABLE)
def test_wholly_correlated_tests_count_for_one(method, adjust):
    combined = combine_p([0.03, 0.03, 0.03], method, correlation=np.ones((3, 3)), adjust=adjust)
    assert combined.tests == 1


def test_many_p_values_are_summed_exactly():
    p = np.random.default_rng(1).uniform(size=60)
    assert combine_p(p, "sum").p == pytest.approx(combine_p(p, "mean").p, abs=0.01)


@pytest.mark.parametrize(
    ("p", "options", "said"),
    [
        ([0.2, 0.0], {}, "row 2: p is 0"),
        ([0.2, 1.2], {}, "row 2: p is 1.2"),
        ([0.2, float("nan")], {}, "row 2: p is nan"),
        ([0.2, 1.0], {"method": "stouffer"}, "below 1"),
        ([], {}, "one row of p-values"),
        ([0.2, 0.3], {"weights": [1, 2]}, "'fisher' has no weights"),
        ([0.2, 0.3], {"method": "stouffer", "weights": [1, 2, 3]}, "2 positive numbers"),
        ([0.2, 0.3], {"method": "wilkinson", "rank": 3}, "rank is 3"),
        ([0.2, 0.3], {"method": "binomial", "alpha": 5}, "alpha is 5"),
        ([0.2, 0.3], {"adjust": "gao"}, "needs both"),
        ([0.2, 0.3], {"adjust": "gao", "correlation": np.eye(3)}, "shape .3, 3., but there are 2 p-values"),
        ([0.2, 0.3], {"adjust": "gao", "correlation": [[1, 2], [2, 1]]}, "no correlation matrix"),
        ([0.2, 0.3], {"method": "sum", "adjust": "gao", "correlation": np.eye(2)}, "'sum' is not adjusted"),
    ],
)
def test_bad_input_is_refused_by_name(p, options, said):
    with pytest.raises(PoolingError, match=said):
        combine_p(p, **options)


def test_unknown_names_list_what_there_is():
    with pytest.raises(UnknownName, match="did you mean fisher"):
        combine_p([0.2], "fischer")
    with pytest.raises(UnknownName, match="unknown adjustment"):
        combine_p([0.2], correlation=[[1]], adjust="bonferroni")
