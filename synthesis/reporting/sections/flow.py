"""The flow of studies: from the records found to the studies included, with what does not add up."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from synthesis.reporting.material import Material
from synthesis.reporting.section import Section


def _context(material: Material) -> dict[str, Any] | None:
    if material.review.flow is None:
        return None
    from synthesis.figures.gallery.flow import flow

    drawn = flow(material.review)
    return {"picture": Markup(drawn.to_svg(standalone=False)), "words": drawn.description}


SECTION = Section(17, "flow", "Flow of studies", "sections/flow.html", _context)
