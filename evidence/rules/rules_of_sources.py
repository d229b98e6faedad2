"""SRC: what can be wrong with where numbers come from."""

from evidence.rules.file_rule import FileRule

SOURCE_RULES = (
    FileRule(
        code="SRC101",
        title="no place in the paper",
        what="Whether an entry says where it is printed.",
        why="Whoever doubts a number looks there first.",
        good="where: Table 3\n    results",
        bad="results",
        false_alarms="A number told by its authors, not printed: say so under `where`.",
    ),
    FileRule(
        code="SRC102",
        title="not in its quote",
        what="Whether every number of an entry with quotes occurs, whole, in one of them.",
        why="The quote is the evidence: what is not in it was mistyped, or is of another place.",
        good="where: Table 2\n    quote: 73 (89.02%), 74.36% (χ2=5.794, P<0.05)",
        bad="where: Table 2\n    quote: 73 (89.02%), 74.3% (χ2=5.794, P<0.05)",
        at="where: Table 2",
        false_alarms="None where the quote is whole; quote every fragment the entry's numbers come from.",
    ),
    FileRule(
        code="SRC103",
        title="level of an interval not given",
        what="Whether the key of an interval says its level, as `ci95` does.",
        why="Sixty, 80, 95 and 99 per cent all occur, and weights follow from it.",
        good="ci95: [18.1, 24.0]",
        bad="ci: [18.1, 24.0]",
        false_alarms="A paper that gives no level: the warning then says what the paper leaves open.",
    ),
)
