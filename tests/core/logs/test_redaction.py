"""Whatever is thrown at the log, no key and no child's name or words come out of it."""

from __future__ import annotations

import json
import logging
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path, PureWindowsPath
from typing import Any
from urllib.parse import quote

import pytest
import structlog
from pydantic import SecretStr

from core.errors import TransientError
from core.jobs.model import Failure
from core.logs.redaction import private_words
from core.logs.setup import carried, configure_logs, log_ended_threads
from core.settings.declaration import Settings
from core.settings.running import secrets_of
from tests.stand_ins import make_jobs

KEY = "sk_4f9a-Zz+/81=qq"
HEX_KEY = "9f8e7d6c5b4a39281706f5e4d3c2b1a0"
PASSWORD = "rénos/y:duendes"  # with what an address has to escape
NAME = "Zoë Ñandubay de la Fuente"
TEXT = "Supe que aprendiste a andar en bici sin rueditas, ¡bravo!"
REDIS_URL = f"rediss://santa:{PASSWORD}@redis.example:6380/0"

FORBIDDEN = (
    *(KEY, quote(KEY, safe=""), b64encode(KEY.encode()).decode().rstrip("="), HEX_KEY, PASSWORD, "duendes", "rénos"),
    *(NAME, "Zoë", "Ñandubay", "ñandubay", "Fuente", "fuente", TEXT, "rueditas", "bravo"),
)

Log = Callable[..., None]
_log = structlog.get_logger("trineo.test")


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    root = logging.getLogger()
    level, loud = root.level, logging.raiseExceptions
    yield
    for handler in [one for one in root.handlers if getattr(one, "trineo", False)]:
        root.removeHandler(handler)
        with suppress(OSError):
            handler.close()
    root.setLevel(level)
    logging.raiseExceptions = loud
    configure_logs("INFO", as_json=False, to_stderr=False)


class Careless:
    """An object whose text holds everything."""

    def __repr__(self) -> str:
        return f"{NAME} {TEXT} {KEY}"


@dataclass
class Row:
    nombre: str = NAME
    text: str = TEXT


def _settings() -> Settings:
    return Settings(redis_url=SecretStr(REDIS_URL), elevenlabs_api_key=SecretStr(KEY), higgsfield_api_key_id=HEX_KEY)


def _raise(error: BaseException, cause: BaseException | None = None) -> None:
    nombre, guion = NAME, TEXT  # locals of a frame
    assert nombre
    assert guion
    raise error from cause


