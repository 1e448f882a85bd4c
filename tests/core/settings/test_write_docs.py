"""docs/settings.md is what the declaration says: `python -m core.settings.write_docs` writes it."""

from __future__ import annotations

from pathlib import Path

from core.settings.declaration import declared
from core.settings.write_docs import FILE, main


def test_the_page_is_as_it_would_be_written_now(tmp_path: Path) -> None:
    main(tmp_path / "settings.md")
    written = (tmp_path / "settings.md").read_text(encoding="utf-8")
    assert FILE.read_text(encoding="utf-8") == written, "run python -m core.settings.write_docs"


def test_every_setting_has_its_line_there() -> None:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    for setting in declared().values():
        line = next(line for line in lines if line.startswith(f"| `{setting.name}` |"))
        assert str(setting.about.meaning) in line
        assert line.count(" | ") == 3
