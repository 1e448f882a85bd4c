"""What happens, told to whoever asked to hear of it. No Qt here: `gui/bridge.py` turns these into signals."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from core.jobs.model import State

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class JobChanged:
    """A job entered `state` (also a new one). Never dropped on the way to a listener."""

    job_id: str
    batch: str
    state: State


@dataclass(frozen=True, slots=True)
class JobProgress:
    """A running job got on: `fraction` of the whole film, 0 to 1. May be dropped or thinned out."""

    job_id: str
    batch: str
    stage: str
    fraction: float


@dataclass(frozen=True, slots=True)
class Resync:
    """The listener may have missed changes (store away, stream cut): read everything again."""

    reason: str


@dataclass(frozen=True, slots=True)
class StoreReachable:
    """The job store went away (`reachable` false) or came back."""

    reachable: bool


@dataclass(frozen=True, slots=True)
class TemplateWarming:
    """What the films of a template share is being made: how far it is; 1.0 when it is over. May be dropped.

    `making`: what of it at the moment, see `core.render.interfaces.Renderer.warm`; it may be empty.
    """

    template: str
    preset: str
    fraction: float
    making: str = ""


Event = JobChanged | JobProgress | Resync | StoreReachable | TemplateWarming
Listener = Callable[[Event], None]


class EventHub:
    """Hands each event to every listener, in the thread that emits it. A listener must return at once."""

    def __init__(self) -> None:
        self._listeners: tuple[Listener, ...] = ()
        self._lock = threading.Lock()

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Adds `listener`; the answer takes it away again."""
        with self._lock:
            self._listeners = (*self._listeners, listener)

        def forget() -> None:
            with self._lock:
                self._listeners = tuple(one for one in self._listeners if one is not listener)

        return forget

    def emit(self, event: Event) -> None:
        for listener in self._listeners:
            try:
                listener(event)
            except Exception:  # noqa: BLE001 - one broken listener must not silence the others
                _log.exception("listener failed", listener_event=type(event).__name__)
