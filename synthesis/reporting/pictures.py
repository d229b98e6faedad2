"""Figures as the page holds them: what they share is said once, in its style sheet."""

from __future__ import annotations

import re

from markupsafe import Markup

from synthesis.drawing.palette import INHERITED, ROLES

SHEET = """svg { font: 8.5px Arial, "Liberation Sans", Helvetica, sans-serif; }
svg { stroke-width: .5; fill: currentColor; }
svg [class^="m-"]:not([fill]) { fill: currentColor; }
svg line:not([stroke]) { stroke: currentColor; }
svg .m-null:not([stroke-width]) { stroke-width: .6; }
svg .e { text-anchor: end; }
svg .m-interval:not([stroke-width]) { stroke-width: .8; }
.forest line.m-reference { stroke-width: .6; stroke-dasharray: 2.5 2; }
"""
# What `SHEET` says of every figure, and what the colours of both themes say of these roles.
_SHARED = re.compile(r""" font-family="[^"]*" font-size="8\.5" stroke-width="0\.5" fill="currentColor">""")
_TONED = "|".join(
    re.escape(role)
    for role, paint in ROLES.items()
    if role not in INHERITED and paint.light != paint.dark  # the others look the same in both themes
)
_COLOURED = re.compile(rf'class="m-({_TONED})" color="[^"]*"')
_LINE = re.compile(r'(<line class="m-[a-z0-9-]+") stroke="currentColor"')
_THIN = re.compile(r'(class="m-null") stroke-width="0\.6"|(<line class="m-interval") stroke-width="0\.8"')
_SIZE = re.compile(r'^<svg width="[^"]*" height="[^"]*" ')
_END = re.compile(r'(<text x="[0-9.-]+" y="[0-9.-]+") text-anchor="end"')
_TITLED = re.compile(r"<g><title>[^<]*</title>\n(<text .*?)</g>\n", re.DOTALL)
_ALONG = re.compile(r'(<line class="m-reference") stroke-width="0\.6" stroke-dasharray="2\.5 2"')


def slim(svg: str) -> Markup:
    """A figure without the attributes that the page's style sheet gives it.

    Examples
    --------
    >>> slim('<line class="m-null" stroke="currentColor" stroke-width="0.6" x1="3"/>')
    Markup('<line class="m-null" x1="3"/>')
    """
    return Markup(_slim(svg))


def _slim(svg: str) -> str:
    text = _COLOURED.sub(r'class="m-\1"', _SHARED.sub(">", svg.strip()))
    text = _LINE.sub(r"\1", text.replace(' fill="currentColor"', ""))
    text = _END.sub(r'\1 class="e"', text)
    return _THIN.sub(r"\1\2", text)


def without_titles(picture: Markup) -> Markup:
    """A figure whose rows begin with their names, without the names that a pointer would show again."""
    return Markup(_TITLED.sub(r"\1", str(picture)))


def strip_of(svg: str) -> Markup:
    """A small picture of a row, whose width the style sheet gives, on one line."""
    return Markup(_strip(svg))


def _strip(svg: str) -> str:
    return _SIZE.sub("<svg ", _slim(svg)).replace("\n", "").replace(' y1="0"', "")


def forest_strip(svg: str) -> Markup:
    """A row of a forest, whose line along the pooled estimate is dashed by the style sheet."""
    return Markup(_ALONG.sub(r"\1", _strip(svg)))
