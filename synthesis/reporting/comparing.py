"""What changed between two reports of one review: studies, printed numbers, pooled results, findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Shift:
    """A comparison in both reports: its estimate before and after, as text; empty where there was none."""

    id: str
    label: str
    before: str
    after: str
    studies_before: int
    studies_after: int


@dataclass(frozen=True, slots=True)
class Changed:
    """A printed number that reads otherwise than before; `before` or `after` empty where it was not there."""

    address: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that differs; all empty where nothing does."""

    studies_in: tuple[str, ...]
    studies_out: tuple[str, ...]
    results_in: tuple[Shift, ...]
    results_out: tuple[Shift, ...]
    shifts: tuple[Shift, ...]
    numbers: tuple[Changed, ...]
    findings_new: tuple[dict[str, Any], ...]
    findings_gone: tuple[dict[str, Any], ...]

    @property
    def any(self) -> bool:
        """Whether anything differs."""
        return any(getattr(self, name) for name in self.__slots__)


def changes(before: dict[str, Any], after: dict[str, Any]) -> Changes:
    """What differs between the data of two reports.

    Parameters
    ----------
    before, after : dict
        As `synthesis.reporting.data.page_data` makes them, or `from_report` reads them.

    Returns
    -------
    Changes
        Numbers of studies that are in one report only are not listed one by one: the study is.
    """
    labels = [{study["study"]: study["label"] for study in data["studies"]} for data in (before, after)]
    both = labels[0].keys() & labels[1].keys()
    results = [{result["id"]: result for result in data["results"]} for data in (before, after)]
    findings = [{_identity(found): found for found in data["findings"]} for data in (before, after)]
    return Changes(
        studies_in=tuple(label for key, label in labels[1].items() if key not in labels[0]),
        studies_out=tuple(label for key, label in labels[0].items() if key not in labels[1]),
        results_in=tuple(_shift({}, one) for key, one in results[1].items() if key not in results[0]),
        results_out=tuple(_shift(one, {}) for key, one in results[0].items() if key not in results[1]),
        shifts=_shifts(*results),
        numbers=_numbers(before["numbers"], after["numbers"], both),
        findings_new=tuple(one for key, one in findings[1].items() if key not in findings[0]),
        findings_gone=tuple(one for key, one in findings[0].items() if key not in findings[1]),
    )


def _identity(found: dict[str, Any]) -> tuple[str, str, str]:
    return found["study"], found["id"], found["severity"]


def _shifts(before: dict[str, Any], after: dict[str, Any]) -> tuple[Shift, ...]:
    made = (_shift(before[key], after[key]) for key in after if key in before)
    return tuple(s for s in made if (s.before, s.studies_before) != (s.after, s.studies_after))


def _shift(before: dict[str, Any], after: dict[str, Any]) -> Shift:
    some = after or before
    return Shift(
        some["id"], some["label"], _estimate(before), _estimate(after), _studies(before), _studies(after)
    )


def _studies(result: dict[str, Any]) -> int:
    return sum(study["estimate"] is not None for study in result.get("studies", ()))


def _estimate(result: dict[str, Any]) -> str:
    """``0.39 (0.31 to 0.50)`` to three digits; of one study its own; words where nothing was pooled."""
    if not result:
        return ""
    shown = result["pool"] or (result["studies"][0] if len(result["studies"]) == 1 else None)
    if shown is None:
        return "not pooled"
    limits = [shown[key] for key in ("estimate", "low", "high")]
    estimate, low, high = ("not defined" if one is None else f"{one:.3g}" for one in limits)
    return f"{estimate} ({low} to {high})"


def _numbers(before: dict[str, Any], after: dict[str, Any], studies: set[str]) -> tuple[Changed, ...]:
    found = []
    for address in dict.fromkeys((*after, *before)):
        if address.split("/", 1)[0] not in studies or before.get(address) == after.get(address):
            continue
        found.append(Changed(address, _text(before.get(address)), _text(after.get(address))))
    return tuple(found)


def _text(number: str | list[str] | None) -> str:
    """``77.79``, or ``77.79, corrected to 71.79``."""
    if number is None:
        return ""
    return number if isinstance(number, str) else f"{number[0]}, corrected to {number[1]}"
