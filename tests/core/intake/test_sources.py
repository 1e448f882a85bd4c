"""What operators drop on the window: files, folders, and things that are neither."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from .desk import Desk, codes, names, notices


def test_what_cant_be_read_is_refused_by_name_and_stops_nothing(desk: Desk) -> None:
    good = desk.put("bien.csv", "nombre\nAna\n")
    missing = desk.folder / "nada.csv"
    picture = desk.put("foto.JPG", b"\xff\xd8\xff")
    bare = desk.put("LEEME", "hola")
    noise = desk.put("ruido.csv", b"\0\1\2")
    checked = desk.check(missing, picture, bare, noise, Path("a\0b.csv"), Path("x" * 5000 + ".csv"), good)
    assert names(checked) == ["Ana"]
    assert [(problem.file, problem.code) for problem in checked.refused[:4]] == [
        (missing, "file_missing"),
        (picture, "format_unknown"),
        (bare, "format_unknown"),
        (noise, "not_text"),
    ]
    assert [problem.code for problem in checked.refused[4:]] == ["file_unreadable"] * 2
    assert ".csv, .tsv, .txt" in str(checked.refused[1].remedy)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions don't bind this user")
def test_a_file_without_permission(desk: Desk) -> None:
    file = desk.put("lote.csv", "nombre\nAna\n")
    file.chmod(0)
    assert codes(desk.check(file)) == [(0, "", "file_unreadable")]


def test_a_file_that_fails_while_it_is_read(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    files = [desk.put("lote.csv", "nombre\nAna\n"), desk.put("Ana.txt", "Hola")]
    monkeypatch.setattr(Path, "open", away)
    checked = desk.check(*files)
    assert codes(checked) == [(0, "", "file_unreadable")] * 2
    assert "Permission denied" in str(checked.refused[0].what)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
@pytest.mark.timeout(10)
def test_a_pipe_is_refused_and_not_waited_for(desk: Desk) -> None:
    pipe = desk.folder / "lote.csv"
    os.mkfifo(pipe)
    assert codes(desk.check(pipe)) == [(0, "", "not_a_file")]
    assert codes(desk.check(desk.folder)) == [(0, "", "folder_empty")]


def test_a_folder_is_read_in_the_order_people_count(desk: Desk) -> None:
    for name in ("Carta 10.txt", "carta 9.txt", "Carta 1.txt"):
        desk.put(f"cartas/{name}", f"nombre: {name}\nHola")
    desk.put("cartas/.oculta.txt", "Hola")
    desk.put("cartas/~$lote.csv", "x")
    desk.put("cartas/foto.jpg", b"x")
    desk.put("cartas/viejas/otra.txt", "Hola")
    (desk.folder / "cartas/enlace.txt").symlink_to(desk.folder / "cartas/Carta 1.txt")
    checked = desk.check(desk.folder / "cartas")
    assert names(checked) == ["Carta 1.txt", "carta 9.txt", "Carta 10.txt", "otra"]
    assert notices(checked) == ["1 things in this folder are not read: foto.jpg"]
    assert list(checked.batches.values()) == ["cartas", "viejas"]
    assert checked.refused == ()


def test_a_folder_with_nothing_to_read(desk: Desk) -> None:
    desk.put("fotos/a.jpg", b"x")
    assert codes(desk.check(desk.folder / "fotos")) == [(0, "", "folder_empty")]


def test_a_link_that_is_given_by_name_is_followed(desk: Desk) -> None:
    link = desk.folder / "enlace.csv"
    link.symlink_to(desk.put("lote.csv", "nombre\nAna\n"))
    broken = desk.folder / "roto.csv"
    broken.symlink_to(desk.folder / "nada.csv")
    loop = desk.folder / "bucle.csv"
    loop.symlink_to(loop)
    checked = desk.check(link, broken, loop)
    assert names(checked) == ["Ana"]
    assert [problem.code for problem in checked.refused] == ["file_missing", "file_unreadable"]


def test_a_file_given_twice_is_read_once(desk: Desk) -> None:
    file = desk.put("lote.csv", "nombre\nAna\n")
    checked = desk.check(file, file.parent / "." / "lote.csv", desk.folder)
    assert names(checked) == ["Ana"]
    assert notices(checked) == ["The file was given more than once; it is read once."] * 2


@pytest.mark.skipif(os.name == "nt", reason="file names are Unicode there")
def test_a_file_name_that_is_no_unicode_can_be_stored_and_printed(desk: Desk) -> None:
    file = Path(os.fsdecode(os.fsencode(desk.folder) + b"/caf\xe9.csv"))
    try:
        file.write_text("nombre,x\nAna,y\n,\n")
    except OSError:
        pytest.skip("this file system wants Unicode names")
    checked = desk.check(file)
    assert names(checked) == ["Ana"]
    assert checked.accepted[0].job.to_json().encode()
    assert str(checked.as_dict()).encode()
