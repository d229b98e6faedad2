"""Two pools beside each other."""

import json

from synthesis import compare, pool

STUDIES = {"yi": [0.2, 0.9, 0.4, 0.3], "vi": [0.05, 0.08, 0.04, 0.02]}


def test_what_differs_is_marked_and_what_does_not_is_not():
    found = compare(pool(**STUDIES), pool(**STUDIES, tau2="DL"))
    differs = {line.name: line.differs for line in found.lines}
    assert differs["tau2 by"] and not differs["studies"] and not differs["interval"]
    text = str(found)
    assert "tau2 by" in text and "REML" in text and "DL  *" in text


def test_a_pool_beside_itself_differs_in_nothing():
    one = pool(**STUDIES, measure="RR")
    found = compare(one, one)
    assert found.difference == 0 and found.width_ratio == 1
    assert found.same_studies and found.same_conclusion
    assert not any(line.differs for line in found.lines)


def test_intervals_with_and_without_no_effect_are_said_to_be_so():
    found = compare(pool(**STUDIES, tau2=0.5), pool(**STUDIES, interval="Wald", tau2=0.0))
    assert not found.same_conclusion
    assert "One interval holds no effect, the other does not." in str(found)


def test_other_studies_are_said_to_be_others():
    found = compare(pool(**STUDIES), pool(yi=STUDIES["yi"][:3], vi=STUDIES["vi"][:3]))
    assert not found.same_studies
    assert "different studies" in str(found)


def test_a_proportion_has_no_conclusion_to_change():
    assert compare(pool(**STUDIES, measure="PLO"), pool(**STUDIES, measure="PLO", tau2="DL")).same_conclusion


def test_a_comparison_can_be_written_as_json():
    plain = compare(pool(**STUDIES), pool(**STUDIES, tau2="PM")).to_dict()
    assert json.loads(json.dumps(plain, allow_nan=False)) == plain


def test_one_study_can_be_compared():
    one = pool(yi=[0.2], vi=[0.05])
    assert "not defined" in str(compare(one, pool(**STUDIES)))


def test_studies_without_names_are_not_other_studies():
    numbers = {"yi": [0.1, 0.4, 0.3], "vi": [0.02, 0.05, 0.04]}
    named = pool(**numbers, labels=["Ada", "Ben", "Cho"])
    assert compare(named, pool(**numbers)).same_studies
    assert not compare(named, pool(**numbers, labels=["Ada", "Ben", "Eva"])).same_studies
