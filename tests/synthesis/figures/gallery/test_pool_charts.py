"""Baujat, radial, drapery, GOSH, profile likelihood, L'Abbé, influence and bubble plots, read back."""

from collections.abc import Callable
from math import exp, log, sqrt
from typing import Any

import numpy as np
import pytest

import synthesis
from synthesis.errors import FigureError
from synthesis.figures.contents.profile import log_likelihood
from synthesis.pooling import pool
from synthesis.table import EffectTable

Tables = Callable[..., EffectTable]
CIRCLE = "{http://www.w3.org/2000/svg}circle"


def dot_of(drawn: Any, part: str) -> tuple[float, float]:
    """Where the one dot of the group with this title stands."""
    (group,) = [one for one in drawn.titled(part) if list(one.iter(CIRCLE))]
    dot, *_ = group.iter(CIRCLE)  # a rim may follow
    return drawn.number(dot, "cx"), drawn.number(dot, "cy")


def test_baujats_dots_are_contribution_and_influence(bcg: Tables, read: Any) -> None:
    found, drawn = synthesis.baujat(pool(bcg())), read(synthesis.plot.baujat(pool(bcg())))
    x, y = drawn.axis(across=True), drawn.axis(across=False)
    for i, label in enumerate(found.labels):
        at = x(float(found.contribution[i])), y(float(found.influence[i]))
        assert dot_of(drawn, label) == pytest.approx(at, abs=0.15)


def test_baujat_names_only_the_farthest(bcg: Tables, read: Any) -> None:
    drawn = read(synthesis.plot.baujat(pool(bcg()), named=2))
    names = [label for label in pool(bcg()).labels if label in drawn.texts()]
    assert names == ["Hart & Sutherland 1977", "TPT Madras 1980"]


def test_radial_dots_are_precision_and_z(bcg: Tables, read: Any) -> None:
    found, drawn = synthesis.radial(pool(bcg())), read(synthesis.plot.radial(pool(bcg())))
    y = drawn.axis(across=False)
    left = drawn.axis(across=True)
    for i, label in enumerate(found.labels):
        px, py = dot_of(drawn, label)
        assert py == pytest.approx(y(float(found.z[i])), abs=0.15)
        assert px == pytest.approx(left(float(found.x[i])), abs=0.3)


def test_the_arc_of_the_radial_plot_reads_effects(bcg: Tables, read: Any) -> None:
    drawn = read(synthesis.plot.radial(pool(bcg())))
    x, y = drawn.axis(across=True), drawn.axis(across=False)
    for text in drawn.root.iter("{http://www.w3.org/2000/svg}text"):
        if text.text in ("0.2", "0.5") and text.get("text-anchor") is None:
            per_x, per_y = x(1) - x(0), y(1) - y(0)
            slope = (
                (drawn.number(text, "y") - 2.5 - y(0)) / per_y / ((drawn.number(text, "x") - x(0)) / per_x)
            )
            assert slope == pytest.approx(log(float(text.text)), rel=0.12)


def test_a_curve_of_the_drapery_crosses_a_level_at_the_ends_of_its_interval(bcg: Tables, read: Any) -> None:
    whole = pool(bcg(), interval="Wald")
    drawn = read(synthesis.plot.drapery(whole))
    x, y = drawn.axis(across=True, log=True), drawn.axis(across=False)
    (curve,) = [mark for group in drawn.titled("Pooled") for mark in group.iter() if mark.get("points")]
    corners = [corner for corner in drawn.points(curve) if abs(corner[1] - y(0.05)) < 4]
    for end in (whole.ci.low, whole.ci.high):
        assert min(abs(px - x(exp(end))) for px, _ in corners) < 2.0


def test_the_drapery_names_studies_whose_interval_excludes_the_mean(bcg: Tables) -> None:
    whole = pool(bcg())
    out = np.abs(whole.yi - whole.mu) > 1.96 * np.sqrt(whole.vi)
    said = synthesis.plot.drapery(whole).description
    assert [label in said for label in whole.labels] == out.tolist()


def test_gosh_counts_every_subset_once(bcg: Tables) -> None:
    picture = synthesis.plot.gosh(pool(bcg(7)))
    assert picture.description.startswith("127 pools, one for each subset of 7 studies")


def test_gosh_draws_a_seeded_sample_of_many(bcg: Tables) -> None:
    many = pool(bcg(16))
    one, same = (synthesis.plot.gosh(many, subsets=500, seed=3) for _ in range(2))
    assert one.to_svg() == same.to_svg() and "500 pools, drawn at random (seed 3)" in one.description
    assert synthesis.plot.gosh(many, subsets=500, seed=4).to_svg() != one.to_svg()


def test_the_hexagons_of_gosh_lie_over_the_pools(bcg: Tables, read: Any) -> None:
    found = synthesis.gosh(pool(bcg(4)))
    drawn = read(synthesis.plot.gosh(pool(bcg(4))))
    x, y = drawn.axis(across=True, log=True), drawn.axis(across=False)
    roles = ("heat-1", "heat-2", "square", "dot")
    shapes = [drawn.points(mark) for role in roles for mark in drawn.of_class(f"m-{role}", "polygon")]
    for mu, i2 in zip(found.mu, found.i2, strict=True):
        px, py = x(exp(mu)), y(float(i2))
        assert any(
            min(a for a, _ in s) - 0.3 <= px <= max(a for a, _ in s) + 0.3
            and min(b for _, b in s) - 0.3 <= py <= max(b for _, b in s) + 0.3
            for s in shapes
        )


