"""Columns of printed numbers become effect sizes, whatever of them is printed, and say how."""

import json
from pathlib import Path

import numpy as np
import pytest

import evidence
from evidence import measures
from evidence.calculating import COLUMNS, InputError, effect_sizes
from evidence.derivation.inputs_of_measures import ROUTES, routes_to

ORACLES = Path(__file__).parents[1] / "oracles"
LOOSE = {"RTET": {"rtol": 1e-4, "atol": 1e-4}}


def cases():
    for path in sorted(ORACLES.glob("escalc_*.json")):
        oracle = json.loads(path.read_text(encoding="utf-8"))
        for entry in oracle["expected"]:
            if ".add" not in entry["id"]:
                yield path.stem, entry["id"], oracle["input"], entry["args"], entry["result"]


@pytest.mark.parametrize("case", list(cases()), ids=lambda case: f"{case[0]}-{case[1]}")
def test_the_whole_table_of_an_oracle_gives_its_effects(case):
    _, _, columns, args, result = case
    found = effect_sizes(**columns, **args)
    expected = np.array(result["yi"], dtype=float)
    np.testing.assert_allclose(
        found.yi, expected, **LOOSE.get(args["measure"], {"rtol": 1e-10, "atol": 1e-13})
    )
    if args["measure"] != "RTET":  # compared, with what is left, beside the measures
        np.testing.assert_allclose(found.vi, np.array(result["vi"], dtype=float), rtol=1e-10, atol=1e-13)


def test_it_is_a_door():
    assert evidence.effect_sizes is effect_sizes


def test_every_name_of_a_measure_or_route_is_a_column():
    named = {name for code in measures.codes() for name in measures.get(code).inputs}
    named |= {name for route in ROUTES for name in (*route.sources, route.target)}
    assert named == COLUMNS


def test_every_route_serves_a_measure():
    served = {route for code in measures.codes() for route in routes_to(measures.get(code))}
    assert served == set(ROUTES)


def test_tables_by_their_four_cells():
    four = effect_sizes("OR", ai=[4], bi=[119], ci=[11], di=[128])
    np.testing.assert_array_equal(four.yi, measures.get("OR").effect([4], [123], [11], [139])[0])


def test_sizes_that_are_not_their_cells_are_refused():
    with pytest.raises(InputError, match="n1i is not ai [+] bi in every study"):
        effect_sizes("OR", ai=[4], bi=[119], n1i=[120], ci=[11], n2i=[139])


def test_each_study_may_print_something_else():
    nan = np.nan
    found = effect_sizes(
        "SMD",
        m1i=[10, nan, nan, nan], sd1i=[3, nan, nan, nan], m2i=[8.5, nan, nan, nan], sd2i=[3, nan, nan, nan],
        di=[nan, 0.5, nan, nan], ti=[nan, nan, 1.6583, nan], pi=[nan, nan, nan, 0.1047],
        n1i=[20] * 4, n2i=[24] * 4,
    )  # fmt: skip
    np.testing.assert_allclose(found.yi, found.yi[0], rtol=1e-2)
    assert found.notes == ("t from p for 1 of 4 studies", "d from t for 2 of 4 studies")


def test_a_common_language_effect_from_a_test_takes_one_standard_deviation():
    found = effect_sizes("CLESN", ti=[1.6], n1i=[20], n2i=[24])
    np.testing.assert_allclose(
        found.vi, measures.get("CLESN").effect(1.6 * (1 / 20 + 1 / 24) ** 0.5, 1, 20, 0, 1, 24, vtype="HO")[1]
    )


MODEL = {"mi": [4], "ni": [40]}
MARGINS = {"ai": [32], "bi": [68], "ci": [25], "di": [75]}


@pytest.mark.parametrize(
    ("measure", "printed", "same"),
    [
        ("ZCOR", {"ti": [2.3], "ni": [40]}, {"ri": [2.3 / (2.3**2 + 38) ** 0.5], "ni": [40]}),
        ("PCOR", {"ti": [2.3], **MODEL}, {"ri": [2.3 / (2.3**2 + 35) ** 0.5], **MODEL}),
        ("R2", {"fi": [5.0], **MODEL}, {"r2i": [20 / 55], **MODEL}),
        ("PLO", {"xi": [3], "mi": [17]}, {"xi": [3], "ni": [20]}),
        ("GEN", {"yi": [0.3], "sei": [0.2]}, {"yi": [0.3], "vi": [0.04]}),
        ("SMCC", {"ti": [2.5], "ni": [25]}, {"di": [0.5], "ni": [25]}),
        (
            "MPORM",
            {"pi": [0.16], **MARGINS},
            {"ri": [(16 * 59 - 16 * 9) / (32 * 68 * 25 * 75) ** 0.5], **MARGINS},
        ),
    ],
)
def test_other_numbers_give_the_same(measure, printed, same):
    one, other = effect_sizes(measure, **printed), effect_sizes(measure, **same)
    np.testing.assert_allclose([one.yi, one.vi], [other.yi, other.vi], rtol=1e-12)


def test_what_was_added_and_what_is_lost_is_said():
    found = effect_sizes("OR", ai=[0, 3, 0], n1i=[10, 9, 9], ci=[2, 3, 0], n2i=[11, 9, 9], drop00=True)
    assert found.notes == (
        "0.5 added to every cell of 1 of 3 studies; 1 without events, or with nothing else, left out",
        "1 of 3 studies not estimable",
    )
    rates = effect_sizes("IRR", x1i=[0, 4], t1i=[100.0, 90.0], x2i=[3, 5], t2i=[80.0, 90.0])
    assert rates.notes == ("0.5 added to every cell of 1 of 2 studies",)
    assert effect_sizes("PAS", xi=[0, 3], ni=[9, 9]).notes == ()
    assert effect_sizes("MPOR", ai=[3], bi=[0], ci=[2], di=[9]).notes == (
        "0.5 added to every cell of 1 of 1 studies",
    )


@pytest.mark.parametrize(
    ("measure", "given", "said"),
    [
        ("SMD", {"n1i": [20], "n2i": [22]}, "SMD lacks m1i, sd1i, m2i, sd2i; it takes m1i, .*pi.*ti.*di.*ri"),
        ("SMD", {"mean1": [5]}, "there is no column mean1; SMD takes m1i"),
        ("MD", {"add": 0.5}, "MD has no option add; its options: vtype"),
        ("AHW", {"vtype": "UB"}, "AHW has no option vtype; its options: none"),
        ("RR", {"ai": [1], "n1i": [9], "ci": [2], "n2i": [9], "vtype": "UB"}, "choose LS, AV, H0"),
    ],
)
def test_what_is_wrong_is_said_with_what_would_do(measure, given, said):
    with pytest.raises(ValueError, match=said):
        effect_sizes(measure, **given)


def test_the_default_variance_may_be_named():
    assert effect_sizes("AHW", ai=[0.9], mi=[10], ni=[50], vtype="LS").vtype == "LS"


def test_columns_that_are_not_used_are_named():
    found = effect_sizes("VR", m1i=[10], sd1i=[3], n1i=[20], m2i=[8], sd2i=[2], n2i=[22])
    assert found.notes == ("not used: m1i, m2i",)


def test_hazard_ratios_have_95_per_cent_intervals_unless_said():
    found = effect_sizes("HR", hr=[0.68], low=[0.46], high=[0.99])
    np.testing.assert_array_equal(found.vi, measures.get("HR").effect([0.68], [0.46], [0.99], 95)[1])
