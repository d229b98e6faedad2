"""Where things stand on the page: names that stay the same when lines of a file move."""

from __future__ import annotations

import hashlib
import re

_OTHER = re.compile(r"[^A-Za-z0-9.]+")


class Anchors:
    """Gives out names, each once: a name asked for again gets a number behind it.

    Examples
    --------
    >>> anchors = Anchors()
    >>> anchors.new("n", "a/b@1 year/c"), anchors.new("n", "a/b@1-year/c")
    ('n-a-b-1-year-c', 'n-a-b-1-year-c-2')
    """

    def __init__(self) -> None:
        self._given: set[str] = set()

    def new(self, prefix: str, text: str) -> str:
        """A name not given before, made from a text."""
        base = slug(prefix, text)
        name, count = base, 1
        while name in self._given:
            count += 1
            name = f"{base}-{count}"
        self._given.add(name)
        return name


def slug(prefix: str, text: str) -> str:
    """A name from a text: letters, digits, points and hyphens; long or foreign ones keep a digest.

    Examples
    --------
    >>> slug("s", "gansu-2024"), slug("outcome", "overall survival / HR")
    ('s-gansu-2024', 'outcome-overall-survival-HR')
    """
    plain = _OTHER.sub("-", text).strip("-")
    if len(plain) > 90 or not text.isascii():
        plain = f"{plain[:80]}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"
    return f"{prefix}-{plain}"


def short(text: str) -> str:
    """Eight digits that stand for a text: a page has thousands of links to numbers.

    Examples
    --------
    >>> short("gansu-2024/fatigue/anlotinib/events")
    '974c7793'
    """
    return hashlib.sha256(text.encode()).hexdigest()[:8]
