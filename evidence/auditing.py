"""The audit: every check on every claim, repairs for what fails, and readings that explain it together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from evidence.checks import checks_on
from evidence.claims import Paper, Place
from evidence.findings import ERROR, NONE, SCREEN, WARNING, Audit, Finding, Settled
from evidence.repair.joint import with_joint
from evidence.repair.searching import with_repairs
from evidence.values import Reported

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from evidence.review import Review
    from evidence.study import Acceptance, Study


def audit_paper(paper: Paper) -> tuple[Finding, ...]:
    """Every finding about what one study claims, in the order of its claims.

    Examples
    --------
    >>> from evidence.checks.examples import paper, share
    >>> [f.verdict for f in audit_paper(paper(share("77.79", "78"), share("89.02", "82", arm="b")))]
    ['impossible', 'consistent']
    """
    found = [
        (i, finding)
        for i, claim in enumerate(paper.claims)
        for check in checks_on(type(claim))
        for finding in check.run(claim)
    ]
    found += [(-1, finding) for check in checks_on(Paper) for finding in check.run(paper)]
    return tuple(with_joint(paper, with_repairs(paper, found)))


def audit(
    what: Study | Review,
    reading: str = "corrected",
    *,
    rounding: str | None = None,
    through: Callable[[Sequence[Study]], Iterable[Study]] = iter,
) -> Audit:
    """Every finding about a study, or about every study of a review.

    Parameters
    ----------
    what : Study or Review
        What was read with ``read_study`` or ``read_review``.
    reading : {"corrected", "as-printed"}
        Under ``corrected`` the numbers are audited as printed first, then with their authors' corrections:
        what a correction mends is settled, what it breaks is added.
    rounding : {"nearest", "truncation", "either"}, optional
        How the authors shortened numbers; by default as each study states, else to the nearest.
    through : callable, optional
        What hands on the studies of a review one by one, such as a progress bar.

    Raises
    ------
    ValueError
        For a reading or a rounding that does not exist.
    """
    if rounding is not None:
        from evidence.records import rounded_as

        what = rounded_as(what, rounding)
    studies = getattr(what, "studies", None)
    if studies is None:
        return Audit(tuple(_audit_study(what, None, reading)))  # type: ignore[arg-type]  # a study has none
    review: Review = what  # type: ignore[assignment]  # only a review has studies
    return Audit(tuple(f for study in through(studies) for f in _audit_study(study, review, reading)))


def _audit_study(study: Study, review: Review | None, reading: str) -> Iterator[Finding]:
    from evidence.claiming import paper
    from evidence.readings import AS_PRINTED, AUDITED, check_reading, has_corrections

    check_reading(reading, AUDITED)
    found = list(audit_paper(paper(study, AS_PRINTED, review)))
    if reading != AS_PRINTED and has_corrections(study):
        found = _settled(found, audit_paper(paper(study, reading, review)))
    yield from _accepted(study, found)


# --- corrections ------------------------------------------------------------------------------------------


def _settled(printed: list[Finding], corrected: tuple[Finding, ...]) -> list[Finding]:
    """Findings as printed, those that the corrections mend settled, and those that only they bring."""
    after = {f.fingerprint: f for f in corrected}
    before = {f.fingerprint for f in printed}
    merged = []
    for finding in printed:
        mended = _counts(finding) and not _counts(after.get(finding.fingerprint))
        merged.append(_mended(finding, after.get(finding.fingerprint), printed) if mended else finding)
    changed = [f for f in corrected if f.fingerprint not in before or (_counts(f) and not _was(f, printed))]
    return merged + changed


def _mended(finding: Finding, then: Finding | None, printed: list[Finding]) -> Finding:
    """A finding that a correction settles, with what its check says of the corrected numbers."""
    said = () if then is None else (f"with the correction: {then.message}", *then.details)
    return replace(finding, settled=_because(finding, printed), details=(*finding.details, *said))


def _counts(finding: Finding | None) -> bool:
    """Whether a finding weighs as a warning or more."""
    return finding is not None and finding.severity in (ERROR, WARNING)


def _was(finding: Finding, printed: list[Finding]) -> bool:
    return any(f.fingerprint == finding.fingerprint and _counts(f) for f in printed)


def _because(finding: Finding, printed: list[Finding]) -> Settled:
    """The correction that settles a finding: of its own numbers, else of those beside them."""
    near = [n for f in (finding, *printed) for n in f.about]
    correction = next(n.correction for n in near if n.correction is not None)
    return Settled("corrected", correction.because, correction.by, correction.on)


# --- acceptances ------------------------------------------------------------------------------------------


def _accepted(study: Study, found: list[Finding]) -> Iterator[Finding]:
    """The findings, accepted ones settled, and a warning for each acceptance that meets none."""
    unused: list[Finding] = []
    for scope, acceptance in _acceptances(study):
        hits = [i for i, f in enumerate(found) if _meets(f, scope, acceptance)]
        for i in hits:
            settled = Settled("accepted", acceptance.because or "", acceptance.by, acceptance.on)
            found[i] = found[i] if found[i].settled else replace(found[i], settled=settled)
        if not hits:
            unused.append(_unused(study, scope, acceptance))
    yield from found
    yield from unused


def _acceptances(study: Study) -> Iterator[tuple[str, Acceptance]]:
    """Every acceptance with the address of what it is about."""
    yield from ((study.study, each) for each in study.accept)
    for entry in study.entries:
        yield from ((entry.address, each) for each in entry.accept)
        for contrast in (*entry.tests, *entry.effects):
            yield from ((contrast.address, each) for each in contrast.accept)


def _meets(finding: Finding, scope: str, acceptance: Acceptance) -> bool:
    said = finding.code == acceptance.code and finding.severity != NONE
    if not said or not any(n.text == acceptance.was for n in finding.about):
        return False
    addresses = [finding.place.address, *(n.address for n in finding.about)]
    return any(address == scope or address.startswith(f"{scope}/") for address in addresses)


def _unused(study: Study, scope: str, acceptance: Acceptance) -> Finding:
    was = Reported(acceptance.was, address=f"{scope}/accept/{acceptance.code}", source=acceptance.position)
    place = Place(study.study, scope, "", study.label)
    message = f"no finding {acceptance.code} about {acceptance.was} was met, so nothing was accepted"
    return Finding("CFG903", "unused-acceptance", SCREEN, message, (was,), place, severity=WARNING)
