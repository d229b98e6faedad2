"""The rows of a forest plot with subgroups: a block a group, with its own diamond and heterogeneity."""

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from synthesis.figures.entries import Entry, entries_of_pool
from synthesis.figures.forest_plan import Plan
from synthesis.figures.forest_rows import statement, study_rows, summary_row
from synthesis.figures.forest_words import capital, group_line, sentence
from synthesis.figures.numbers import equals, fixed, p_text, percent_text
from synthesis.figures.rows import Row
from synthesis.fit import NotDefined

if TYPE_CHECKING:
    from synthesis.models.subgroups import Group, Subgroups

SUBTOTAL, SUBTOTAL_COMMON = "Subtotal", "Subtotal, common effect"
NO_GROUP = "In no group"


def grouped_entries(found: "Subgroups") -> tuple[Entry, ...]:
    """The studies, those of one group together, in the order of the groups; those of no group last."""
    entries = entries_of_pool(found.overall)
    open_ = [(entry, (entry.label_given, entry.yi)) for entry in entries if entry.weight is not None]
    rest = [entry for entry in entries if entry.weight is None]
    ordered: list[Entry] = []
    for group in found.groups:
        for key in zip(group.pool.labels, map(float, group.pool.yi), strict=True):
            place = next(i for i, (_, own) in enumerate(open_) if own == key)
            ordered.append(replace(open_.pop(place)[0], group=group.level))
        ordered += [entry for entry in rest if entry.group == group.level]
    named = {group.level for group in found.groups}
    return (*ordered, *(replace(entry, group="") for entry in rest if entry.group not in named))


def in_groups(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The studies of a table, those of one group together; as they are where the table names no groups."""
    names = dict.fromkeys(entry.group for entry in entries)
    return tuple(entry for name in names for entry in entries if entry.group == name)


def group_rows(plan: Plan, found: "Subgroups | None") -> list[Row]:
    """A block of rows for each group, with what the group gives where that is known."""
    results = {} if found is None else {group.level: group for group in found.groups}
    rows: list[Row] = []
    first = 0
    for name, members in groupby(plan.entries, key=lambda entry: entry.group):
        entries = tuple(members)
        last = first + len(entries)
        rows.append(statement(capital(name) or NO_GROUP, plan, "heading"))
        rows += study_rows(plan, first, last)
        if name in results:
            rows += _result_rows(plan, results[name], entries)
        first = last
    return rows


def _result_rows(plan: Plan, group: "Group", entries: tuple[Entry, ...]) -> list[Row]:
    """What a group gives: its diamond from three studies on, with the heterogeneity inside it."""
    if group.k == 1:
        return [statement("Single study: no subtotal", plan, "detail")]
    weight = sum(entry.weight or 0.0 for entry in entries)
    numbers = plan.display.notation.numbers
    if not group.pool.headline:
        row = summary_row(
            plan, SUBTOTAL_COMMON, group.common, entries, "whisker", weight=weight, subtotal=True
        )
    else:
        row = summary_row(plan, SUBTOTAL, group.pool, entries, weight=weight, subtotal=True)
    titled = replace(row, title=f"{group.level}. {row.title}")
    return [
        titled,
        statement(numbers(sentence(group_line(group.pool, brief=not plan.arms_shown))), plan, "detail"),
    ]


def between_lines(found: "Subgroups") -> list[str]:
    """The test whether groups differ, what it assumes of tau2, and a caution where groups are small."""
    test = found.between
    if isinstance(test, NotDefined):
        return [f"Test for subgroup differences: not defined ({test.reason})"]
    i2 = max(0.0, 100 * (test.statistic - test.df) / test.statistic) if test.statistic > 0 else 0.0
    shared = "one τ² common to all groups" if found.common_tau2 else "each group has its own τ²"
    how = "" if found.overall.common_effect else f"; {shared}"
    line = (
        f"Test for subgroup differences: Q = {fixed(test.statistic, 2)}, df = {test.df} "
        f"({p_text(test.p)}); {equals('I²', percent_text(i2))}%{how}"
    )
    few = [group.level for group in found.groups if group.k < 3]
    return [line, f"Fewer than 3 studies in: {', '.join(few)}"] if few else [line]
