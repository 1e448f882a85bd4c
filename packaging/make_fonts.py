"""Makes resources/fonts/cards: the fonts that personal text is drawn in, out of free ones.

    uv run --with fonttools packaging/make_fonts.py SOURCES

SOURCES holds the files named in `FONTS`, from npm's @expo-google-fonts/{merienda,noto-emoji} and Debian's
fonts-noto-core and fonts-noto-cjk. What is changed, and why:
- All carry one family name, so that libass takes each character from the first file that has it, and never from the
  system: the film is the same on each machine. Their weights, from 400 upwards, are the order in which they are asked.
  All but the display face also carry a second family name, for alphabets it has not whole.
- Their line heights are made alike, so that all scripts come out about as large.
- Invisible joiners are given where text needs them. What a name never needs (hints, CJK's rare signs) is left out.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

STORYBOOK, PLAIN = "Trineo Storybook", "Trineo Plain"
FOLDER = Path(__file__).resolve().parent.parent / "resources" / "fonts" / "cards"
ASCENT = 0.73  # of the line; the rest is below
ENGLISH, SPANISH = 0x409, 0xC0A
JOINERS = {0x2060}
INVISIBLE = {0x00AD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0xFEFF, *range(0x2060, 0x2065)}


@dataclass(frozen=True)
class Source:
    """`name`: what it is called here (some of these fonts reserve their own name). `line`: a line's height, in ems.

    `keep`: what of the invisible characters it has a use for.
    """

    name: str
    file: str
    line: float
    only: frozenset[int] = frozenset()
    without: frozenset[int] = frozenset()
    keep: frozenset[int] = frozenset()


def _span(first: int, last: int) -> frozenset[int]:
    return frozenset(range(first, last + 1))


_HAN = _span(0x3000, 0x30FF) | _span(0x31F0, 0x31FF) | _span(0x4E00, 0x9FFF) | _span(0xAC00, 0xD7A3)
FONTS = (
    Source("storybook", "Merienda_700Bold.ttf", 0.847 / 0.55),
    Source("serif", "NotoSerif-Bold.ttf", 1.3),
    Source("hebrew", "NotoSerifHebrew-Bold.ttf", 1.3),
    Source("arabic", "NotoNaskhArabic-Bold.ttf", 1.3, keep=frozenset({0x200C, 0x200D})),
    Source("armenian", "NotoSerifArmenian-Bold.ttf", 1.3),
    Source("georgian", "NotoSerifGeorgian-Bold.ttf", 1.3),
    Source("devanagari", "NotoSerifDevanagari-Bold.ttf", 1.3),
    *(
        Source(script.lower(), f"NotoSerif{script}-Bold.ttf", 1.3)
        for script in ("Bengali", "Gurmukhi", "Gujarati", "Tamil", "Telugu", "Kannada", "Malayalam", "Sinhala")
    ),
    *(Source(script.lower(), f"NotoSerif{script}-Bold.ttf", 1.3) for script in ("Ethiopic", "Khmer", "Lao")),
    Source("thai", "NotoSerifThai-Bold.ttf", 1.3),
    Source("emoji", "NotoEmoji_700Bold.ttf", 1.6, without=_span(0, 0xFF), keep=frozenset({0x200D})),
    Source("cjk", "NotoSerifCJK-Bold.ttc", 1.3, only=_HAN | _span(0xFF00, 0xFFEF)),
    Source("symbols", "NotoSansSymbols2-Regular.ttf", 1.3, without=_span(0, 0x1FF)),
)


def _opened(path: Path) -> TTFont:
    if path.suffix != ".ttc":
        return TTFont(path)
    names = [font["name"].getDebugName(1) for font in TTCollection(path, lazy=True).fonts]
    return TTFont(path, fontNumber=next(n for n, name in enumerate(names) if name.endswith(" SC")))


def _reduced(font: TTFont, source: Source) -> None:
    options = subset.Options(hinting=False, notdef_outline=True, name_IDs=["*"], layout_features=["*"])
    options.name_languages = ["*"]
    if source.only:
        options.layout_features = ["kern", "mark", "mkmk", "ccmp"]
    reducer = subset.Subsetter(options)
    characters = set(font.getBestCmap()) - source.without
    reducer.populate(unicodes=characters & source.only if source.only else characters)
    reducer.subset(font)


def _joined(font: TTFont, source: Source, *, leads: bool) -> None:
    """Invisible characters: only those it has a use for, and in what leads a family the joiner, drawn as nothing."""
    for table in font["cmap"].tables:
        if table.isUnicode():
            for code in INVISIBLE - source.keep:
                table.cmap.pop(code, None)
    if leads:
        _add_nothing(font, JOINERS)


def _add_nothing(font: TTFont, codes: set[int]) -> None:
    name = "nothing"
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    empty: Any = type(font["glyf"][".notdef"])()
    empty.numberOfContours = 0
    font["glyf"][name] = empty
    font["hmtx"][name] = (0, 0)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap.update(dict.fromkeys(codes, name))


def _named(font: TTFont, families: tuple[str, ...], name: str, weight: int) -> None:
    font["name"].names = [record for record in font["name"].names if record.nameID in (0, 13, 14)]
    full = f"{families[0]} {name}"
    for kind, text in ((1, families[0]), (2, "Regular"), (3, full), (4, full), (6, full.replace(" ", "-"))):
        font["name"].setName(text, kind, 3, 1, ENGLISH)
    for other in families[1:]:  # as the family's name in another language: libass knows it by all of them
        font["name"].setName(other, 1, 3, 1, SPANISH)
    style = font["OS/2"]
    style.usWeightClass = weight
    style.fsSelection = 0x40
    font["head"].macStyle = 0


def _sized(font: TTFont, line: float) -> None:
    height = line * font["head"].unitsPerEm
    up, down = round(height * ASCENT), round(height * (1 - ASCENT))
    style, header = font["OS/2"], font["hhea"]
    style.usWinAscent, style.usWinDescent = up, down
    style.sTypoAscender, style.sTypoDescender, style.sTypoLineGap = up, -down, 0
    header.ascent, header.descent, header.lineGap = up, -down, 0


def _only_unicode(font: TTFont) -> None:
    tables: list[CmapSubtable] = font["cmap"].tables
    font["cmap"].tables = [table for table in tables if table.isUnicode()]


def main(sources: Path) -> None:
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.?tf"):
        old.unlink()
    for place, source in enumerate(FONTS):
        [path] = sources.rglob(source.file)
        font = _opened(path)
        _reduced(font, source)
        _only_unicode(font)
        _joined(font, source, leads=place in (0, 1))
        _named(font, (STORYBOOK,) if place == 0 else (STORYBOOK, PLAIN), source.name, 400 + 20 * place)
        _sized(font, source.line)
        target = FOLDER / f"{place:02}-{source.name}{'.otf' if 'CFF ' in font else '.ttf'}"
        font["head"].modified = font["head"].created
        font.recalcTimestamp = False
        font.save(target)
        print(f"{target.name}: {target.stat().st_size:,} bytes, {len(font.getBestCmap()):,} characters")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
