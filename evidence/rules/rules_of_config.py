"""CFG: what can be wrong with options, corrections and acceptances."""

from evidence.rules.file_rule import AUDIT, OPTIONS, FileRule

CONFIG_RULES = (
    FileRule(
        code="CFG901",
        title="unknown code",
        what="Whether every code after --select and --ignore is the beginning of some rule's code.",
        why="A misspelt code would select nothing, and an audit of nothing finds nothing.",
        good="AUD3",
        bad="ADU3",
        of=OPTIONS,
    ),
    FileRule(
        code="CFG902",
        title="no reason given",
        what="Whether a correction, an acceptance and a judgement say why, and a correction who says so.",
        why="A number is changed, or a finding set aside, only for a reason that others can weigh.",
        good="{printed: 74.36, corrected: 74.63, because: erratum, by: RR}",
        bad="{printed: 74.36, corrected: 74.63, by: RR}",
        at="74.36",
    ),
    FileRule(
        code="CFG903",
        title="unused acceptance",
        what="Whether every `accept:` meets a finding of its code about the number that it names.",
        why="It outlived its finding: the number was edited since, or the rule no longer objects.",
        good="{percent: 77.79}\n    accept: [{code: AUD103, was: 77.79, because: as printed}]",
        bad="{percent: 74.36}\n    accept: [{code: AUD103, was: 77.79, because: as printed}]",
        at="{percent: 74.36}\n    tests:\n      - {chi2: 5.794, p: <0.05, claim: significant, higher: new}",
        of=AUDIT,
        false_alarms="An audit under another reading, where the finding it accepts does not arise.",
    ),
)
