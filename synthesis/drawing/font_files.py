"""Fonts as PDF embeds them: which letters a TrueType file has, how wide they are, and only those drawn.

Read by hand from the few tables that matter (the specification of OpenType, "Font tables"): glyphs
keep their numbers, and the outlines of those not drawn are left out.
"""

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

_KEPT = ("cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep")
_WORDS, _SCALE, _MORE, _TWO_SCALES, _MATRIX = 0x1, 0x8, 0x20, 0x40, 0x80  # flags of a composed glyph


class FontError(ValueError):
    """A file that is no TrueType font of the kind that is embedded here."""


@dataclass(frozen=True, eq=False)
class FontFile:
    """A TrueType font: its tables, and what PDF wants to know of it."""

    name: str
    tables: dict[str, bytes]

    @cached_property
    def glyphs(self) -> dict[int, int]:
        """The number of the glyph of each character."""
        return _characters(self.tables["cmap"])

    @cached_property
    def units(self) -> int:
        """Units of an em."""
        return int(struct.unpack_from(">H", self.tables["head"], 18)[0])

    @property
    def box(self) -> tuple[float, ...]:
        """The box around all glyphs, in thousandths of an em."""
        return tuple(
            value * 1000 / self.units for value in struct.unpack_from(">4h", self.tables["head"], 36)
        )

    @property
    def heights(self) -> tuple[float, float]:
        """Ascent and descent, in thousandths of an em."""
        up, down = struct.unpack_from(">2h", self.tables["hhea"], 4)
        return up * 1000 / self.units, down * 1000 / self.units

    def width(self, glyph: int) -> float:
        """The advance width of a glyph, in thousandths of an em."""
        count = struct.unpack_from(">H", self.tables["hhea"], 34)[0]
        place = 4 * min(glyph, count - 1)
        return float(struct.unpack_from(">H", self.tables["hmtx"], place)[0] * 1000 / self.units)

    def subset(self, glyphs: Iterable[int]) -> bytes:
        """A font file with the outlines of these glyphs only; the others are empty."""
        places = self._places
        kept = self._closed({0, *glyphs})
        outlines, ends = bytearray(), [0]
        for glyph in range(len(places) - 1):
            if glyph in kept:
                outlines += self.tables["glyf"][places[glyph] : places[glyph + 1]]
                outlines += b"\0" * (-len(outlines) % 4)
            ends.append(len(outlines))
        head = bytearray(self.tables["head"])
        head[8:12] = b"\0\0\0\0"
        head[50:52] = b"\0\1"  # long places
        made = {"glyf": bytes(outlines), "loca": struct.pack(f">{len(ends)}I", *ends), "head": bytes(head)}
        return _file({tag: made.get(tag, self.tables[tag]) for tag in _KEPT if tag in self.tables})

    @cached_property
    def _places(self) -> tuple[int, ...]:
        """Where the outline of each glyph begins, and where the last ends."""
        loca = self.tables["loca"]
        if struct.unpack_from(">h", self.tables["head"], 50)[0]:
            return struct.unpack(f">{len(loca) // 4}I", loca)
        return tuple(2 * place for place in struct.unpack(f">{len(loca) // 2}H", loca))

    def _closed(self, glyphs: set[int]) -> set[int]:
        """The glyphs with those that they are composed of."""
        found: set[int] = set()
        waiting = list(glyphs)
        while waiting:
            glyph = waiting.pop()
            if glyph not in found:
                found.add(glyph)
                waiting += self._parts(glyph)
        return found

    def _parts(self, glyph: int) -> list[int]:
        place, end = self._places[glyph], self._places[glyph + 1]
        glyf = self.tables["glyf"]
        if place == end or struct.unpack_from(">h", glyf, place)[0] >= 0:
            return []
        parts, place, flags = [], place + 10, _MORE
        while flags & _MORE:
            flags, part = struct.unpack_from(">2H", glyf, place)
            parts.append(part)
            place += 4 + (4 if flags & _WORDS else 2)
            place += 2 if flags & _SCALE else 4 if flags & _TWO_SCALES else 8 if flags & _MATRIX else 0
        return parts


@cache
def read_font(path: str) -> FontFile:
    """The font in a file.

    Raises
    ------
    FontError
        The file holds no TrueType outlines.
    """
    data = Path(path).read_bytes()
    count = struct.unpack_from(">H", data, 4)[0] if len(data) > 12 else 0
    tables = {}
    for i in range(count):
        tag, _, offset, length = struct.unpack_from(">4s3I", data, 12 + 16 * i)
        tables[tag.decode("latin-1")] = data[offset : offset + length]
    if not {"glyf", "loca", "cmap", "head", "hhea", "hmtx", "maxp"} <= set(tables):
        raise FontError(f"{Path(path).name} has no TrueType outlines")
    return FontFile("".join(ch for ch in Path(path).stem if ch.isalnum() or ch == "-"), tables)


def _characters(cmap: bytes) -> dict[int, int]:
    """The glyph of each character of the basic plane, from a table of segments (format 4)."""
    for i in range(struct.unpack_from(">H", cmap, 2)[0]):
        platform, _, offset = struct.unpack_from(">2HI", cmap, 4 + 8 * i)
        if platform in (0, 3) and struct.unpack_from(">H", cmap, offset)[0] == 4:
            return _segments(cmap[offset:])
    raise FontError("the font has no table of Unicode characters")


def _segments(table: bytes) -> dict[int, int]:
    count = struct.unpack_from(">H", table, 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", table, 14)
    starts = struct.unpack_from(f">{count}H", table, 16 + 2 * count)
    deltas = struct.unpack_from(f">{count}H", table, 16 + 4 * count)
    at = 16 + 6 * count
    found = {}
    for i, (start, end, delta) in enumerate(zip(starts, ends, deltas, strict=True)):
        offset = struct.unpack_from(">H", table, at + 2 * i)[0]
        for code in range(start, min(end, 0xFFFE) + 1):
            glyph = code
            if offset:
                glyph = struct.unpack_from(">H", table, at + 2 * i + offset + 2 * (code - start))[0]
            if glyph and (glyph + delta) & 0xFFFF:
                found[code] = (glyph + delta) & 0xFFFF
    return found


def _file(tables: dict[str, bytes]) -> bytes:
    """The tables as a font file with a directory."""
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    head = struct.pack(">I4H", 0x10000, count, 16 * power, power.bit_length() - 1, 16 * (count - power))
    place = 12 + 16 * count
    directory, body = b"", b""
    for tag, table in tables.items():
        padded = table + b"\0" * (-len(table) % 4)
        total = sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
        directory += struct.pack(">4s3I", tag.encode("latin-1"), total, place + len(body), len(table))
        body += padded
    return head + directory + body
