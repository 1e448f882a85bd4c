"""`.env` files: whatever is written is read back; what others wrote is read as they meant it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from dotenv import dotenv_values
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import UsageError
from core.settings.env_file import read_env, write_env
from tests.stand_ins import raises_code

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=60)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=TEXTS)
def test_any_text_comes_back(tmp_path: Path, value: str) -> None:
    file = tmp_path / "one.env"
    write_env(file, {"A": value, "B": "next"}, "The settings.")
    found = read_env(file)
    assert (found.values["A"].splitlines(), found.values["B"]) == (value.splitlines(), "next")
    assert found.spoilt == ()
    assert dotenv_values(file, interpolate=False)["A"] == found.values["A"]  # others read it so, too


def test_as_people_write_them(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    text = "\ufeff# c\nexport WORKERS=3 # cores\nA=\"x y\"\nB='$HOME'\nC=${HOME}\nD\n=3\nnot a line\nE=\n"
    file.write_text(text, encoding="utf-8")
    found = read_env(file)
    assert found.values == {"WORKERS": "3", "A": "x y", "B": "$HOME", "C": "${HOME}", "E": ""}
    assert found.spoilt == (7, 8)


@pytest.mark.parametrize("content", [b"A=\xff\xfe", b"A=1\n" * 300_000])
def test_what_is_no_such_file_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.env").write_bytes(content)
    with raises_code(UsageError, "env_file_unreadable"):
        read_env(tmp_path / "x.env")
    with raises_code(UsageError, "env_file_unreadable"):
        read_env(tmp_path / "not there.env")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such rights")
def test_only_its_owner_can_read_what_was_written(tmp_path: Path) -> None:
    write_env(tmp_path / "x.env", {"A": "1"}, "")
    assert (tmp_path / "x.env").stat().st_mode & 0o777 == 0o600
