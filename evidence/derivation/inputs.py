"""What an effect is computed from: numbers by the measure's own names, and where each came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from evidence.values import Derived, Reported


@dataclass(frozen=True, slots=True)
class ArmData:
    """What an arm contributed, as floats for showing; ``approximate`` marks counts that are not certain."""

    arm: str
    label: str = ""
    treatment: str = ""
    n: float | None = None
    events: float | None = None
    mean: float | None = None
    sd: float | None = None
    median: float | None = None
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Inputs:
    """The inputs of one effect of one study.

    ``values`` are named as the measure names its arguments; ``route`` is how they came about (counts,
    percentages, means, printed estimate); ``flipped`` says that the effect was printed the other way round,
    ``logged`` that it was printed as a logarithm; ``passed_over`` names the other entries that could have
    served and ``because`` says why this one was taken; ``qualifiers`` are the words it stands under;
    ``ranges`` holds, under the names of ``values``, all that would have been printed so.
    """

    values: dict[str, float]
    arms: tuple[ArmData, ...]
    numbers: tuple[Reported | Derived, ...]
    route: str
    address: str = ""
    label: str = ""
    time: str | None = None
    where: str | None = None
    adjusted: bool | None = None
    flipped: bool = False
    logged: bool = False
    because: str = ""
    qualifiers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()
    ranges: dict[str, tuple[float, float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Missing:
    """Why a study gives no inputs for an effect."""

    reason: str
