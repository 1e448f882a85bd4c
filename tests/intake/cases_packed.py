"""Archives, renamed files, and files that were made to do harm."""

from __future__ import annotations

import io
import stat
import zipfile

from tests.intake.cases import Case, Making, refused, row
from tests.intake.cases_office import MERGED, OPENPYXL, PLACES, _openpyxl
from tests.intake.cases_text import ES, HAND

ZIPFILE = "zipfile"
_SHEET = b"nombre;pedido\r\nAna;bici\r\n"
_CONTENT_TYPES = (
    b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    b'<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" '
    b'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" '
    b'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
_BOMB = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
_OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
_SPREADSHEET = b'<?xml version="1.0"?>%s<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
_DOCUMENT = (
    b'<?xml version="1.0"?>%s<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    b"<w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>"
)
_OPEN_DOCUMENT = (
    b'<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    b'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    b'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    b'<office:body><office:spreadsheet><table:table table:name="a"><table:table-row><table:table-cell '
    b'table:number-columns-repeated="16384"><text:p>nombre</text:p></table:table-cell></table:table-row>'
    b'<table:table-row table:number-rows-repeated="1048575"><table:table-cell><text:p>x</text:p></table:table-cell>'
    b"</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
)


def packed(*members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            info = zipfile.ZipInfo(name, (2026, 12, 1, 0, 0, 0)) if isinstance(name, str) else name
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return data.getvalue()


def _zip(*members: tuple[str | zipfile.ZipInfo, bytes]) -> Making:
    return lambda _: packed(*members)


def _named(name: str, encoding: str) -> Making:
    """An archive whose only name is written in an old encoding, as Windows and macOS do, and doesn't say so."""
    stand_in = "x" * len(name.encode(encoding))
    return lambda _: packed((stand_in, b"Hola")).replace(stand_in.encode(), name.encode(encoding))


def _link() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("enlace.csv", (2026, 12, 1, 0, 0, 0))
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


PACKED = (
    Case(
        "from-a-mac.zip",
        _zip(
            ("Pedidos/lote.csv", _SHEET),
            ("Pedidos/Cartas/02 Leo.txt", b"Hola, Leo."),
            ("Pedidos/Cartas/10 Eva.txt", b"Hola, Eva."),
            ("Pedidos/.DS_Store", b"\0\0\0\1Bud1"),
            ("__MACOSX/Pedidos/._lote.csv", b"\0\5\x16\7"),
            ("Pedidos/~$lote.xlsx", b"\5Eva"),
            ("Pedidos/foto.jpg", b"\xff\xd8\xff"),
            ("Pedidos/Thumbs.db", b"\xd0\xcf"),
        ),
        "as the Finder packs a folder, with zipfile",
        (row(1, "Leo"), row(1, "Eva"), row(2, "Ana")),
        (),
        ["foto.jpg"],
    ),
    Case("mac-names.zip", _named("Begoña.txt", "utf-8"), ZIPFILE, (row(1, "Begoña"),)),
    Case("windows-names.zip", _named("BEGOÑA.txt", "cp850"), ZIPFILE, (row(1, "BEGOÑA"),)),
    Case(
        "zip-in-zip.zip",
        _zip(("dentro.zip", packed(("lote.csv", _SHEET))), ("otra.csv", b"nombre\nLeo\n")),
        ZIPFILE,
        (row(2, "Ana"), row(2, "Leo")),
    ),
    Case(
        "zip-too-deep.zip",
        _zip(("a.zip", packed(("b.zip", packed(("lote.csv", _SHEET))))), ("otra.csv", b"nombre\nLeo\n")),
        ZIPFILE,
        (row(2, "Leo"),),
        (refused("archive_too_deep"),),
    ),
    Case(
        "paths-out.zip",
        _zip(
            ("../../fuera.csv", _SHEET),
            ("/etc/fuera.csv", _SHEET),
            ("C:/fuera.csv", _SHEET),
            (_link(), b"/etc/passwd"),
            ("lote.csv", _SHEET),
        ),
        ZIPFILE,
        (row(2, "Ana"),),
        (refused("archive_outside"),),
    ),
    Case(
        "bomb.zip",
        _zip(("lote.csv", b"nombre\n" + b"\n" * 40_000_000), ("otra.csv", _SHEET)),
        ZIPFILE,
        (),
        (refused("archive_too_large"),),
    ),
    Case("nothing.zip", _zip(("foto.jpg", b"\xff\xd8")), ZIPFILE, (), (refused("folder_empty"),)),
    Case("cut-off.zip", lambda _: packed(("lote.csv", _SHEET * 50))[:-30], ZIPFILE, (), (refused("file_broken"),)),
    Case("sheet-in-disguise.csv", _openpyxl(MERGED), f"{OPENPYXL}, renamed by somebody", PLACES),
    Case("zip-in-disguise.xlsx", _zip(("lote.csv", ES.encode())), ZIPFILE, (row(2, "Sofía"), row(3, "Iñaki"))),
    Case(
        "entities.xlsx",
        _zip(("[Content_Types].xml", _CONTENT_TYPES), ("xl/workbook.xml", _SPREADSHEET % _BOMB)),
        HAND,
        (),
        (refused("file_hostile"),),
    ),
    Case(
        "outside-entity.docx", _zip(("word/document.xml", _DOCUMENT % _OUTSIDE)), HAND, (), (refused("file_hostile"),)
    ),
    Case(
        "entities-in-utf16.docx",
        _zip(
            (
                "word/document.xml",
                (_DOCUMENT % _BOMB).replace(b'"1.0"', b'"1.0" encoding="utf-16"').decode().encode("utf-16"),
            )
        ),
        HAND,
        (),
        (refused("file_hostile"),),
    ),
    Case(
        "repeated-beyond-reason.ods",
        _zip(("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", _OPEN_DOCUMENT)),
        HAND,
        (),
        (refused("too_many_columns"),),
    ),
    Case(
        "password.ods",
        _zip(
            ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
            ("META-INF/manifest.xml", b'<?xml version="1.0"?><m><e full-path="content.xml"><encryption-data/></e></m>'),
            ("content.xml", bytes(range(256))),
        ),
        "as LibreOffice does, by hand",
        (),
        (refused("file_encrypted"),),
    ),
    Case("empty.xlsx", lambda _: b"", "a file of which only the name has arrived", (), (refused("file_empty"),)),
    Case(
        "numbers.numbers",
        _zip(("Index/Document.iwa", b"\0"), ("Metadata/Properties.plist", b"x")),
        "as Apple's Numbers packs, by hand",
        (),
        (refused("format_old"),),
    ),
)
