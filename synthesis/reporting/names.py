"""What readers call the things that addresses name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from synthesis.reporting.words import field_name, listed

if TYPE_CHECKING:
    from evidence.review import Review
    from evidence.study import Study

_SIGNS = (("-vs-", "against"), (":", "against"), ("~", "against"), ("+", "with"), ("@", "at"))
_TIMES = {"before": "before", "after": "after", "change": "change", "percent-change": "percentage change"}


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
        if key == "all":
            return "all participants"
        arm = study.arms.get(key)
        return humanised(key) if arm is None else self.treatment(arm.treatment)

    def statistic(self, study: Study, address: str) -> str:
        """What a number is, in words: ``Anlotinib, before: mean``.

        The endpoint is left out: the report says it above the rows.
        """
        parts = address.split("/")[2:]
        if not parts:
            return "number"
        *who, field = parts
        if not who:
            return self.word(study, field)
        return f"{', '.join(self.who(study, part) for part in who)}: {field_name(field)}"

    def word(self, study: Study, key: str) -> str:
        """A single name: an arm's label, a time, or the word itself."""
        if key in study.arms or key == "all":
            return self.arm(study, key)
        return _TIMES.get(key, field_name(key))

    def who(self, study: Study, part: str) -> str:
        """An arm, a time or a contrast such as ``anlotinib-vs-sorafenib``."""
        for sign, word in (
            ("-vs-", "against"),
            (":", "against"),
            ("~", "against"),
            ("+", "with"),
            ("@", "at"),
        ):
            if sign in part and part not in study.arms:
                sides = [self.word(study, side) for side in part.split(sign) if side]
                return f" {word} ".join(sides)
        if "," in part:
            return listed([self.word(study, side) for side in part.split(",")])
        return self.word(study, part)


def _label(thing: object) -> str | None:
    label = getattr(thing, "label", None)
    return str(label) if label else None
