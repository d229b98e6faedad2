"""A report's numbers as plain data: what the page embeds, its downloads hold, and `--since` compares."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from evidence._version import __version__
from evidence.emitting import emitted
from evidence.values import Reported
from synthesis.describing import to_dict
from synthesis.errors import ReportError
from synthesis.figures.display import display
from synthesis.figures.entries import entries_of_pool, entries_of_table

if TYPE_CHECKING:
    from evidence.findings import Finding
    from synthesis.reporting.material import Material
    from synthesis.reporting.results import Result

SCHEMA = 1
OPENING, CLOSING = '<script type="application/json" id="report-data">', "</script>"

# What every column of the tables to download holds.
RESULT_COLUMNS = {
    "result": "the comparison, as its heading says it",
    "study": "key of the study; empty for pooled rows",
    "label": "what the forest plot prints",
    "kind": "study, pooled or prediction",
    "measure": "code of the effect measure",
    "yi": "estimate on the scale of the analysis (ratios as natural logarithms)",
    "vi": "its sampling variance on that scale",
    "estimate": "estimate on the scale readers know",
    "low": "lower limit on that scale",
    "high": "upper limit on that scale",
    "level": "level of the limits, in per cent",
    "weight": "weight in per cent of its pool",
    "printed": "addresses of the printed numbers it rests on",
}
FINDING_COLUMNS = {
    "id": "fingerprint, stable when lines of the file move",
    "code": "rule",
    "severity": "error, warning or note",
    "study": "key of the study",
    "address": "the printed number spoken of",
    "printed": "its characters",
    "verdict": "what the recomputation says",
    "message": "the finding in one sentence",
    "settled": "how a person settled it, if one did",
}
NUMBER_COLUMNS = {
    "address": "study / endpoint / arm or contrast / statistic",
    "printed": "the characters printed",
    "corrected": "the value a correction puts in its place",
    "file": "the study file",
    "line": "its line there",
    "where": "the place in the source",
}


def page_data(material: Material) -> dict[str, Any]:
    """Everything the page shows that a machine may want: plain JSON types, floats to twelve digits."""
    return emitted(
        {
            "schema": SCHEMA,
            "program": __version__,
            "review": material.review.review,
            "title": material.title,
            "inputs": {name: digest(text) for name, text in sorted(material.review.files.items())},
            "since": material.since and hashlib.sha256(as_json(material.since).encode()).hexdigest(),
            "studies": [
                {"study": study.study, "label": study.label, "design": study.design.kind}
                for study in material.studies
            ],
            "results": [_result(result) for result in material.results.shown],
            "findings": [_finding(found) for found in material.audit if found.severity != "none"],
            "numbers": {row.number.address: _number(row.number) for row in material.numbers.rows},
        }
    )


def files_of(material: Material) -> dict[str, str]:
    """The data as files to write: everything as JSON, and three tables as CSV."""
    data = material.data
    return {
        "report.json": json.dumps(data, ensure_ascii=False, indent=1) + "\n",
        "results.csv": results_csv(data),
        "findings.csv": findings_csv(data),
        "numbers.csv": numbers_csv(material),
    }


def as_json(data: dict[str, Any]) -> str:
    """The data on one line, as UTF-8 text that may stand between script tags: no `<` in it."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def from_report(text: str, name: str) -> dict[str, Any]:
    """The data of an earlier report: of its page, or of the JSON saved from it.

    Raises
    ------
    ReportError
        When the text holds no data of a report that this version reads.
    """
    if OPENING in text:
        text = text.split(OPENING, 1)[1].split(CLOSING, 1)[0]
    try:
        data = json.loads(text)
    except ValueError:
        data = None
    if not isinstance(data, dict) or not {"review", "inputs", "results", "findings"} <= set(data):
        raise ReportError(f"{name} holds no data of a report; name a page or the JSON saved from one")
    if data.get("schema") != SCHEMA:
        raise ReportError(
            f"{name} holds data of schema {data.get('schema')}; this version reads schema {SCHEMA}"
        )
    return data


def results_csv(data: dict[str, Any], columns: Iterable[str] = tuple(RESULT_COLUMNS)) -> str:
    """One line an estimate: the studies of every comparison, its pool and its prediction interval."""
    return _csv(columns, (line for result in data["results"] for line in _result_lines(result)))


