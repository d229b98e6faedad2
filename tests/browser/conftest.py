"""The report in a real browser: opened, measured, printed."""

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

import evidence
import synthesis
from tests.browser.devtools import DevTools

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')

FRAME = """<!DOCTYPE html><html><body><script>
addEventListener("message", (event) => {{
  document.documentElement.dataset.measured = encodeURIComponent(JSON.stringify(event.data));
}});
</script><iframe src="{name}" width="{width}" height="900" style="border: 0"></iframe></body></html>
"""


@dataclass(frozen=True)
class Browser:
    """Chromium, one fresh profile a run."""

    path: str
    profile: Path

    def run(self, page: Path, *more: str) -> subprocess.CompletedProcess[str]:
        """Open a page and leave."""
        command = [self.path, *FLAGS, f"--user-data-dir={self.profile}", *more, page.as_uri()]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)

    def console(self, page: Path) -> list[str]:
        """What the page's console says, blocked requests and refused code included."""
        said = self.run(page, "--enable-logging=stderr", "--v=0", "--virtual-time-budget=3000", "--dump-dom")
        return [line for line in said.stderr.splitlines() if "CONSOLE" in line]

    def measured(self, page: Path, width: int, script: str, *more: str) -> Any:
        """What a script returns, or promises, that runs after the page's own, without its security policy.

        The copy stands in a frame of this width: a window is never narrower than 500 pixels.
        """
        html = POLICY.sub("", page.read_text(encoding="utf-8"))
        probe = (
            f"<script>Promise.resolve((() => {{ {script} }})())"
            ".then((found) => parent.postMessage(found, '*'));</script></body>"
        )
        copy = page.with_name(f"copy-{page.name}")
        copy.write_text(probe.join(html.rsplit("</body>", 1)), encoding="utf-8")
        frame = page.with_name(f"frame-{page.name}")
        frame.write_text(FRAME.format(name=copy.name, width=width), encoding="utf-8")
        done = self.run(frame, "--window-size=1400,900", "--virtual-time-budget=5000", "--dump-dom", *more)
        found = re.search(r'data-measured="([^"]*)"', done.stdout)
        assert found is not None, done.stderr
        return json.loads(unquote(found[1]))

    def printed(self, page: Path, to: Path) -> bytes:
        """The page on paper, as PDF."""
        self.run(page, f"--print-to-pdf={to}", "--no-pdf-header-footer", "--virtual-time-budget=3000")
        return to.read_bytes()


@pytest.fixture(scope="session")
def chromium(browser: str, tmp_path_factory: pytest.TempPathFactory) -> Browser:
    """Chromium with a profile of its own."""
    return Browser(browser, tmp_path_factory.mktemp("profile"))


@pytest.fixture(scope="session")
def devtools(browser: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DevTools]:
    """Chromium that answers commands, started once."""
    running = DevTools(browser, tmp_path_factory.mktemp("devtools"))
    yield running
    running.close()


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Path]:
    """Writes a page where the browser can open it."""
    folder = tmp_path_factory.mktemp("pages")

    def write(name: str, html: str) -> Path:
        file = folder / f"{name}.html"
        file.write_text(html, encoding="utf-8")
        return file

    return write


@pytest.fixture(scope="session")
def report_file(first_two: Path, written: Callable[[str, str], Path]) -> Path:
    """The report of the two first studies, in a file."""
    return written("report", synthesis.report(evidence.read_review(first_two)))
