"""Printed means give a measure the inputs it takes, under its names, and say when they cannot."""

import pytest

from evidence.claims import Place, Share, Summary
from evidence.derivation.from_counts import from_counts
from evidence.derivation.from_means import from_change, from_means
from evidence.derivation.inputs import Inputs, Missing
from evidence.measures import codes, get
from evidence.values import reported

PLACE = Place("s", "s/e", "e", "e")


def summary(arm, mean, sd, n, time=None, r=None):
    printed = {"mean": reported(mean), "sd": reported(sd), "n": reported(n)}
    return Summary(PLACE, arm, time, correlation=reported(r) if r else None, **printed)


ARMS = (summary("a", "55", "47", "155"), summary("b", "75", "64", "156"))
BEFORE, AFTER = summary("a", "30", "4.5", "25", "before"), summary("a", "24", "4.7", "25", "after", "0.5")


@pytest.mark.parametrize("code", [code for code in codes() if get(code).kind == "continuous"])
def test_every_measure_of_means_finds_its_inputs(code):
    names = get(code).inputs
    found = from_means(ARMS[: 2 if any("1" in name for name in names) else 1], names)
    assert isinstance(found, Inputs)
    assert set(found.values) == set(names)
    assert get(code).effect(**found.values)[1] > 0


@pytest.mark.parametrize("code", [code for code in codes() if get(code).kind.startswith("within")])
def test_every_measure_of_change_finds_its_inputs(code):
    by_before = get(code).kind == "within-raw"
    found = from_change(BEFORE, AFTER, get(code).inputs, by_before=by_before)
    assert isinstance(found, Inputs)
    assert set(found.values) == set(get(code).inputs)
    assert get(code).effect(**found.values)[1] > 0


def test_a_change_is_standardised_by_the_spread_before_treatment():
    found = from_change(BEFORE, AFTER, get("SMCR").inputs, by_before=True)
    assert found.values == {"m1i": 24.0, "m2i": 30.0, "sd1i": 4.5, "ri": 0.5, "ni": 25.0}
    plain = from_change(BEFORE, AFTER)
    assert (plain.values["sd1i"], plain.values["sd2i"]) == (4.7, 4.5)


def test_one_arm_has_no_difference_and_two_no_single_mean():
    assert isinstance(from_means(ARMS[:1], get("MD").inputs), Missing)
    assert isinstance(from_means(ARMS, get("MN").inputs), Missing)


def test_counts_of_one_arm_have_no_ratio_and_of_two_no_single_proportion():
    shares = [Share(PLACE, arm, n=reported("20"), events=reported("5")) for arm in "ab"]
    assert isinstance(from_counts(shares[:1], get("RR").inputs), Missing)
    assert isinstance(from_counts(shares, get("PLO").inputs), Missing)
    assert isinstance(from_counts(shares, get("RR").inputs), Inputs)
