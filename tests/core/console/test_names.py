"""`app.py names`: as people type it, in a real process."""

from __future__ import annotations

from tests.core.console.trineo import Trineo


def test_a_name_is_respelled_listed_and_forgotten(trineo: Trineo) -> None:
    sheet = trineo.sheet("niños.csv", "Zoë,leer", "Ana,leer", "Thiago,leer", "zoë,leer")
    tiny = ("--template", trineo.folder / "tiny")
    found = trineo.json("names", "list", sheet, *tiny)["names"]
    assert [(one["name"], one["doubt"], one["letters"], one["films"]) for one in found] == [
        ("Zoë", "letter", "ë", 2),
        ("Thiago", "pair", "th", 1),
        ("Ana", "none", "", 1),
    ]
    assert trineo("names", "say", "Zoë", "Soi").returncode == 0
    assert trineo.json("names", "say", "Zoë", "Zoi", "--language", "en")["language"] == "en"
    assert trineo("names", "list").stdout.splitlines() == ["en  Zoë -> Zoi", "es  Zoë -> Soi"]
    assert "es  Zoë -> Soi" in trineo("names", "list", sheet, *tiny).stdout.splitlines()
    trineo.json("submit", sheet, *trineo.order)
    assert trineo.states() == {"ready": 4}
    journal = b"".join(file.read_bytes() for file in (trineo.data / "queue").iterdir() if file.is_file())
    assert journal.count(rb"Soi") == 2
    assert trineo.json("names", "forget", "ZOË")["forgotten"] == 2
    assert trineo("names", "forget", "Zoë").returncode == 2
    assert trineo("names", "list").stdout == ""


def test_wrong_usage_and_a_broken_list_are_told(trineo: Trineo) -> None:
    assert trineo("names", "say", "Zoë").returncode == 2
    (trineo.data / "names.toml").write_text("no list", encoding="utf-8")
    done = trineo("names", "list")
    assert done.returncode == 2
    assert "names.toml" in done.stderr
    assert "line 1" in done.stderr
