"""The weighted mean of effects."""

import numpy as np
import pytest

from synthesis.models.inverse_variance import weighted_mean

RNG = np.random.default_rng(11)
YI, VI, TAU2 = RNG.normal(size=(4, 6)), RNG.uniform(0.1, 1, (4, 6)), np.array([0.0, 0.1, 1.0, 10.0])


@pytest.mark.parametrize("part", ["mu", "se", "q", "weights"])
def test_a_batch_equals_the_loop(part):
    together = getattr(weighted_mean(YI, VI, TAU2), part)
    for row in range(4):
        alone = getattr(weighted_mean(YI[row], VI[row], TAU2[row]), part)
        np.testing.assert_allclose(together[row], alone, rtol=1e-14)


@pytest.mark.parametrize("part", ["mu", "se", "q"])
def test_leaving_a_study_out_by_where_equals_deleting_it(part):
    where = np.array([True, False, True, True, True, True])
    masked = getattr(weighted_mean(YI, VI, TAU2, where=where), part)
    np.testing.assert_allclose(
        masked, getattr(weighted_mean(YI[:, where], VI[:, where], TAU2), part), rtol=1e-12
    )


def test_equal_variances_give_the_plain_mean():
    assert weighted_mean([0.1, 0.2, 0.6], [0.3] * 3).mu == pytest.approx(0.3, rel=1e-15)


def test_effects_that_differ_by_rounding_only_have_q_zero():
    assert weighted_mean([0.1 + 0.2, 0.3], [0.1, 0.2]).q == 0.0


def test_weights_add_up_to_one():
    np.testing.assert_allclose(weighted_mean(YI, VI, TAU2).weights.sum(axis=-1), 1.0, rtol=1e-14)