THROWN: dict[str, Callable[[], object]] = {
    "key in an address": lambda: _log.info("asked", url=f"https://api.example/v1/x?api_key={quote(KEY)}&name={NAME}"),
    "address in the message": lambda: _log.info(f"GET https://u:{KEY}@api.example/v1/{quote(NAME)}?xi-api-key={KEY}"),
    "redis": lambda: _log.warning("away", detail=f"Error 111 connecting to {REDIS_URL}. Connection refused."),
    "redis, another password": lambda: _log.warning(f"redis://:{PASSWORD}@h:6379"),
    "headers": lambda: _log.info(
        "sent", headers={"xi-api-key": "abc-def", "Authorization": f"Bearer {KEY}", "n": NAME}
    ),
    "headers as text": lambda: _log.info(f"Authorization: Bearer {HEX_KEY}\nX-Api-Key: {KEY}\nCookie: s={KEY}"),
    "unknown key": lambda: _log.info("Authorization: Bearer QQduendesQQ123, api_key=rénosrénos"),
    "a name": lambda: _log.info(f"made the film of {NAME}", job="0" * 20),
    "a part of a name": lambda: _log.info("hello ñandubay", who="ZOË"),
    "a text": lambda: _log.info("said", line=TEXT, said=TEXT),
    "fields": lambda: _log.info("row", fields={"nombre": NAME, "queHizo": TEXT}, script=TEXT, name=NAME),
    "a name as a field's name": lambda: _log.info("row", **{NAME: 1, "x": {NAME: {TEXT: 2}}}),
    "a film": lambda: _log.info("published", output=f"/home/ana/Videos/lote/0001-{NAME}.mp4"),
    "a film in the message": lambda: _log.info(f"moved /home/ana maria/Vídeos/0001 {NAME}.mp4 to D:\\f\\{NAME}.mp4"),
    "a film of one that is not held": lambda: _log.info("moved /f/0001-Zoe-Fuentealba.mp4 and 0002-Zoe-Fuente.srt"),
    "a film's name alone": lambda: _log.info("moved 0001-Zoe Maria Fuentealba.mp4", why="no '0002 Mr Fuentealba.srt'"),
    "a listing": lambda: _log.info("0001 Zoe Fuentealba.mp4, 0002 Fuentealba Zoe.mp4: gone"),
    "paths": lambda: _log.info("paths", one=Path(f"/f/{NAME}/x"), two=PureWindowsPath(f"C:\\f\\{NAME}.mp4")),
    "ffmpeg": lambda: _log.debug("ffmpeg says", line=f"[in#0 @ 0x5] Error opening input file /out/0001-{NAME}.mp4."),
    "ffmpeg, quoted": lambda: _log.debug("ffmpeg says", line=f"Output #0, mp4, to 'file:/out dir/0001-{NAME}.mp4':"),
    "ffmpeg's filter": lambda: _log.debug("ffmpeg says", line=f"drawtext=text='{NAME}':fontfile=/x/{NAME}.ttf"),
    "bytes": lambda: _log.info("raw", body=NAME.encode(), other=bytearray(KEY.encode())),
    "an object": lambda: _log.info(
        "object", what=Careless(), many=[Careless(), {"x": Careless()}, (Row(), {Decimal(1)})]
    ),
    "an object in the message": lambda: logging.getLogger("other").info("object %s %r", Row().nombre, TEXT),
    "a job": lambda: _log.info("job", it=make_jobs(1)[1][0].edited(name=NAME), secret=SecretStr(KEY)),
    "a failure": lambda: _log.info("failure", it=Failure.of(TransientError("x", NAME, TEXT, detail=KEY), "speech")),
    "an error as a value": lambda: _log.info("error", error=ValueError(NAME), other=OSError(2, "no", f"/f/{NAME}.mp4")),
    "an error's text": lambda: _log.warning("error", error=str(KeyError(NAME)), detail=repr(OSError(2, "n", NAME))),
    "very deep": lambda: _log.info("deep", it={"a": {"b": {"c": {"d": {"e": {"f": NAME}}}}}}),
    "a generator": lambda: _log.info("lazy", it=(NAME for _ in range(3)), lambda_=lambda: NAME),
    "stack_info": lambda: logging.getLogger("other").info("here", stack_info=True),
    "extra": lambda: logging.getLogger("other").info(f"{KEY} %s", NAME, extra={"nombre": NAME}),
    "not a string": lambda: logging.getLogger("other").info({"nombre": NAME, KEY: TEXT}),
    "a broken line": lambda: logging.getLogger("other").info("%d films", NAME),
}


