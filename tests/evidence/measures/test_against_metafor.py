"""Effects and variances agree with metafor's escalc to 1e-10: they are closed forms."""

import json
from pathlib import Path

import numpy as np
import pytest

from evidence import measures

ORACLES = Path(__file__).parents[2] / "oracles"
OPTIONS = ("add", "to", "drop00", "correct")
COMPARED = 3468


def cases():
    for path in sorted(ORACLES.glob("escalc_*.json")):
        oracle = json.loads(path.read_text(encoding="utf-8"))
        for entry in oracle["expected"]:
            yield path.stem, entry["id"], oracle["input"], entry["args"], entry["result"]


CASES = list(cases())


def effects(columns, args):
    measure = measures.get(args["measure"])
    options = {name: args[name] for name in OPTIONS if name in args}
    return measure.effect(*(columns[name] for name in measure.inputs), **options)


@pytest.mark.parametrize("quantity", ["yi", "vi"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]}-{case[1]}")
def test_escalc(case, quantity):
    _, _, columns, args, result = case
    found = effects(columns, args)[("yi", "vi").index(quantity)]
    expected = np.array(result[quantity], dtype=float)
    if not np.isfinite(found).all():
        # Where metafor gives a difference of 0 with variance 0 so do we; nan only where it has NA.
        assert np.isnan(expected[~np.isfinite(found)]).all()
    np.testing.assert_allclose(found, expected, rtol=1e-10, atol=1e-13)


def test_the_number_of_numbers_compared_has_not_shrunk():
    assert sum(len(result["yi"]) + len(result["vi"]) for *_, result in CASES) == COMPARED


def test_every_measure_with_counts_or_means_is_compared():
    compared = {args["measure"] for *_, args, _ in CASES}
    assert compared == set(measures.codes()) - {"HR", "GEN"}


def transformation(name):
    oracle = json.loads((ORACLES / "transf.json").read_text(encoding="utf-8"))
    entry = next(entry for entry in oracle["expected"] if entry["id"] == name)
    return entry["args"], entry["result"]["value"]


def test_the_back_transformation_of_logits():
    args, expected = transformation("transf.ilogit")
    np.testing.assert_allclose(measures.get("PLO").back(args["xi"]), expected, rtol=1e-10)


def test_double_arcsines_of_proportions():
    args, expected = transformation("transf.pft")
    events = np.multiply(args["xi"], args["ni"])
    np.testing.assert_allclose(measures.get("PFT").effect(events, args["ni"])[0], expected, rtol=1e-10)


def test_the_back_transformation_of_double_arcsines():
    from evidence.measures.freeman_tukey import proportion_of

    args, expected = transformation("transf.ipft")
    np.testing.assert_allclose(proportion_of(args["xi"], args["ni"]), expected, rtol=1e-10)


def test_the_back_transformation_at_the_harmonic_mean():
    from evidence.measures.freeman_tukey import proportion_at_harmonic_mean

    args, expected = transformation("transf.ipft.hm")
    found = proportion_at_harmonic_mean(args["xi"], args["targs"]["ni"])
    np.testing.assert_allclose(found, expected[0], rtol=1e-10)
