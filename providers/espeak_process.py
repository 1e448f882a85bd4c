"""The helper process that holds eSpeak NG's native library: a crash in it costs one line, not the program.

Run as `python -m providers.espeak_process` (a frozen program: `trineo --espeak-process`). Each line on
standard input is a JSON request, each is answered by one JSON line; it ends when its input ends, so it
can't outlive its parent. Requests: {"text", "voice", "rate" (words a minute), "pitch" (0–99), "range"
(0–99), "path"}. Answers: {"seconds", "phonemes": [[eSpeak's mnemonic, start, end], …] in seconds}, or
{"error"} with the system's {"errno"} if there is one.
"""

from __future__ import annotations

import ctypes
import json
import sys
import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any

import espeakng_loader

_SYNCHRONOUS = 2
_POS_CHARACTER = 1
_CHARS_UTF8 = 1
_RATE, _PITCH, _RANGE = 1, 3, 4
_OK = 0

_PHONEME_EVENTS = 1
_LAST, _PHONEME = 0, 7


class _Id(ctypes.Union):
    _fields_ = (("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8))


class _Event(ctypes.Structure):
    """espeak_EVENT of speak_lib.h; `audio_ms` is where in the sound it happens."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_ms", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Id),
    )


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


class EspeakError(Exception):
    pass


class Espeak:
    """eSpeak NG, one per process: the library keeps its state in globals."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(espeakng_loader.get_library_path())
        data = Path(espeakng_loader.get_data_path())
        self.rate_hz: int = self._library.espeak_Initialize(_SYNCHRONOUS, 0, str(data.parent).encode(), _PHONEME_EVENTS)
        if self.rate_hz <= 0:
            raise EspeakError("eSpeak NG found no data")
        self._samples = bytearray()
        self._phonemes: list[tuple[str, float]] = []
        self._callback = _Callback(self._receive)  # kept: the library holds only a bare pointer to it
        self._library.espeak_SetSynthCallback(self._callback)

    def _receive(self, samples: Any, count: int, events: Any) -> int:
        if samples and count > 0:
            self._samples += ctypes.string_at(samples, count * 2)
        place = 0
        while events and events[place].type != _LAST:
            if events[place].type == _PHONEME:
                mnemonic = events[place].id.string.decode("utf-8", "replace")
                self._phonemes.append((mnemonic, events[place].audio_ms / 1000))
            place += 1
        return 0

    def phonemes(self) -> list[tuple[str, float, float]]:
        """Those of what was last spoken: mnemonic, start and end in seconds; pauses begin with `_`."""
        end_s = len(self._samples) / 2 / self.rate_hz
        starts = [min(start_s, end_s) for _, start_s in self._phonemes]
        ends = [*starts[1:], end_s]
        return [(one[0], start_s, end) for one, start_s, end in zip(self._phonemes, starts, ends, strict=True)]

    def speak(self, text: str, voice: str, rate: int, pitch: int, pitch_range: int) -> bytes:
        """The text, read literally (no SSML, no phoneme marks), as mono 16-bit PCM at `rate_hz`."""
        self._check(self._library.espeak_SetVoiceByName(voice.encode()), f"no voice {voice}")
        for parameter, value in ((_RATE, rate), (_PITCH, pitch), (_RANGE, pitch_range)):
            self._check(self._library.espeak_SetParameter(parameter, value, 0), "a value is out of range")
        self._samples.clear()
        self._phonemes.clear()
        data = text.encode("utf-8", "replace") + b"\0"
        status = self._library.espeak_Synth(
            data, ctypes.c_size_t(len(data)), 0, _POS_CHARACTER, 0, _CHARS_UTF8, None, None
        )
        self._check(status, "it refused the text")
        self._check(self._library.espeak_Synchronize(), "it did not finish")
        return bytes(self._samples)

    def _check(self, status: int, meaning: str) -> None:
        if status != _OK:
            raise EspeakError(f"eSpeak NG: {meaning} (status {status})")


def _answer(espeak: Espeak, request: dict[str, Any]) -> dict[str, Any]:
    samples = espeak.speak(request["text"], request["voice"], request["rate"], request["pitch"], request["range"])
    with wave.open(request["path"], "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(espeak.rate_hz)
        file.writeframes(samples)
    return {"seconds": len(samples) / 2 / espeak.rate_hz, "phonemes": espeak.phonemes()}


def main(write: Callable[[str], Any] | None = None) -> None:
    say = write or sys.stdout.write
    espeak = Espeak()
    for line in sys.stdin.buffer:
        try:
            answer = _answer(espeak, json.loads(line))
        except OSError as error:  # no name of a file or a text is told
            answer = {"error": error.strerror or "unknown", "errno": error.errno or 0}
        except (EspeakError, ValueError, KeyError) as error:
            answer = {"error": str(error) if isinstance(error, EspeakError) else type(error).__name__}
        say(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
