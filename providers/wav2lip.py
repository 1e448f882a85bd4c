"""Wav2Lip in a checkout of your own: moves the mouth in the template's clip on this computer.

It has no licence for commercial use and never comes with Trineo. It writes files of fixed names, pastes paths into a
shell unquoted, and ends well without a film. So each job has a folder of its own, all it is told are names in that
folder, and what it left there is looked at.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import psutil
import structlog

from core.errors import EnvironmentFault, JobFault, RenderError, TransientError
from core.jobs.model import Strategy
from core.media import ffmpeg
from core.media.child import process_options, tethered
from core.media.ffmpeg import Limits
from core.progress import Progress, creeping, unwatched
from core.render.interfaces import Availability, Cost, FaceTask
from core.settings.declaration import Settings
from providers.downloads import check_clip
from providers.faults import Service
from providers.output import Output

SERVICE = Service("wav2lip", "Wav2Lip", "WAV2LIP_CHECKPOINT", "WAV2LIP_REPO_PATH")

_log = structlog.get_logger(__name__)

_LIMITS = Limits(timeout_s=3600.0, stall_s=600.0)  # on a processor, loading the model alone may take minutes
_TYPICAL_S = 300.0
_BAR = re.compile(r"(\d{1,3})%\|")
_MODEL_LOADED = "Model loaded"
_NOT_STARTED = (126, 127)  # what ties it to us says so
_DETECTING = 0.5  # of the work: finding the face; the rest is moving the mouth


class Wav2LipFace:
    name = SERVICE.name
    strategy = Strategy.LIPSYNC
    speaks = False

    def __init__(self, settings: Settings, limits: Limits = _LIMITS) -> None:
        self._settings = settings
        self._limits = limits
        self._checkout = settings.wav2lip_repo_path.expanduser().absolute() if settings.wav2lip_repo_path else None

    def availability(self) -> Availability:
        if self._settings.disable_wav2lip:
            return Availability(False, "switched off (DISABLE_WAV2LIP)")
        if self._checkout is None:
            return Availability(False, "no checkout is named (WAV2LIP_REPO_PATH)")
        if not (self._checkout / "inference.py").is_file():
            return Availability(False, "there is no inference.py in the folder that WAV2LIP_REPO_PATH names")
        if not (self._checkout / self._settings.wav2lip_checkpoint).is_file():
            return Availability(False, "the model file that WAV2LIP_CHECKPOINT names is not there")
        if self._python() is None:
            return Availability(False, "no Python was found that runs it (WAV2LIP_PYTHON)")
        return Availability(True)

    def look(self) -> str:
        settings = self._settings
        return f"{Path(settings.wav2lip_checkpoint).name}/{settings.wav2lip_pads}/{settings.wav2lip_resize_factor}"

    def unfit(self, task: FaceTask) -> str:
        return ""

    def cost(self, task: FaceTask) -> Cost:
        return Cost()

    def make(self, task: FaceTask, destination: Path, progress: Progress) -> None:
        assert task.speech is not None, "lip-sync is given speech"
        with tempfile.TemporaryDirectory(prefix="trineo-wav2lip-", ignore_cleanup_errors=True) as name:
            folder = Path(name)
            (folder / "temp").mkdir()
            face = f"face{task.clip.suffix.lower()}"
            shutil.copyfile(task.clip, folder / face)
            shutil.copyfile(task.speech, folder / "speech.wav")
            output = self._run(folder, self._asked(face), creeping(progress, _TYPICAL_S))
            film = folder / "film.mp4"
            if not film.is_file():
                raise _no_film(output)
            check_clip(SERVICE, film, lambda done: progress(0.98 + 0.02 * done))
            shutil.move(film, destination)

    def probe(self, progress: Progress = unwatched) -> None:
        """Lets it load all that it needs and say how it is used. Raises what keeps it from running."""
        with tempfile.TemporaryDirectory(prefix="trineo-wav2lip-", ignore_cleanup_errors=True) as name:
            self._run(Path(name), ["--help"], progress)

    def _run(self, folder: Path, asked: list[str], progress: Progress) -> Output:
        """Runs it to its end; answers what it wrote. Raises a `RenderError`."""
        try:
            process = subprocess.Popen(
                tethered([*self._program(), *asked]),
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                encoding="utf-8",
                errors="replace",
                **_options(folder),
            )
        except OSError as error:
            raise _unable(error.strerror or "it can't be started") from error
        output = Output(process.stdout, "wav2lip-output")
        try:
            output.watch(_fraction, progress, self._limits)
        except BaseException:
            _end(process)
            output.join()
            raise
        status = process.wait()
        _log.debug("wav2lip ended", status=status)
        if status != 0:
            raise _failed(status, output)
        return output

    def _program(self) -> list[str]:
        assert self._checkout is not None, "asked only if it is available"
        python = self._python()
        if python is None:
            raise _unable("no Python was found that runs it")
        return [python, str(self._checkout / "inference.py")]

    def _asked(self, face: str) -> list[str]:
        assert self._checkout is not None, "asked only if it is available"
        return [
            "--checkpoint_path",
            str(self._checkout / self._settings.wav2lip_checkpoint),
            "--face",
            face,
            "--audio",
            "speech.wav",
            "--outfile",
            "film.mp4",
            "--pads",
            *self._settings.wav2lip_pads.split(),
            "--resize_factor",
            str(self._settings.wav2lip_resize_factor),
        ]

    def _python(self) -> str | None:
        if self._settings.wav2lip_python:
            return shutil.which(self._settings.wav2lip_python)
        assert self._checkout is not None, "asked only if it is available"
        for own in (".venv/bin/python", ".venv/Scripts/python.exe", "venv/bin/python", "venv/Scripts/python.exe"):
            if (self._checkout / own).is_file():
                return str(self._checkout / own)
        return shutil.which("python3") or shutil.which("python")


def _options(folder: Path) -> dict[str, Any]:
    """As for all our processes, and with an `ffmpeg` that it finds: ours."""
    options = dict(process_options())
    tools = folder / "tools"
    tools.mkdir()
    own = tools / ("ffmpeg.exe" if sys.platform == "win32" else "ffmpeg")
    try:
        own.symlink_to(ffmpeg.executable())
    except OSError:  # Windows asks for a right that most users don't have
        shutil.copy(ffmpeg.executable(), own)
    environment = dict(options.get("env") or os.environ)
    environment["PATH"] = f"{tools}{os.pathsep}{environment.get('PATH', '')}"
    environment["PYTHONUNBUFFERED"] = "1"
    return {**options, "env": environment}


def _fraction(line: str, before: float) -> float:
    """How far it is, from the bars it draws: one for finding the face, then one for the mouth."""
    if _MODEL_LOADED in line:
        return max(before, _DETECTING)
    found = _BAR.search(line)
    if found is None:
        return before
    done = min(1.0, int(found[1]) / 100)
    return max(before, _DETECTING + (0.97 - _DETECTING) * done if before >= _DETECTING else _DETECTING * 0.99 * done)


def _end(process: subprocess.Popen[str]) -> None:
    """It and the FFmpeg that it may have started."""
    try:
        children = psutil.Process(process.pid).children(recursive=True)
    except psutil.Error:
        children = []
    process.kill()
    for child in children:
        try:
            child.kill()
        except psutil.Error:
            _log.debug("a child of wav2lip had ended by itself")
    process.wait()


def _failed(status: int, output: Output) -> RenderError:
    said = output.tail
    if status in _NOT_STARTED:
        return _unable("its Python can't be started", said)
    if "Face not detected" in said:
        return JobFault(
            "wav2lip_no_face",
            "Wav2Lip finds no face in some picture of the template's message clip.",
            "Use a clip that shows the face all the time, or another way to make the message.",
            detail=said,
        )
    if "Mel contains nan" in said:
        return JobFault(
            "wav2lip_silence",
            "Wav2Lip can't work with this speech: there is complete silence in it.",
            "Reword the text, or use another voice, then retry.",
            detail=said,
        )
    missing = re.search(r"ModuleNotFoundError: No module named '([\w.]+)'", said)
    if missing or "ImportError" in said:
        return _unable(f"its Python lacks {missing[1] if missing else 'a library'}", said)
    return TransientError(
        "wav2lip_failed",
        "Wav2Lip failed with status {status}.",
        "It is tried again by itself. If it fails every time, the details say why.",
        detail=said,
        status=status,
    )


def _no_film(output: Output) -> TransientError:
    return TransientError(
        "wav2lip_no_film",
        "Wav2Lip ended without leaving a film.",
        "It is tried again by itself. If it fails every time, the details say why.",
        detail=output.tail,
    )


def _unable(reason: str, detail: str = "") -> EnvironmentFault:
    return EnvironmentFault(
        "wav2lip_unable",
        "Wav2Lip can't be run: {reason}.",
        "Look at its folder, named in WAV2LIP_REPO_PATH, and at WAV2LIP_PYTHON.",
        waits_for=f"provider:{SERVICE.name}",
        detail=detail,
        reason=reason,
    )
