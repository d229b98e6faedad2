"""What this page was made from: a digest of every input file, and the versions of what computed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from evidence._version import __version__
from synthesis.reporting.material import Material
from synthesis.reporting.section import Section

# Whose results can reach the page.
PACKAGES = ("Jinja2", "numpy", "pydantic", "PyYAML", "scipy")


@dataclass(frozen=True, slots=True)
class Input:
    """An input file: its name, its SHA-256, its lines."""

    name: str
    digest: str
    lines: int


def _context(material: Material) -> dict[str, Any]:
    files = tuple(_input(name, text) for name, text in sorted(material.review.files.items()))
    together = hashlib.sha256("".join(f"{one.digest}  {one.name}\n" for one in files).encode()).hexdigest()
    packages = (("evidence-synthesis", __version__), *((name, version(name)) for name in PACKAGES))
    return {"files": files, "together": together, "packages": packages}


def _input(name: str, text: str) -> Input:
    return Input(name, hashlib.sha256(text.encode()).hexdigest(), len(text.splitlines()))


SECTION = Section(90, "reproducibility", "Reproducibility", "sections/reproducibility.html", _context)
