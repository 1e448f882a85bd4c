"""What is packed: archives, and the archives that spreadsheets and documents are."""

from __future__ import annotations

import io
import os
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from core.errors import UsageError
from core.intake import limits
from core.intake.archive import Budget
from core.intake.readers import package
from tests.intake.cases_packed import packed
from tests.stand_ins import raises_code

from .desk import Desk, codes, names, notices

SHEET = b"nombre\nAna\n"


def test_an_archive_is_read_like_a_folder(desk: Desk) -> None:
    file = desk.put("todo.zip", packed(("b/lote.csv", SHEET), ("a/02 Leo.txt", b"Hola"), ("a/10 Eva.txt", b"Hola")))
    checked = desk.check(file)
    assert names(checked) == ["Leo", "Eva", "Ana"]
    assert list(checked.batches.values()) == ["a", "lote"]
    assert checked.accepted[2].file == file / "b/lote.csv"
    assert not list(desk.folder.glob("**/*.txt")), "nothing is unpacked to the disk"


def test_letters_at_the_top_are_a_batch_of_the_archives_name(desk: Desk) -> None:
    assert list(desk.check(desk.put("cartas.zip", packed(("Ana.txt", b"Hola")))).batches.values()) == ["cartas"]


def test_a_broken_file_in_an_archive_spoils_only_itself(desk: Desk) -> None:
    raw = bytearray(packed(("bien.csv", SHEET), ("mal.csv", b"nombre\n" + bytes(range(65, 91)) * 40)))
    place = raw.rindex(b"mal.csv", 0, raw.index(b"PK\x01\x02")) + len("mal.csv")
    raw[place + 2 : place + 12] = bytes(10)
    checked = desk.check(desk.put("todo.zip", bytes(raw)))
    assert names(checked) == ["Ana"]
    assert [(problem.file.name, problem.code) for problem in checked.refused] == [("mal.csv", "file_broken")]


def test_what_unpacks_to_more_than_there_is_room_for_is_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_UNPACKED_BYTES", 1000)
    assert codes(desk.check(desk.put("a.zip", packed(("lote.csv", b"nombre\n" * 200))))) == [
        (0, "", "archive_too_large")
    ]
    monkeypatch.setattr(package, "MAX_UNPACKED_BYTES", limits.MAX_UNPACKED_BYTES)
    monkeypatch.setattr(package, "MAX_PACKED_FILES", 2)
    many = packed(*((f"{number}.csv", SHEET) for number in range(3)))
    assert codes(desk.check(desk.put("b.zip", many))) == [(0, "", "archive_too_large")]


