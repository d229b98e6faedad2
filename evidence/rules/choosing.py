"""The rules that `--select` and `--ignore` name: beginnings of codes, every one of which some rule has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


class UnknownCodeError(ValueError):
    """CFG901: no rule's code begins so."""


def prefixes(option: str, text: str, slugs: Mapping[str, str]) -> tuple[str, ...]:
    """The beginnings of codes in a list such as `AUD3,AUD101`; `slugs` are those of all rules, by code.

    Raises
    ------
    UnknownCodeError
        One is the beginning of no code; the message names the nearest.

    Examples
    --------
    >>> prefixes("--select", "AUD1, yml", {"AUD103": "percent-attainable", "YML001": "syntax"})
    ('AUD1', 'YML')
    """
    given = [part.strip() for part in text.split(",") if part.strip()]
    if not given:
        raise UnknownCodeError(f"{option}: no code is named; such as AUD3,AUD101 [CFG901]")
    for one in given:
        if not any(code.startswith(one.upper()) for code in slugs):
            raise UnknownCodeError(
                f"{option}: no rule's code begins with {one}; {_hint(one, slugs)} [CFG901]"
            )
    return tuple(one.upper() for one in given)


def _hint(name: str, slugs: Mapping[str, str]) -> str:
    near = nearest(name, slugs, sorted({code[:4] for code in slugs}))
    if near is None:
        return "evidence rules lists them"
    return f"did you mean {near}?"


def nearest(name: str, slugs: Mapping[str, str], families: Sequence[str] = ()) -> str | None:
    """The code most like a name, which may be a slug: of the same family the one that begins most alike.

    Examples
    --------
    >>> nearest("AUD109", {"AUD101": "a", "AUD110": "b", "AUD310": "c"})
    'AUD110'
    >>> nearest("sintax", {"AUD101": "a", "YML001": "syntax"})
    'YML001'
    """
    from evidence.loading.problems import closest

    given = name.upper()
    alike = [code for code in slugs if code[:3] == given[:3]]
    if alike and given[3:].isdecimal():
        return min(alike, key=lambda code: (code[3:4] != given[3:4], abs(int(code[3:]) - int(given[3:]))))
    by_slug = {slug: code for code, slug in slugs.items()}
    near = closest(name, [*slugs, *families, *by_slug])
    return None if near is None else by_slug.get(near, near)