def test_the_profile_crosses_its_level_at_the_ends_of_the_interval(bcg: Tables, read: Any) -> None:
    from synthesis.tau2_intervals import profile_restricted_likelihood

    whole = pool(bcg())
    ends = [float(np.ravel(bound)[0]) for bound in profile_restricted_likelihood(whole.yi, whole.vi)[:2]]
    tau2 = getattr(whole.heterogeneity, "tau2", 0.0)
    values = log_likelihood(whole.yi, whole.vi, np.array([tau2, *ends]), True)
    assert (values[1:] - values[0]).tolist() == pytest.approx([-1.920729, -1.920729], abs=1e-4)
    drawn = read(synthesis.plot.profile(whole))
    x = drawn.axis(across=True)
    (shade,) = drawn.of_class("m-band-1", "polygon")
    xs = [px for px, _ in drawn.points(shade)]
    assert (min(xs), max(xs)) == pytest.approx((x(ends[0]), x(ends[1])), abs=0.2)


def test_a_common_effect_has_no_profile(bcg: Tables) -> None:
    with pytest.raises(FigureError, match="no variance between studies to profile"):
        synthesis.plot.profile(pool(bcg(), model="common-effect"))


def test_labbes_dots_are_risks_in_per_cent(bcg: Tables, read: Any) -> None:
    drawn = read(synthesis.plot.labbe(pool(bcg())))
    x, y = drawn.axis(across=True), drawn.axis(across=False)
    for row in bcg().rows:
        first, second = (100 * (arm.events or 0) / (arm.n or 1) for arm in row.arms)
        assert dot_of(drawn, f"{row.label}: ") == pytest.approx((x(second), y(first)), abs=0.15)


def test_labbes_axes_have_one_scale(bcg: Tables, read: Any) -> None:
    drawn = read(synthesis.plot.labbe(pool(bcg())))
    x, y = drawn.axis(across=True), drawn.axis(across=False)
    assert x(30) - x(0) == pytest.approx(y(0) - y(30), abs=0.2)


def test_labbes_areas_are_as_the_participants(bcg: Tables, read: Any) -> None:
    drawn = read(synthesis.plot.labbe(pool(bcg())))
    radii = {}
    for row in bcg().rows:
        (group,) = drawn.titled(f"{row.label}: ")
        radii[row.label] = drawn.number(next(group.iter(CIRCLE)), "r"), sum(arm.n or 0 for arm in row.arms)
    (big, most), *_ = sorted(radii.values(), reverse=True)
    for radius, n in radii.values():
        assert radius == pytest.approx(max(big * sqrt(n / most), 0.9), abs=0.03)


def test_labbe_needs_counts() -> None:
    with pytest.raises(FigureError, match="needs the events and participants of both arms"):
        synthesis.plot.labbe(pool(yi=[0.2, 0.9, 0.4], vi=[0.05, 0.08, 0.04]))


def test_lollipops_end_at_the_diagnostics(bcg: Tables, read: Any) -> None:
    found, drawn = synthesis.influence(pool(bcg())), read(synthesis.plot.influence(pool(bcg())))
    order = np.argsort(found.cook)
    heads = []
    for label in found.labels:
        (group,) = drawn.titled(f"{label}: standardised residual")
        heads.append([drawn.number(dot, "cx") for dot in group.iter(CIRCLE)])
    cook = [row[2] for row in heads]
    assert [cook[i] for i in order] == sorted(cook) and all(len(row) == 5 for row in heads)


def test_a_study_beyond_a_limit_is_marked_and_told(read: Any) -> None:
    found = pool(yi=[0.1, 0.12, 0.08, 0.11, 3.0], vi=[0.01] * 5, labels=list("ABCDE"))
    picture = synthesis.plot.influence(found)
    assert "* beyond a limit: E" in picture.description and "*" in read(picture).texts()


def test_the_line_of_a_bubble_plot_is_the_regression(bcg: Tables, read: Any) -> None:
    fit = synthesis.regress(
        yi=[0.2, 0.9, 0.4, 0.5], vi=[0.05, 0.08, 0.04, 0.3], moderators={"dose": [1, 4, 2, 3]}
    )
    drawn = read(synthesis.plot.bubble(fit))
    x, y = drawn.axis(across=True), drawn.axis(across=False)
    (line,) = drawn.of_class("m-summary", "polyline")
    for px, py in drawn.points(line)[::10]:
        dose = 1 + (px - x(1)) / (x(2) - x(1))
        assert py == pytest.approx(y(float(fit.b[0] + fit.b[1] * dose)), abs=0.3)


def test_a_pool_is_regressed_on_the_year_of_its_labels(bcg: Tables) -> None:
    said = synthesis.plot.bubble(pool(bcg()), by="year").description
    assert "For each further unit of year the risk ratio is multiplied by 1.027" in said.replace("\xa0", " ")


def test_what_cannot_be_regressed_on_is_refused(bcg: Tables) -> None:
    plain = pool(yi=[0.2, 0.9, 0.4], vi=[0.05, 0.08, 0.04])
    with pytest.raises(FigureError, match="has no year to regress on"):
        synthesis.plot.bubble(plain, by="year")
    with pytest.raises(FigureError, match="participants is not known"):
        synthesis.plot.bubble(plain, by="participants")
    with pytest.raises(FigureError, match="choose year or participants"):
        synthesis.plot.bubble(plain)


@pytest.mark.parametrize("name", ["baujat", "gosh", "influence", "profile"])
def test_two_studies_are_too_few(name: str, bcg: Tables) -> None:
    with pytest.raises(FigureError, match="needs at least 3 studies; this pool has 2"):
        getattr(synthesis.plot, name)(pool(bcg(2)))
