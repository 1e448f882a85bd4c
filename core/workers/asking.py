"""Questions to disks and services that may never answer: asked in threads of their own, so that nobody hangs too."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, wait


class Questions:
    """By name. One that has not been answered yet is not asked again; its answer counts when it comes."""

    def __init__(self, patience_s: float) -> None:
        """`patience_s`: so long an answer is waited for when something is asked for the first time."""
        self._patience_s = patience_s
        self._open: dict[str, Future[bool]] = {}
        self._lock = threading.Lock()

    def ask(self, name: str, question: Callable[[], bool]) -> bool:
        """The answer; False while there is none. Raises what `question` raises."""
        with self._lock:
            answer = self._open.get(name)
            patience_s = 0.0 if answer is not None else self._patience_s
            if answer is None:
                answer = self._open[name] = _asked(question)
        wait([answer], patience_s)
        if not answer.done():
            return False
        with self._lock:
            self._open.pop(name, None)
        return answer.result()


def _asked(question: Callable[[], bool]) -> Future[bool]:
    answer: Future[bool] = Future()

    def run() -> None:
        try:
            answer.set_result(question())
        except Exception as error:  # noqa: BLE001 - goes on in the thread that asked
            answer.set_exception(error)

    threading.Thread(target=run, name="question", daemon=True).start()
    return answer
