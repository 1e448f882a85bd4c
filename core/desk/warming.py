"""Makes what a template's films share while the batch is still looked at, so that the first film is quick too."""

from __future__ import annotations

import threading

import structlog

from core.errors import TrineoError
from core.events import EventHub, TemplateWarming
from core.media.presets import find_preset
from core.render.interfaces import Renderer
from core.template.model import Template

_log = structlog.get_logger(__name__)


class _Dropped(Exception):
    """Something else is wanted by now, or nothing."""


class Warmer:
    """One template at a time; asking for another one drops what is still being made for the last. Tells `events`."""

    def __init__(self, renderer: Renderer, events: EventHub) -> None:
        self._renderer = renderer
        self._events = events
        self._lock = threading.Lock()
        self._wanted: tuple[str, str] | None = None
        self._thread: threading.Thread | None = None

    def start(self, template: Template, preset: str) -> None:
        """Returns at once. What goes wrong is only logged: the first film meets it too, and says what it is."""
        wanted = (template.content_hash, preset)
        with self._lock:
            if self._wanted == wanted:
                return
            self._wanted = wanted
            before = self._thread
            self._thread = threading.Thread(
                target=self._run, args=(template, preset, wanted, before), name="warming", daemon=True
            )
            self._thread.start()

    def close(self) -> None:
        """Ends what is being made; what is made stays."""
        with self._lock:
            self._wanted, thread = None, self._thread
        if thread is not None:
            thread.join()

    def _run(self, template: Template, preset: str, wanted: tuple[str, str], before: threading.Thread | None) -> None:
        if before is not None:
            before.join()

        making = ""

        def begun(part: str) -> None:
            nonlocal making
            making = part

        def progress(fraction: float) -> None:
            if self._wanted != wanted:
                raise _Dropped
            self._events.emit(TemplateWarming(template.name, preset, min(0.999, fraction), making))

        try:
            progress(0.0)
            self._renderer.warm(template, find_preset(preset), progress, begun)
        except _Dropped:
            return
        except (TrineoError, OSError) as error:
            _log.warning("the template could not be made ready", code=getattr(error, "code", type(error).__name__))
        self._events.emit(TemplateWarming(template.name, preset, 1.0))