def test_archives_in_an_archive_share_its_room(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = packed(("lote.csv", b"nombre\n" + b"Ana,x\n" * 100))
    monkeypatch.setattr("core.intake.archive.MAX_UNPACKED_BYTES", 3 * len(inner) + 2 * 700)
    file = desk.put("todo.zip", packed(*((f"{number}.zip", inner) for number in range(3))))
    assert "archive_too_large" in {problem.code for problem in desk.check(file).refused}


def test_a_size_that_lies_lets_nothing_more_out(desk: Desk) -> None:
    """A member that says it is small is cut there: zipfile then misses its checksum."""
    data = bytearray(packed(("lote.csv", b"nombre\n" + b"A\n" * 5_000_000)))
    for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = data.index(mark) + offset
        data[at : at + 4] = (100).to_bytes(4, "little")
    assert codes(desk.check(desk.put("a.zip", bytes(data)))) == [(0, "", "file_broken")]


def test_a_file_in_an_archive_has_the_limit_of_any_file(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.intake.archive.MAX_FILE_BYTES", 100)
    assert [one.code for one in desk.check(desk.put("a.zip", packed(("lote.csv", b"nombre\n" * 50)))).refused] == [
        "file_too_large"
    ]


def test_a_password_is_told(desk: Desk) -> None:
    data = bytearray(packed(("lote.csv", SHEET)))
    data[data.index(b"PK\x03\x04") + 6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert [one.code for one in desk.check(desk.put("a.zip", bytes(data))).refused] == ["file_encrypted"]


def test_the_budget_is_for_all() -> None:
    budget = Budget()
    budget.take(limits.MAX_UNPACKED_BYTES)
    with raises_code(UsageError, "archive_too_large"):
        budget.take(1)


@pytest.mark.parametrize("prolog", ["", "<!-- x -->" * 2000, "<?x y?>"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_a_document_type_is_found_wherever_it_may_stand(prolog: str, encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?>{prolog}<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    with raises_code(UsageError, "file_hostile"):
        package.refuse_document_type([text.encode(encoding)[at : at + 64] for at in range(0, len(text) * 3, 64)])
    package.refuse_document_type(
        [text.replace('<!DOCTYPE a [<!ENTITY b "c">]>', "").replace("&b;", "").encode(encoding)]
    )


def test_a_file_that_is_still_being_written_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    growing = desk.put("lote.csv", SHEET)
    real = os.fstat

    def fstat(handle: int) -> os.stat_result:
        status = real(handle)
        with growing.open("ab") as stream:
            stream.write(b"Leo\n")
        return status

    monkeypatch.setattr(os, "fstat", fstat)
    assert codes(desk.check(growing)) == [(0, "", "file_changing")]


def test_a_workbook_that_is_not_whole_is_told(desk: Desk) -> None:
    whole = (Path(__file__).parents[2] / "intake/corpus/merged.xlsx").read_bytes()
    for data in (whole[: len(whole) // 2], whole[:40]):
        assert codes(desk.check(desk.put("lote.xlsx", data))) == [(0, "", "file_broken")]


def test_excels_own_remnants_are_named_or_passed_over(desk: Desk) -> None:
    lock = desk.put("~$lote.xlsx", b"\x05Eva")
    checked = desk.check(lock)
    assert checked.refused == ()
    assert "Excel keeps" in notices(checked)[0]


def test_packing_that_nobody_knows_is_told(desk: Desk) -> None:
    data = bytearray(packed(("lote.csv", SHEET)))
    data[data.index(b"PK\x03\x04") + 8] = 99
    data[data.index(b"PK\x01\x02") + 10] = 99
    assert [one.code for one in desk.check(desk.put("a.zip", bytes(data))).refused] == ["file_broken"]


def test_a_deflate_stream_of_a_gigabyte_is_never_unpacked(desk: Desk) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("lote.csv", "w") as member:
        for _ in range(300):
            member.write(bytes(1_000_000))
    assert len(made.getvalue()) < 1_000_000
    assert codes(desk.check(desk.put("a.zip", made.getvalue()))) == [(0, "", "archive_too_large")]


@pytest.mark.parametrize("encoding", ["yes", "hex", "utf-7", "cp037", "utf-32", "shift_jis"])
def test_xml_in_an_encoding_that_nobody_knows_is_told(desk: Desk, encoding: str) -> None:
    part = f'<?xml version="1.0" encoding="{encoding}"?><a/>'.encode()
    for name, member in (("a.xlsx", "xl/workbook.xml"), ("a.docx", "word/document.xml")):
        (problem,) = desk.check(desk.put(name, packed((member, part)))).refused
        assert problem.code in ("file_broken", "file_empty")


def test_what_says_its_kind_is_not_unpacked_before_its_size_is_known(desk: Desk) -> None:
    """Its `mimetype` is looked at to tell a spreadsheet from an archive: 60 MB of nothing, packed into 60 KB."""
    file = desk.put("hoja.ods", packed(("mimetype", bytes(60_000_000)), ("lote.csv", SHEET)))
    tracemalloc.start()
    try:
        checked = desk.check(file)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert codes(checked) == [(0, "", "archive_too_large")]
    assert most < 10_000_000


def test_an_archive_of_endless_entries_is_not_even_opened(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.intake.kinds.MAX_ENTRIES", 3)
    file = desk.put("a.zip", packed(*((f"{number}.csv", SHEET) for number in range(4))))
    with monkeypatch.context() as patched:
        patched.setattr(zipfile, "ZipFile", pytest.fail)
        assert codes(desk.check(file)) == [(0, "", "archive_too_large")]
