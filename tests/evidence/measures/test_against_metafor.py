"""Effects and variances agree with metafor's escalc to 1e-10: they are closed forms.

Only the tetrachoric correlation is compared more loosely: metafor maximises its likelihood with a simplex
whose own tolerance is about 1e-4, where ours solves for the maximum (see the tests of that measure).
"""

import json
from pathlib import Path

import numpy as np
import pytest

from evidence import measures
from evidence.derivation.d_to_means import means_of_d
from evidence.derivation.t_to_d import d_from_t
from evidence.derivation.t_to_r import semipartial_from_t

ORACLES = Path(__file__).parents[2] / "oracles"
OPTIONS = ("add", "to", "drop00", "correct", "vtype")
LOOSE = {"RTET": {"rtol": 1e-4, "atol": 1e-4}}
TIGHT = {"rtol": 1e-10, "atol": 1e-13}
COMPARED = 7442

LEFT = {
    ("escalc_dat.nielweise2007", "RTET", "vi", 3): "an empty cell: the simplex stops on a plateau",
    ("escalc_dat.nielweise2007", "RTET", "vi", 10): "an empty cell: the simplex stops on a plateau",
}
"""Numbers that are not compared, and why. (At the other empty cells metafor has no variance either.)"""

NOT_IN_METAFOR_S_ORACLES = {
    # None of these has an oracle: each is another's delta method or has a test of its own.
    *("HR", "GEN", "CLES", "MPORM", "ZPHI", "ZTET", "ZPB", "ZBIS", "POMPMD", "POMPMN", "POMPMC", "REH"),
}


def cases():
    for path in sorted(ORACLES.glob("escalc_*.json")):
        oracle = json.loads(path.read_text(encoding="utf-8"))
        for entry in oracle["expected"]:
            yield path.stem, entry["id"], oracle["input"], entry["args"], entry["result"]


CASES = list(cases())


def prepared(columns):
    """The columns as the measures take them, where the study printed something else."""
    if "r2i" in columns and "ti" in columns:
        printed = (columns[name] for name in ("ti", "mi", "ni", "r2i"))
        return {**columns, "ri": semipartial_from_t(*printed)}
    if "m1i" in columns or "n1i" not in columns or "ai" in columns:
        return columns
    sizes = (columns["n1i"], columns["n2i"])
    difference = columns["di"] if "di" in columns else d_from_t(columns["ti"], *sizes)
    names = ("m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i")
    return dict(zip(names, means_of_d(difference, *sizes), strict=True))


def effects(columns, args):
    measure = measures.get(args["measure"])
    options = {name: args[name] for name in OPTIONS if name in args}
    if len(measure.vtypes) == 1:
        options.pop("vtype", None)
    columns = prepared(columns)
    return measure.effect(*(columns[name] for name in measure.inputs), **options)


@pytest.mark.parametrize("quantity", ["yi", "vi"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]}-{case[1]}")
def test_escalc(case, quantity):
    name, _, columns, args, result = case
    found = effects(columns, args)[("yi", "vi").index(quantity)]
    expected = np.array(result[quantity], dtype=float)
    left = [place for place in range(expected.size) if (name, args["measure"], quantity, place) in LEFT]
    found, expected = np.delete(found, left), np.delete(expected, left)
    # Where metafor gives a difference of 0 with variance 0 so do we; nan only where it has NA.
    np.testing.assert_allclose(found, expected, **LOOSE.get(args["measure"], TIGHT))


def test_the_number_of_numbers_compared_has_not_shrunk():
    everything = sum(len(result["yi"]) + len(result["vi"]) for *_, result in CASES)
    assert everything - len(LEFT) == COMPARED


def test_every_measure_with_an_oracle_is_compared():
    compared = {args["measure"] for *_, args, _ in CASES}
    assert compared == set(measures.codes()) - NOT_IN_METAFOR_S_ORACLES


def test_every_variance_type_with_an_oracle_is_offered():
    offered = {(code, vtype) for code in measures.codes() for vtype in measures.get(code).vtypes}
    assert {(args["measure"], args.get("vtype", "LS")) for *_, args, _ in CASES} <= offered
