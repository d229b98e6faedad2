"""Intervals for a mean effect and for the effect of a further study.

`INTERVALS` need numbers about the mean only and work on batches; `STUDY_INTERVALS` need the studies
themselves, one meta-analysis at a time. `PREDICTIONS` are for a further study.
"""

from synthesis.intervals.moments import (
    INTERVALS,
    Inference,
    chi_square_p,
    chi_square_quantile,
    critical_t,
    hartung_knapp,
    hartung_knapp_se,
    two_sided_p,
    wald,
)
from synthesis.intervals.prediction import PREDICTIONS, Spread
from synthesis.intervals.sample import STUDY_INTERVALS, STUDY_PREDICTIONS, Sample

__all__ = [
    "INTERVALS",
    "PREDICTIONS",
    "STUDY_INTERVALS",
    "STUDY_PREDICTIONS",
    "Inference",
    "Sample",
    "Spread",
    "chi_square_p",
    "chi_square_quantile",
    "critical_t",
    "hartung_knapp",
    "hartung_knapp_se",
    "two_sided_p",
    "wald",
]