@pytest.mark.parametrize("as_json", [True, False])
@pytest.mark.parametrize("thrown", sorted(THROWN))
def test_nothing_gets_out(thrown: str, as_json: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("DEBUG", as_json=as_json, folder=tmp_path / "logs", secrets=secrets_of(_settings()))
    with private_words.held(NAME, (NAME, TEXT)):
        THROWN[thrown]()
    written = (tmp_path / "logs" / "trineo.log").read_text(encoding="utf-8") if thrown != "a broken line" else ""
    written += capsys.readouterr().err
    assert not [word for word in FORBIDDEN if word in written], written
    assert "Fuentealba" not in written


@pytest.mark.parametrize("level", ["DEBUG", "INFO"])
def test_an_exception_is_told_without_its_words(level: str, tmp_path: Path) -> None:
    configure_logs(level, as_json=True, folder=tmp_path, to_stderr=False, secrets=secrets_of(_settings()))
    try:
        try:
            _raise(KeyError(f"{NAME}: {KEY}"))
        except KeyError as error:
            _raise(OSError(28, TEXT, f"/f/{NAME}.mp4"), error)
    except OSError:
        _log.warning("it failed", exc_info=True)
        logging.getLogger("other").warning("it failed", exc_info=True)
    lines = (tmp_path / "trineo.log").read_text(encoding="utf-8").splitlines()
    for line in lines:
        assert not [word for word in FORBIDDEN if word in line]
        told = json.loads(line)
        assert told["error"] == "OSError 28"
        assert ("stack" in told) == (level == "DEBUG")
    if level == "DEBUG":
        stack = json.loads(lines[0])["stack"]
        assert "KeyError" in stack
        assert any(
            place.startswith("tests/core/logs/test_redaction.py:") and place.endswith("_raise") for place in stack
        )


def test_what_is_harmless_is_told(tmp_path: Path) -> None:
    configure_logs(
        "INFO", as_json=True, folder=tmp_path / "logs", to_stderr=False, machine="maria-pc-of-the-studio-2026:7"
    )
    told: dict[str, Any] = {"code": "disk_full", "seconds": 1.25, "row": 7, "ok": True, "none": None, "of": ["a", 2]}
    queue = tmp_path / "queue" / "queue.damaged-20261123-010203.txt"
    _log.info("attempt ended", job="018f2a7c9b1d4e5f6a7b", **told, kept=queue, url="redis://localhost:6379/0")
    [line] = (tmp_path / "logs" / "trineo.log").read_text(encoding="utf-8").splitlines()
    found = json.loads(line)
    assert found["message"] == "attempt ended"
    assert found["machine"] == "maria-pc-of-the-studio-2026:7"
    assert found["job"] == "018f2a7c9b1d4e5f6a7b"
    assert {name: found[name] for name in told} == told
    assert found["kept"] == "[data]/queue/queue.damaged-20261123-010203.txt"
    assert found["url"] == "redis://localhost:6379"
    assert found["logger"] == "trineo.test"
    assert found["level"] == "info"
    assert found["timestamp"].endswith("Z")


def test_a_child_called_job_takes_no_field_away(tmp_path: Path) -> None:
    configure_logs("INFO", as_json=True, folder=tmp_path, to_stderr=False)
    with private_words.held("Job Level", ()):
        _log.info("attempt ended", job="018f2a7c9b1d4e5f6a7b", who="Job")
    [line] = (tmp_path / "trineo.log").read_text(encoding="utf-8").splitlines()
    found = json.loads(line)
    assert (found["job"], found["level"], found["who"]) == ("018f2a7c9b1d4e5f6a7b", "info", "[private]")


def test_words_are_held_only_while_they_are_needed() -> None:
    with private_words.held(NAME, ()), private_words.held(NAME, ("Ana",)):
        assert private_words.hide("Ana, and Anahí; zoë") == "[private], and Anahí; [private]"
    assert private_words.hide(NAME) == NAME


def test_a_line_ends(tmp_path: Path) -> None:
    configure_logs("INFO", as_json=True, folder=tmp_path, to_stderr=False)
    _log.info("x" * 10_000, many=["/y y " * 1_000] * 100, **{"api_key_" * 300: "api_key_ " * 300})
    assert (tmp_path / "trineo.log").stat().st_size < 250_000


def test_a_thread_that_a_render_starts_names_its_job(tmp_path: Path) -> None:
    configure_logs("INFO", as_json=True, folder=tmp_path, to_stderr=False)
    with structlog.contextvars.bound_contextvars(job="j1", batch="b1", attempt=2, stage="speech"):
        thread = threading.Thread(target=carried(lambda: _log.info("from a thread")))
        thread.start()
        thread.join()
    [line] = (tmp_path / "trineo.log").read_text(encoding="utf-8").splitlines()
    found = json.loads(line)
    assert (found["job"], found["batch"], found["attempt"], found["stage"]) == ("j1", "b1", 2, "speech")


def test_the_log_is_rotated_by_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.logs.setup._FILE_BYTES", 10_000)
    configure_logs("INFO", as_json=True, folder=tmp_path, to_stderr=False)
    for number in range(1000):
        _log.info("a line", number=number)
    files = sorted(tmp_path.glob("trineo.log*"))
    assert len(files) == 6
    assert all(file.stat().st_size <= 10_000 for file in files)


@pytest.mark.logs_errors
def test_what_ends_a_thread_is_told_without_its_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    configure_logs("INFO", as_json=True, folder=tmp_path, to_stderr=False)
    log_ended_threads()
    thread = threading.Thread(target=lambda: _raise(ValueError(NAME)), name="worker 1")
    thread.start()
    thread.join()
    [line] = (tmp_path / "trineo.log").read_text(encoding="utf-8").splitlines()
    assert (json.loads(line)["error"], json.loads(line)["thread"]) == ("ValueError", "worker")
    assert NAME not in line + capsys.readouterr().err
