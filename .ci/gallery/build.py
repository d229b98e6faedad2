"""A contact sheet of every figure, for human eyes: build/gallery/index.html, and index.png where Chromium is.

The golden forest plots of the tests are drawn as files of their own and, below, set into the page in both
themes; at the end one long figure is shown as the pages of its PDF. `make gallery` runs this.
"""

import importlib.util
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from html import escape
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parent.parent.parent
OUT = ROOT / "build" / "gallery"
TESTS = ROOT / "tests" / "synthesis" / "figures"
TWO = ("chen-2025", "gansu-2024")
IN_BOTH_THEMES = ("bcg", "risk-of-bias-standard", "density", "audited")
STYLE = """\
body{font:14px/1.4 Arial,'Liberation Sans',sans-serif;margin:24px;background:#d9d9d9;color:#1a1a1a}
figure{margin:0 0 24px;padding:12px;background:#fff;display:inline-block;vertical-align:top}
figure.dark{background:#16181c;color:#e6e6e6}
figcaption{font-weight:bold;margin-bottom:6px}
svg{display:block}
"""


def tests_module(file: Path) -> ModuleType:
    """A module of the tests, by its file."""
    place = importlib.util.spec_from_file_location(file.stem, file)
    assert place is not None and place.loader is not None
    module = importlib.util.module_from_spec(place)
    sys.modules[file.stem] = module
    place.loader.exec_module(module)
    return module


def golden() -> ModuleType:
    """The module of the golden figures."""
    return tests_module(TESTS / "golden_figures.py")


def others() -> Iterator[str]:
    """Every other figure, as a file of its own and on the page in both themes."""
    from dataclasses import replace

    import synthesis
    from evidence.loading import read_review

    made = tests_module(TESTS / "gallery" / "gallery_pictures.py")
    real = read_review(ROOT / "studies")
    two = real.model_copy(update={"studies": tuple(s for s in real.studies if s.study in TWO)})
    of = made.Drawn(synthesis.pool(golden().bcg()), read_review(TESTS / "gallery" / "demo"), two)
    for name, draw in sorted(made.PICTURES.items()):
        drawing = draw(of)
        drawing.save(OUT / f"{name}.svg")
        for theme in ("light", "dark"):
            inline = replace(drawing, name=f"{name}-{theme}").to_svg(standalone=False)
            yield framed(f"{name}, {theme}", inline, theme)


def framed(name: str, svg: str, theme: str = "") -> str:
    return f'<figure class="{theme}"><figcaption>{escape(name)}</figcaption>\n{svg}</figure>'


def sheet() -> str:
    """The page: every figure, then some of them in both themes, then one in pages."""
    from dataclasses import replace

    from synthesis.drawing.palette import stylesheet
    from synthesis.figures.forest import layout

    figures = {name: layout(*made()) for name, made in golden().FIGURES.items()}
    for name, drawing in figures.items():
        drawing.save(OUT / f"{name}.svg")
    parts = [framed(name, drawing.to_svg()) for name, drawing in figures.items() if name != "k-100"]
    for name in IN_BOTH_THEMES:
        for theme in ("light", "dark"):
            inline = replace(figures[name], name=f"{name}-{theme}").to_svg(standalone=False)
            parts.append(framed(f"{name}, {theme}", inline, theme))
    parts += [framed(f"k-100, page {i}", page.to_svg()) for i, page in enumerate(figures["k-100"].pages, 1)]
    parts += others()
    colours = stylesheet("figure", "light") + "\n" + stylesheet("figure.dark", "dark")
    body = "\n".join(parts)
    head = '<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>Figures</title>'
    return f"{head}<style>{STYLE}{colours}</style>\n<body>\n{body}\n</body></html>\n"


def photograph(page: Path, picture: Path) -> bool:
    """A picture of the page, where a Chromium is found."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        return False
    with tempfile.TemporaryDirectory() as profile:
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        options += [f"--user-data-dir={profile}", "--window-size=1500,24000", f"--screenshot={picture}"]
        subprocess.run([browser, *options, page.as_uri()], check=True, capture_output=True, timeout=120)
    return True


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    page = OUT / "index.html"
    page.write_text(sheet(), encoding="utf-8")
    print(f"wrote {page.relative_to(ROOT)}")
    picture = OUT / "index.png"
    if photograph(page, picture):
        print(f"wrote {picture.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
