"""What can be said about one study on its own: what it says, and whether it holds.

The names below are doors: each is imported from its own module when it is first used, so that
importing this package loads nothing else.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evidence._version import __version__
    from evidence.auditing import audit
    from evidence.auditing_text import audit_text
    from evidence.calculating import EffectSizes, effect_sizes
    from evidence.extraction.recognising import extract
    from evidence.findings import Audit, Finding
    from evidence.loading import StudyFileError, read_review, read_study
    from evidence.rounding import bounds
    from evidence.values import Reported

_DOORS = {
    "Audit": "evidence.findings",
    "EffectSizes": "evidence.calculating",
    "Finding": "evidence.findings",
    "Reported": "evidence.values",
    "StudyFileError": "evidence.loading",
    "__version__": "evidence._version",
    "audit": "evidence.auditing",
    "audit_text": "evidence.auditing_text",
    "bounds": "evidence.rounding",
    "extract": "evidence.extraction.recognising",
    "effect_sizes": "evidence.calculating",
    "read_review": "evidence.loading",
    "read_study": "evidence.loading",
}

__all__ = [
    "Audit",
    "EffectSizes",
    "Finding",
    "Reported",
    "StudyFileError",
    "__version__",
    "audit",
    "audit_text",
    "bounds",
    "effect_sizes",
    "extract",
    "read_review",
    "read_study",
]


def __getattr__(name: str) -> Any:
    if name not in _DOORS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_DOORS[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
