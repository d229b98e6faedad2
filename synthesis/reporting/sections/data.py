"""The numbers of the page to take away: tables as CSV, everything as JSON, and what their columns hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from synthesis.reporting.data import FINDING_COLUMNS, RESULT_COLUMNS, findings_csv, results_csv
from synthesis.reporting.material import Material
from synthesis.reporting.section import Section

# What may stand in an address as it is; every other byte is written as % and two digits.
_PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~,:;/()*@!$&=")
_BYTES = tuple(chr(byte) if byte in _PLAIN else f"%{byte:02X}" for byte in range(256))

LONGEST = 100_000  # characters; a longer table is not on the page beside the JSON, which holds it too


def percent_encoded(text: str) -> str:
    """A text as part of an address.

    Examples
    --------
    >>> percent_encoded("a b\\n")
    'a%20b%0A'
    """
    return "".join(map(_BYTES.__getitem__, text.encode()))


@dataclass(frozen=True, slots=True)
class Download:
    """One table to download: its file name, its text, its columns and what they hold."""

    name: str
    title: str
    text: str
    columns: dict[str, str]

    @property
    def is_long(self) -> bool:
        """Whether the table is too long to stand on the page beside the JSON."""
        return len(self.text) > LONGEST

    @property
    def address(self) -> str:
        """The table as an address that a browser saves without asking anybody; none for a long table."""
        return (
            "data:text/csv;charset=utf-8," + percent_encoded(self.text) if len(self.text) <= LONGEST else ""
        )

    @property
    def lines(self) -> int:
        """How many lines there are below the heads of the columns."""
        return self.text.count("\n") - 1


def _context(material: Material) -> dict[str, Any]:
    data = material.data
    # Which printed numbers an estimate rests on stands in the JSON and in the files.
    columns = {name: words for name, words in RESULT_COLUMNS.items() if name != "printed"}
    results, findings = results_csv(data, columns), findings_csv(data)
    return {
        "downloads": (
            Download("results.csv", "Every estimate, by study and pooled", results, columns),
            Download("findings.csv", "What the audit found", findings, FINDING_COLUMNS),
        ),
    }


SECTION = Section(85, "data", "Data", "sections/data.html", _context)