def findings_csv(data: dict[str, Any]) -> str:
    """One line a finding."""
    return _csv(FINDING_COLUMNS, data["findings"])


def numbers_csv(material: Material) -> str:
    """One line a printed number."""
    rows = []
    for row in material.numbers.rows:
        number, source = row.number, row.number.source
        rows.append(
            {
                "address": number.address,
                "printed": number.text,
                "corrected": number.correction.text if number.correction else "",
                "file": source.file if source else "",
                "line": source.line if source else "",
                "where": row.where or "",
            }
        )
    return _csv(NUMBER_COLUMNS, rows)


def _csv(columns: Iterable[str], rows: Iterable[dict[str, Any]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(columns), extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: _cell(value) for key, value in row.items()} for row in rows)
    return text.getvalue()


def _cell(value: Any) -> Any:
    """A cell; text that a spreadsheet would take for a formula stands behind an apostrophe."""
    if isinstance(value, list):
        value = " ".join(value)
    risky = isinstance(value, str) and value[:1] in ("=", "+", "@", "-") and not _is_number(value)
    return f"'{value}" if risky else "" if value is None else value


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def digest(text: str) -> str:
    """SHA-256 of a text as UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def _number(number: Reported) -> str | list[str]:
    """The printed characters; with a correction both."""
    return [number.text, number.correction.text] if number.correction else number.text


def _finding(found: Finding) -> dict[str, Any]:
    return {
        "id": found.fingerprint,
        "code": found.code,
        "severity": found.severity,
        "study": found.study,
        "address": found.address,
        "printed": found.about[0].text if found.about else None,
        "verdict": found.verdict,
        "message": found.message,
        "settled": found.settled.how if found.settled else None,
    }


def _result(result: Result) -> dict[str, Any]:
    table, pool = result.table, result.pool
    entries = entries_of_table(table, result.level) if pool is None else entries_of_pool(pool)
    addresses = {row.study: [number.address for number in row.printed] for row in table.rows}
    scale = display(table.measure)
    studies = []
    for entry in entries:
        known = entry.estimable
        key = entry.row.study if entry.row else None
        studies.append(
            {
                "study": key,
                "label": entry.label,
                "yi": entry.yi if known else None,
                "vi": entry.row.vi if known and entry.row else None,
                "estimate": _near(scale.printed(entry.yi)) if known else None,
                "low": _near(scale.printed(entry.low)) if known else None,
                "high": _near(scale.printed(entry.high)) if known else None,
                "weight": entry.weight if entry.weight is None else _near(entry.weight),
                "printed": addresses.get(key or "", []),
            }
        )
    return {
        "id": result.anchor,
        "label": result.label,
        "endpoint": table.endpoint,
        "measure": table.measure,
        "compare": list(table.compare),
        "level": result.level,
        "not_pooled": table.reason,
        "studies": studies,
        "pool": _pooled(result),
        "left_out": [{"study": left.study, "reason": left.reason} for left in result.left_out],
    }


def _near(value: float) -> float:
    """A value that follows from others of its row, to eight digits."""
    return float(f"{value:.8g}")


def _pooled(result: Result) -> dict[str, Any] | None:
    """What two or more studies come to, on the scale of the analysis and on the one readers know."""
    pool, scale = result.pool, display(result.table.measure)
    if pool is None or pool.k < 2:
        return None
    best = pool if pool.headline else pool.common
    said = to_dict(pool)
    kept = ("k", "model", "tau2_method", "interval_method", "level", "mu", "se", "df", "p")
    return {key: said[key] for key in kept} | {
        "shown": "random effects" if pool.headline else "common effect",
        "estimate": scale.printed(best.mu),
        "low": scale.printed(best.ci.low),
        "high": scale.printed(best.ci.high),
        "yi": best.mu,
        "vi": best.se**2,
        "heterogeneity": said["heterogeneity"],
        "prediction": said["prediction"],
    }


def _result_lines(result: dict[str, Any]) -> Sequence[dict[str, Any]]:
    about = {"result": result["label"], "measure": result["measure"], "level": result["level"]}
    lines = [about | {"kind": "study"} | study for study in result["studies"]]
    pool = result["pool"]
    if pool is not None:
        shown = {"kind": "pooled", "label": pool["shown"]}
        lines.append(about | shown | {key: pool[key] for key in ("yi", "vi", "estimate", "low", "high")})
    return lines
