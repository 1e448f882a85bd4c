"""`app.py check`: refused rows exported and corrected, columns told what they hold."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from core.paths import ROOT

pytestmark = pytest.mark.slow


def check(folder: Path, *arguments: object) -> tuple[dict[str, list[dict[str, object]]], int, str]:
    command = [sys.executable, "app.py", "check", *map(str, arguments), "--json", "--out", str(folder / "films")]
    done = subprocess.run(
        [*command, "--data-dir", str(folder / "data")],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    answer: dict[str, list[dict[str, object]]] = json.loads(done.stdout) if done.stdout else {}
    return answer, done.returncode, done.stderr


def test_what_was_refused_goes_out_and_comes_back(tmp_path: Path) -> None:
    sheet = tmp_path / "lote.csv"
    sheet.write_text("Homenajeado;Deseo\nAna;bici\n;tren\n", encoding="utf-8")
    answer, status, _ = check(tmp_path, sheet)
    assert (status, answer["accepted"]) == (2, [])
    out = tmp_path / "corregir.csv"
    answer, status, told = check(tmp_path, sheet, "--column", "Homenajeado=nombre", "--export-refused", out)
    assert [row["name"] for row in answer["accepted"]] == ["Ana"]
    assert (status, answer["refused"][0]["field"]) == (2, "Homenajeado")
    assert "1 refused" in told
    out.write_text(out.read_text(encoding="utf-8-sig").replace(";;tren", ";Leo;tren"), encoding="utf-8")
    answer, status, _ = check(tmp_path, out, sheet)
    assert [row["name"] for row in answer["accepted"]] == ["Leo", "Ana"], "and the mapping is remembered"
    assert set(answer) >= {"accepted", "refused", "notices"}


@pytest.mark.parametrize(
    ("option", "value", "code"),
    [("--column", "nombre", 2), ("--column", "x=edad", 2), ("--export-refused", "lote.csv", 2)],
)
def test_what_cant_be_done_is_told(tmp_path: Path, option: str, value: str, code: int) -> None:
    sheet = tmp_path / "lote.csv"
    sheet.write_text("nombre\n{x}\n", encoding="utf-8")
    where = tmp_path / value if option == "--export-refused" else value
    _, status, told = check(tmp_path, sheet, option, where)
    assert status == code
    assert "Traceback" not in told
    assert sheet.read_text(encoding="utf-8") == "nombre\n{x}\n"
