"""The pages of the rules about files and options, their examples tried in a small review."""

from __future__ import annotations

from evidence.findings import ERROR
from evidence.rules.file_rule import FileRule
from evidence.rules.page import Example, Page
from evidence.rules.rules_of_config import CONFIG_RULES
from evidence.rules.rules_of_sources import SOURCE_RULES
from evidence.rules.rules_of_yaml import YAML_RULES
from evidence.rules.trying import tried

MOST_LINES = 6
FILE_RULES: tuple[FileRule, ...] = (*YAML_RULES, *SOURCE_RULES, *CONFIG_RULES)


def file_page(rule: FileRule) -> Page:
    """A rule about files as a page."""
    failing = _example(rule, rule.bad)
    return Page(
        code=rule.code,
        slug=rule.slug,
        title=rule.title,
        what=rule.what,
        why=rule.why,
        severities=failing.severities(rule.code) or (ERROR,),
        passing=_example(rule, rule.good),
        failing=failing,
        false_alarms=rule.false_alarms,
    )


def _example(rule: FileRule, text: str) -> Example:
    lines = text.strip("\n").split("\n")
    shown = lines if len(lines) <= MOST_LINES else [*lines[: MOST_LINES - 1], "..."]
    return Example("\n".join(_visible(line) for line in shown), tried(rule.of, rule.text(text)))


def _visible(line: str) -> str:
    """A line with the characters written out that nobody would see, cut where it is very long."""
    plain = "".join(c if c.isprintable() else f"<U+{ord(c):04X}>" for c in line)
    return plain if len(plain) <= 100 else f"{plain[:97]}..."
