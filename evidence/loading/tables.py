"""A printed table, one line a row, as entries: one for every row and group of qualified columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from evidence.entry import LETTERS, QUALIFIERS
from evidence.loading.cells import Pattern, pattern, read_cell
from evidence.loading.problems import Faults, did_you_mean
from evidence.loading.tree import Map, Seq, Text, key_of, mapping, sequence, text

TEST_COLUMNS = (*LETTERS, "df", "p")
TEST_WORDS = ("test", "claim", "higher", "sided", "of", "compare", "within", "across")
COLUMN_KEYS = ("arm", "subgroup", *QUALIFIERS)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: an arm or a statistic of a test, and the qualifiers that hold for it."""

    name: Text
    is_test: bool
    time: Text | None
    qualifiers: tuple[tuple[str, Text], ...]


def rows_as_entries(
    table: Map, arms: tuple[str, ...] | None, baseline: bool, faults: Faults
) -> Iterator[Map]:
    """The rows of a table, each as one entry, or one for every group of qualified columns.

    Without ``arms``, where they could not be read, any column may be one.
    """
    columns = _columns(table, arms, faults)
    rows = table.get("rows")
    if not isinstance(rows, Map):
        if "rows" not in table.lost:
            faults.add(
                "YML013",
                key_of(table, "rows"),
                "`rows` holds one line for every row",
                "such as rows: {hypertension: [20 (9.7), 5 (2.4)]}",
            )
        return
    if columns is None:
        return
    for name, row in rows.items():
        own = row if isinstance(row, Map) else mapping({}, row) if isinstance(row, Seq) else None
        cells = own.get("cells") if isinstance(row, Map) and own is not None else row
        if own is None or not isinstance(cells, Seq):
            faults.add(
                "YML013",
                name,
                f"{name}: a row is a list of cells, or a mapping with `cells`",
                "such as [20 (9.7), 5 (2.4)]",
            )
            continue
        if len(cells) != len(columns):
            faults.add(
                "YML017",
                cells,
                f"{name}: {_counted(len(cells), 'cell')} for {_counted(len(columns), 'column')}",
                f"the columns are {', '.join(c.name for c in columns)}",
            )
            continue
        yield from _row(table, name, own, cells, columns, baseline, faults)


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _columns(table: Map, arms: tuple[str, ...] | None, faults: Faults) -> list[Column] | None:
    node = table.get("columns")
    if not isinstance(node, Seq):
        if "columns" not in table.lost:
            faults.add(
                "YML011",
                key_of(table, "columns" if "columns" in table else "rows"),
                "a table needs `columns`, a list",
                "such as columns: [anlotinib, sorafenib, p]",
            )
        return None
    columns = []
    for item in node:
        column = _column(item, arms, faults)
        if column is None:
            return None
        columns.append(column)
    return columns


def _column(item: Any, arms: tuple[str, ...] | None, faults: Faults) -> Column | None:
    if isinstance(item, Text):
        if arms is None or item in arms or item == "all" or item in TEST_COLUMNS:
            return Column(item, item in TEST_COLUMNS and item not in (arms or ()), None, ())
        near = did_you_mean(item, [*arms, *TEST_COLUMNS])
        faults.add(
            "YML015",
            item,
            f"a column `{item}` is neither an arm nor a statistic of a test",
            near or f"arms are {', '.join(arms)}; statistics {', '.join(TEST_COLUMNS)}",
        )
        return None
    if not isinstance(item, Map) or not isinstance(item.get("arm"), Text):
        faults.add(
            "YML013",
            item,
            "a column is an arm, a statistic of a test, or an arm with qualifiers",
            "such as {arm: placebo, grade: 3}",
        )
        return None
    for key in item:
        if key not in COLUMN_KEYS:
            near = did_you_mean(key, COLUMN_KEYS) or f"a column holds {', '.join(COLUMN_KEYS)}"
            faults.add("YML010", key, f"unknown key `{key}` in a column", near)
    found = {
        k: v for k, v in item.items() if k in COLUMN_KEYS and k not in ("arm", "at") and isinstance(v, Text)
    }
    at = item.get("at")
    return Column(item["arm"], False, at if isinstance(at, Text) else None, tuple(found.items()))


def _row(
    table: Map, name: Text, own: Map, cells: Seq, columns: list[Column], baseline: bool, faults: Faults
) -> Iterator[Map]:
    """The entries of one row; a test's statistics belong to the columns before it."""
    shared = {k: v for k, v in table.items() if k not in ("columns", "rows", "as", *TEST_WORDS)}
    words = {k: v for k, v in {**table, **own}.items() if k in TEST_WORDS}
    mine = {k: v for k, v in own.items() if k not in ("cells", "as", *TEST_WORDS)}
    as_text = own.get("as", table.get("as"))
    cell_pattern = pattern(as_text, faults) if isinstance(as_text, Text) else None
    if as_text is None:
        faults.add("YML011", name, f"{name}: what do its cells hold?", "write as: events (percent)")
        return
    if cell_pattern is None or not cell_pattern.names:
        return
    groups: dict[tuple[tuple[str, Text], ...], tuple[Map, Map]] = {}
    last: tuple[tuple[str, Text], ...] = next((c.qualifiers for c in columns if not c.is_test), ())
    for column, cell in zip(columns, cells, strict=True):
        if not column.is_test:
            last = column.qualifiers
        results, test = groups.setdefault(last, (mapping({}, cells), mapping({}, cells)))
        if column.is_test:
            test[text(column.name, cell)] = cell
        else:
            _put(results, column, cell, cell_pattern, faults)
    for qualifiers, (results, test) in groups.items():
        entry = mapping({text("variable" if baseline else "endpoint", name): text(name, name)}, name)
        entry.update({**shared, **mine})
        level = dict(qualifiers).get("subgroup")
        entry.update({k: v for k, v in qualifiers if k != "subgroup"})
        content = mapping({}, cells)
        if results:
            content["results"] = results
        if test or (words and not qualifiers and len(groups) == 1):
            content["tests"] = sequence([mapping({**test, **words}, test)], cells)
        if level is None:
            entry.update(content)
        else:
            entry["by_subgroup"] = mapping({level: content}, cells)
        yield entry


def _put(results: Map, column: Column, cell: Any, cell_pattern: Pattern, faults: Faults) -> None:
    if isinstance(cell, Text):
        stats = read_cell(cell, cell_pattern, faults)
    elif isinstance(cell, Map):
        stats = cell
    else:
        faults.add("YML017", cell, "a cell is text, or a mapping of statistics", "quote a cell with a comma")
        return
    if stats is None:
        return
    arm = text(column.name, cell)
    if column.time is None:
        results[arm] = stats
    else:
        times = results.setdefault(arm, mapping({}, cell))
        times[text(column.time, cell)] = stats
