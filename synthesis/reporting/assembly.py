"""The whole page: sections filled and put together; text in, text out."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

import jinja2
from markupsafe import Markup, escape

from evidence._version import __version__
from synthesis.drawing.palette import stylesheet
from synthesis.reporting.data import OPENING, as_json
from synthesis.reporting.material import Material, gather
from synthesis.reporting.pictures import SHEET
from synthesis.reporting.section import Link, Section, all_sections
from synthesis.reporting.words import headed, said

if TYPE_CHECKING:
    from evidence.review import Review

_AUTO_DARK = ':root:not([data-theme="light"]) svg'
_CHOSEN_DARK = ':root[data-theme="dark"] svg'


@dataclass(frozen=True, slots=True)
class Part:
    """A filled section: its HTML, and its lines in the contents."""

    anchor: str
    title: str
    html: Markup
    links: tuple[Link, ...]
    count: str


def report(review: Review, *, title: str | None = None) -> str:
    """One self-contained HTML page about a review: text in, text out.

    Parameters
    ----------
    review : Review
        As `evidence.read_review` gives it.
    title : str, optional
        The page's title; the review's own without it.

    Returns
    -------
    str
        The page. It asks for nothing from outside, is whole without its script, and is the same for the
        same files on every machine: no clock, path or environment enters it.
    """
    return page(gather(review), title=title)


def page(material: Material, *, title: str | None = None) -> str:
    """The page about what was gathered."""
    environment = _environment()
    style, script = styles(), scripts()
    parts: list[Part] = []
    for section in all_sections():
        if (part := _filled(section, material, environment, parts)) is not None:
            parts.append(part)
    html = environment.get_template("report.html").render(
        title=title or material.title,
        lead=material.lead,
        version=__version__,
        parts=parts,
        style=Markup(style),
        script=Markup(script),
        style_hash=content_hash(style),
        script_hash=content_hash(script),
        opening=Markup(OPENING),
        data=Markup(as_json(material.data)),
    )
    return html + "\n"


def styles() -> str:
    """The page's own style sheet, and the colours of the figures in both themes."""
    dark = [
        f"@media screen and (prefers-color-scheme: dark) {{\n{stylesheet(_AUTO_DARK, 'dark')}\n}}",
        f"@media screen {{\n{stylesheet(_CHOSEN_DARK, 'dark')}\n}}",
    ]
    lines = (line.strip() for line in _text("report.css").splitlines())
    own = [line for line in lines if line and not line.startswith("/*")]
    return "\n".join([*own, SHEET.strip(), stylesheet("svg"), *dark]) + "\n"


def scripts() -> str:
    """The page's script without its comments and indents, which the reader of a page has no use for."""
    lines = (line.strip() for line in _text("report.js").splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("/*")) + "\n"


def content_hash(text: str) -> str:
    """How a content security policy names a text between its tags: ``sha256-`` and the digest."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _filled(
    section: Section, material: Material, environment: jinja2.Environment, before: list[Part]
) -> Part | None:
    """The section with its template filled, which also knows what stands before it; None if it is empty."""
    context = section.context(material)
    if context is None:
        return None
    shown = {part.anchor: part.title for part in before}
    shown |= {link.anchor: link.label for part in before for link in part.links}
    html = environment.get_template(section.template).render(context, shown=shown)
    links, count = context.get("links", ()), context.get("count", "")
    return Part(section.anchor, section.title, Markup(html), links, count)


def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_text),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        optimized=False,  # the page is made once: folding constants costs more than it saves
    )
    environment.filters.update(code=code_marked, said=said, headed=headed, bdi=isolated)
    return environment


def code_marked(text: str) -> Markup:
    """A text whose words between backquotes are set as code.

    Examples
    --------
    >>> code_marked("a plan under `syntheses` <b>")
    Markup('a plan under <code>syntheses</code> &lt;b&gt;')
    """
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return escape(text)
    words = [f"<code>{escape(part)}</code>" if i % 2 else str(escape(part)) for i, part in enumerate(parts)]
    return Markup("".join(words))


# Letters and marks of scripts written from right to left, and the characters that turn the direction round.
_TURNING = re.compile(
    "[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff]|[\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


def isolated(text: object) -> Markup:
    """A text as HTML; where its direction could turn its surroundings round, in an element of its own.

    Examples
    --------
    >>> isolated("a < b"), isolated("\u05d0")
    (Markup('a &lt; b'), Markup('<bdi>\u05d0</bdi>'))
    """
    shown = escape(text)
    return shown if shown.isascii() or not _TURNING.search(shown) else Markup(f"<bdi>{shown}</bdi>")


def _text(name: str) -> str:
    """A file of the templates folder; strangers' line ends would change the page's hashes."""
    text = files("synthesis.templates").joinpath(name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")
