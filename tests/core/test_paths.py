"""Where things are kept, also for an account that has no place of its own."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from core.errors import UsageError
from core.paths import from_home
from tests.stand_ins import raises_code


def test_a_tilde_is_the_home_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("USERPROFILE" if sys.platform == "win32" else "HOME", str(tmp_path))
    assert from_home(Path("~/films")) == tmp_path / "films"
    assert from_home(tmp_path) == tmp_path


@pytest.mark.skipif(sys.platform == "win32", reason="accounts without a home are a service's on Linux")
def test_an_account_without_one_is_told_what_to_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOME", raising=False)
    monkeypatch.setattr(os, "getuid", lambda: 54321)
    with raises_code(UsageError, "no_home"):
        from_home(Path("~/.local/share/Trineo"))
