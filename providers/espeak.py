"""The offline voice: eSpeak NG in a helper process, warmed with filters. Needs no network and no key."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import espeakng_loader
import structlog

from core.errors import EnvironmentFault, TransientError
from core.media import pcm
from core.media.audio import wav_seconds
from core.media.child import process_options
from core.media.filters import Filter, filtered
from core.paths import ROOT
from core.progress import Progress
from core.render.interfaces import Availability, Cost, Line, Speech
from core.render.spoken import Timing

_log = structlog.get_logger(__name__)

_BEAT_S = 0.1
_PATIENCE_S = 60.0  # a 10-minute text takes eSpeak about three seconds


@dataclass(frozen=True, slots=True)
class _Manner:
    """How eSpeak is asked to speak. `rate` is in words a minute; pitch and range go from 0 to 99."""

    voice: str
    rate: int
    pitch: int
    range: int


_MANNERS = {
    "es": _Manner("es-419", 150, 52, 82),
    "en": _Manner("en-us", 126, 52, 80),
}
# What makes the voice an old man's: lower and slower by one step (so is all that resonates), more chest, less glare,
# a small warm room. Its spectrum over time is then within 2 to 3 dB of men's speech; benchmarks/sound.py measures it.
_DEEPER = 0.86
_WARM: Sequence[Filter] = (
    ("asetrate", str(round(22_050 * _DEEPER))),
    ("aresample", "48000"),
    ("highpass", "f=60"),
    ("equalizer", "f=135:t=o:w=0.7:g=6"),
    ("equalizer", "f=2700:t=o:w=2.2:g=-5.5"),
    ("aecho", "0.9:0.85:23|41:0.10|0.06"),
    ("acompressor", "threshold=-24dB:ratio=2.5:attack=8:release=120"),
)
_WARMTH = "v3"


def _slowed(phonemes: Sequence[tuple[str, float, float]]) -> tuple[Timing, ...]:
    """When each phoneme is heard after the filters: playing lower is playing slower."""
    return tuple(Timing(what, start_s / _DEEPER, end_s / _DEEPER) for what, start_s, end_s in phonemes)


class EspeakVoice:
    """Safe to use from several threads; they take turns (a sentence takes a few milliseconds)."""

    name = "espeak"

    def __init__(self, *, disabled: bool = False) -> None:
        self.disabled = disabled
        self._lock = threading.Lock()
        self._helper: _Helper | None = None

    def availability(self) -> Availability:
        if self.disabled:
            return Availability(False, "switched off (DISABLE_ESPEAK)")
        if not Path(espeakng_loader.get_library_path()).is_file():
            return Availability(False, "its library is not installed")
        return Availability(True)

    def voice(self, language: str) -> str:
        manner = self._manner(language)
        return f"{manner.voice}/{manner.rate}/{manner.pitch}/{manner.range}/{_DEEPER}/{_WARMTH}"

    def cost(self, line: Line) -> Cost:
        del line
        return Cost()

    def speak(self, line: Line, destination: Path, progress: Progress) -> Speech:
        manner = self._manner(line.language)
        raw = destination.with_suffix(".raw.wav")
        request = {
            "text": line.text,
            "voice": manner.voice,
            "rate": manner.rate,
            "pitch": manner.pitch,
            "range": manner.range,
            "path": str(raw),
        }
        try:
            answer = self._ask(request, progress)
            if "errno" in answer:
                raise OSError(int(answer["errno"]), str(answer["error"]))
            if "error" in answer:
                raise TransientError(
                    "voice_failed",
                    "The offline voice could not speak this text.",
                    "It is tried again by itself.",
                    detail=str(answer["error"]),
                )
            pcm.write(destination, [filtered(raw, _WARM)])
            progress(1.0)
        finally:
            raw.unlink(missing_ok=True)
        return Speech(destination, wav_seconds(destination), phonemes=_slowed(answer["phonemes"]))

    def close(self) -> None:
        with self._lock:
            self._stop()

    def _manner(self, language: str) -> _Manner:
        try:
            return _MANNERS[language]
        except KeyError:
            raise EnvironmentFault(
                "voice_language",
                "The offline voice does not speak {language}.",
                "Connect a voice that does, in Settings.",
                waits_for=f"voice:{language}",
                language=language,
            ) from None

    def _ask(self, request: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
        while not self._lock.acquire(timeout=_BEAT_S):
            progress(0.0)
        try:
            if self._helper is None or not self._helper.alive:
                self._helper = _Helper()
            return self._helper.ask(request, progress)
        except BaseException:
            self._stop()  # its answer to this request would be taken for the next one's
            raise
        finally:
            self._lock.release()

    def _stop(self) -> None:
        if self._helper is not None:
            self._helper.close()
            self._helper = None


class _Helper:
    """The running helper process: one request, one answer."""

    def __init__(self) -> None:
        frozen = getattr(sys, "frozen", False)
        own = ["--espeak-process"] if frozen else ["-m", "providers.espeak_process"]
        try:
            self._process = subprocess.Popen(
                [sys.executable, *own],
                cwd=None if frozen else ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                **process_options(),
            )
        except OSError as error:
            raise _died(error.strerror or "it can't be started") from error
        self._answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, name="espeak-answers", daemon=True)
        self._reader.start()
        _log.debug("voice helper started", pid=self._process.pid)

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as answers:
            for line in answers:
                self._answers.put(line)
        self._answers.put(b"")

    def ask(self, request: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            self._process.stdin.flush()
        except OSError as error:
            raise _died(error.strerror or "its input is closed") from error
        deadline = time.monotonic() + _PATIENCE_S
        while time.monotonic() < deadline:
            try:
                line = self._answers.get(timeout=_BEAT_S)
            except queue.Empty:
                progress(0.0)
                continue
            if not line:
                raise _died(f"it ended with status {self._process.wait()}")
            answer: dict[str, Any] = json.loads(line)
            return answer
        raise _died(f"it gave no answer for {_PATIENCE_S:.0f} s")

    def close(self) -> None:
        """Its input's end is its end; a helper that hangs is killed."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.close()
            self._process.wait(timeout=2)
        except (OSError, subprocess.TimeoutExpired):
            self._process.kill()
            self._process.wait()
        self._reader.join()


def _died(reason: str) -> TransientError:
    return TransientError(
        "voice_helper_died",
        "The offline voice stopped working ({reason}).",
        "It is started again by itself.",
        reason=reason,
    )
