"""What holds of any report: one file, nothing fetched, only hashed code, every link leads somewhere."""

import base64
import hashlib
import re
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

import pytest

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# Attributes in which a browser may see an address to fetch, and elements that fetch.
FETCHING = {"src", "srcset", "data", "poster", "action", "formaction", "background", "manifest", "ping"}
FETCHERS = {"link", "iframe", "object", "embed", "base", "form", "img", "use", "image", "audio", "video"}


def test_every_tag_is_closed_and_no_attribute_stands_twice(page: Any) -> None:
    assert page.elements[0].name == "html"


def test_nothing_is_fetched(page: Any) -> None:
    for element in page.elements:
        assert element.name not in FETCHERS
        assert not FETCHING & set(element.attributes), element


def test_style_sheet_names_no_address(page: Any) -> None:
    (style,) = page.all("style")
    assert "url(" not in "".join(style.texts)
    assert "@import" not in "".join(style.texts)


def test_links_lead_inside_or_to_https_without_a_referrer(page: Any) -> None:
    for link in page.all("a"):
        href = link.attributes["href"] or ""
        if href.startswith("#") or (href.startswith("data:text/csv;") and "download" in link.attributes):
            continue
        assert urlsplit(href).scheme == "https", href
        assert link.attributes["rel"] == "noreferrer"


def test_every_inner_link_resolves(page: Any) -> None:
    assert page.wanted - set(page.ids) == set()


def test_ids_are_unique_and_without_spaces(page: Any) -> None:
    assert len(set(page.ids)) == len(page.ids)
    assert not [name for name in page.ids if not name or re.search(r"\s", name)]


@pytest.mark.parametrize("attribute", ["aria-labelledby", "aria-describedby", "headers", "for"])
def test_names_borrowed_from_elsewhere_exist(page: Any, attribute: str) -> None:
    ids = set(page.ids)
    borrowed = [name for e in page.elements for name in (e.attributes.get(attribute) or "").split()]
    assert set(borrowed) - ids == set()


def policy(page: Any) -> str:
    (meta,) = [e for e in page.all("meta") if e.attributes.get("http-equiv") == "Content-Security-Policy"]
    return str(meta.attributes["content"])


def test_policy_allows_nothing_but_what_it_names(page: Any) -> None:
    rules = dict(rule.strip().split(" ", 1) for rule in policy(page).split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["base-uri"] == rules["form-action"] == "'none'"
    assert "unsafe" not in policy(page)


@pytest.mark.parametrize(("name", "rule"), [("style", "style-src"), ("script", "script-src")])
def test_policy_names_the_code_by_its_hash(page: Any, name: str, rule: str) -> None:
    (element,) = page.scripts if name == "script" else page.all(name)
    digest = base64.b64encode(hashlib.sha256("".join(element.texts).encode()).digest()).decode()
    assert f"{rule} 'sha256-{digest}'" in policy(page)


def test_no_style_attribute_and_no_handler(page: Any) -> None:
    for element in page.elements:
        assert not [a for a in element.attributes if a == "style" or a.startswith("on")], element


def test_script_is_small(page: Any) -> None:
    (script,) = page.scripts
    assert len("".join(script.texts).encode()) <= 4096


def test_shell_is_small(page: Any) -> None:
    (style,), (script,) = page.all("style"), page.scripts
    assert len("".join(style.texts).encode()) + len("".join(script.texts).encode()) <= 30_000


def test_headings_begin_with_one_h1_and_skip_no_level(page: Any) -> None:
    levels = [int(heading.name[1]) for heading in page.all(*HEADINGS)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_no_heading_is_empty(page: Any) -> None:
    assert all(heading.text for heading in page.all(*HEADINGS))


def test_every_table_has_a_caption_and_scoped_headers(page: Any) -> None:
    captioned = [e.parent for e in page.all("caption")]
    assert [t for t in page.all("table") if t not in captioned] == []
    assert {th.attributes.get("scope") for th in page.all("th")} <= {"col", "row", "colgroup", "rowgroup"}


def test_scroll_regions_can_be_reached_and_have_a_name(page: Any) -> None:
    for region in page.with_class("scroll"):
        assert region.attributes["tabindex"] == "0"
        assert region.attributes["role"] == "region"
        assert region.attributes.get("aria-labelledby") or region.attributes.get("aria-label")


def test_landmarks_language_and_a_way_past_the_contents(page: Any) -> None:
    assert page.elements[0].attributes["lang"] == "en"
    assert [len(page.all(name)) for name in ("main", "nav", "header", "footer")] == [1, 1, 1, 1]
    assert page.all("a")[0].attributes == {"class": "skip", "href": "#summary"}


def test_pictures_are_hidden_or_have_a_name(page: Any) -> None:
    for picture in page.all("svg"):
        hidden = picture.attributes.get("aria-hidden") == "true"
        assert hidden or picture.attributes.get("aria-labelledby")


def test_pictures_hold_no_text_but_their_own(page: Any) -> None:
    said = "".join("".join(picture.texts) for picture in page.all("svg"))
    own = "".join(e.text for e in page.all("text", "title", "desc") if e.inside("svg"))
    assert len("".join(said.split())) == len("".join(own.split()))


def test_buttons_say_what_they_do(page: Any) -> None:
    assert all(button.text and button.attributes["type"] == "button" for button in page.all("button"))


def test_the_page_is_whole_without_its_script(page: Any) -> None:
    hidden = [e for e in page.elements if "hidden" in e.attributes]
    assert hidden
    assert all("data-needs-script" in element.attributes for element in hidden)
