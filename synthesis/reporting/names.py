"""What readers call the things that addresses name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from synthesis.reporting.words import field_name, listed

if TYPE_CHECKING:
    from evidence.review import Review
    from evidence.study import Study

_WORDS = {
    "before": "before",
    "after": "after",
    "change": "change",
    "percent-change": "percentage change",
    "between": "between arms",
    "all": "all participants",
}
_NOT_ENDPOINTS = {
    "arms": "Arms",
    "design": "Design",
    "total": "Participants",
    "sets": "Who is counted",
    "cuts": "Data cut-offs",
    "subgroups": "Subgroups",
    "flow": "Flow of participants",
    "follow-up": "Follow-up",
    "unplaced": "Belongs to no result",
}


def humanised(slug: str) -> str:
    """A slug as words: ``hand-foot-skin-reaction`` as ``Hand foot skin reaction``."""
    words = slug.replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:]


@dataclass(frozen=True, slots=True)
class Names:
    """Looks up labels: of treatments and endpoints in the review, of arms in their study."""

    review: Review

    def treatment(self, key: str) -> str:
        """Label of a treatment."""
        return _label(self.review.treatments.get(key)) or humanised(key)

    def endpoint(self, key: str, study: Study | None = None) -> str:
        """Label of an endpoint of the review, or of the study's own."""
        own = study.endpoints.get(key) if study is not None else None
        return _label(self.review.endpoints.get(key)) or _label(own) or humanised(key)

    def arm(self, study: Study, key: str) -> str:
        """Label of an arm: what was given, for the reader of the report."""
        arm = study.arms.get(key)
        return humanised(key) if arm is None else self.treatment(arm.treatment)

    def about(self, study: Study, address: str) -> str:
        """What an address is about: ``Objective response at 6 months``, or ``Arms``."""
        key, time, qualifiers = _split(address)
        if key in _NOT_ENDPOINTS:
            return _NOT_ENDPOINTS[key]
        at = f" at {time.replace('+', ', ')}" if time and time not in _WORDS else ""
        more = f" ({', '.join(qualifiers.split('.'))})" if qualifiers else ""
        return f"{self.endpoint(key, study)}{at}{more}"

    def qualified(self, address: str) -> str:
        """What tells one entry of an endpoint from another: ``sorafenib-resistant``, or nothing."""
        return ", ".join(filter(None, _split(address)[2].split(".")))

    def statistic(self, study: Study, address: str) -> str:
        """What a number is, in words: ``Anlotinib, before: mean``.

        The endpoint is left out: the report says it above the rows.
        """
        *who, field = address.split("/")[2:] or address.split("/")[1:]
        time = _split(address)[1]
        said = [self.who(study, part) for part in who]
        if time in _WORDS:
            said.append(_WORDS[time])
        if not said:
            return "as printed" if "/unplaced/" in address else _field(field)
        return f"{', '.join(said)}: {_field(field)}"

    def who(self, study: Study, part: str) -> str:
        """An arm, arms together, or a contrast: ``anlotinib.before-vs-after``, ``between.change``."""
        if part in study.arms or part in _WORDS:
            return self.word(study, part)
        first, _, rest = part.partition(".")
        if rest and (first in study.arms or first in ("between", "each")):
            return f"{self.word(study, first)}, {self.who(study, rest)}"
        if "-vs-" in part:
            return " against ".join(self.who(study, side) for side in part.split("-vs-"))
        return listed([self.word(study, side) for side in part.split("+")])

    def word(self, study: Study, key: str) -> str:
        """A single name: an arm's label, a time, or the word itself."""
        if key in study.arms:
            return self.arm(study, key)
        return _WORDS.get(key, key.replace("-", " "))


def _split(address: str) -> tuple[str, str, str]:
    """The endpoint of an address, its time and its qualifiers: ``study/endpoint@time#qualifiers/...``."""
    parts = address.split("/")
    endpoint, _, qualifiers = (parts[1] if len(parts) > 1 else "").partition("#")
    key, _, time = endpoint.partition("@")
    return key, time, qualifiers


def _field(field: str) -> str:
    """``percentage, from`` for ``percent.from``."""
    first, _, rest = field.partition(".")
    return f"{field_name(first)}, {rest}" if rest else field_name(field)


def _label(thing: object) -> str | None:
    label = getattr(thing, "label", None)
    return str(label) if label else None
