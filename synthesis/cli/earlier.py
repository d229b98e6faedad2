"""Reading an earlier report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from synthesis.errors import ReportError


def text_of(path: str) -> str:
    """The text of a report.

    Raises
    ------
    ReportError
        When there is no such file, or it is no text.
    """
    try:
        return Path(path).read_bytes().decode("utf-8")
    except OSError as error:
        raise ReportError(f"{path} was not read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise ReportError(f"{path} is no report: it is not UTF-8 text") from error


def earlier(path: str | None) -> dict[str, Any] | None:
    """The data of an earlier report, or None where none was named."""
    if path is None:
        return None
    from synthesis.reporting.data import from_report

    return from_report(text_of(path), Path(path).name)
