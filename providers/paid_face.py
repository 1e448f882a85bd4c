"""A face at a service: its job is made once, asked after until it is done, and fetched, whatever is killed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import structlog

from core.errors import AnswerLost, Cancelled, EnvironmentFault, RenderError, StoreAway, TransientError
from core.jobs.ledger import Amount, Call, CallState
from core.jobs.store import JobStore
from core.progress import Progress, creeping, wait
from core.render.interfaces import FaceTask, RemoteFace, RemoteStatus
from providers.alone import alone
from providers.faults import FORGOT, OUTCOME_UNKNOWN
from providers.gate import Gate
from providers.patiently import patiently
from providers.terms import Terms, amount, asked_again, waits_for_person

_log = structlog.get_logger(__name__)

_TYPICAL_S = 240.0
_FIRST_LOOK_S, _LATER_LOOK_S = 1.0, 8.0
_PATIENCE_S = 1500.0
_GIVEN_UP_AFTER_S = 24 * 3600.0
_FAULTS_ENDURED = 10


class PaidFace:
    """`face` through its `gate`, on the `terms`. `patience_s`: how long one attempt of a film waits for a clip."""

    def __init__(
        self, face: RemoteFace, store: JobStore, gate: Gate, terms: Terms, *, patience_s: float = _PATIENCE_S
    ) -> None:
        self.face = face
        self.gate = gate
        self._store = store
        self._terms = terms
        self._patience_s = patience_s

    def make(self, call_id: str, task: FaceTask, part: Path, progress: Progress) -> None:
        """Writes the finished clip to `part`. Raises a `RenderError`, and whatever `progress` raises."""

        def attempt(report: Progress) -> None:
            call = self._begun(call_id, task, report)
            remote_id = call.remote_id or self._create(call, task, report)
            with self._cancelling(call, remote_id, task), _for_a_person_to_decide(call):
                status = self._finished(call, remote_id, report)
                self.face.fetch(status, part, report)
            spent = amount(status.cost or self.face.cost(task))
            patiently(lambda: self._store.settle_call(call.id, spent, keep=True), report)

        with alone(self._store, f"call:{call_id}", creeping(progress, _TYPICAL_S)) as report:
            self.gate.through(attempt, report)

    def is_running(self, call_id: str) -> bool:
        """Whether the service is at it, or may be."""
        call = self._store.call(call_id)
        return call is not None and call.state is CallState.CREATED

    def _begun(self, call_id: str, task: FaceTask, progress: Progress) -> Call:
        estimate = self.face.cost(task)
        while True:
            call = self._terms.begin(self._store, call_id, self.face.name, estimate, task.payer, progress)
            age_s = patiently(self._store.now_s, progress) - call.begun_s  # by the store's clock, as `begun_s` is
            match call.state:
                case CallState.NEW | CallState.SETTLED:
                    return call
                case CallState.CREATED if age_s < _GIVEN_UP_AFTER_S:
                    return call
                case CallState.CREATED:
                    self._give_up(call, call.remote_id, task)
                case _ if self.face.keyed and age_s < self.face.key_window_s:
                    return call  # the same key again gives the same job
                case _:
                    self._terms.unanswered(self._store, call, self.face.name, estimate, progress)

    def _create(self, call: Call, task: FaceTask, progress: Progress) -> str:
        try:
            remote_id = self.face.create(task, call.idempotency_key, progress)
        except AnswerLost as error:
            if not self.face.keyed or error.code == OUTCOME_UNKNOWN:
                self._terms.unanswered(self._store, call, self.face.name, self.face.cost(task), progress)
            raise asked_again(self.face.name, error) from error
        except TransientError:
            if not self.face.keyed:  # else it is asked again with the same key: it may have begun all the same
                self._nothing_spent(call, progress)
            raise
        except RenderError:
            self._nothing_spent(call, progress)
            raise
        except Cancelled:
            with suppress(StoreAway):
                self._store.give_up_call(call.id)  # it may have been begun, and nobody knows its name
            raise
        patiently(lambda: self._store.call_created(call, remote_id), progress)
        return remote_id

    def _nothing_spent(self, call: Call, progress: Progress) -> None:
        patiently(lambda: self._store.settle_call(call.id, Amount(calls=0)), progress)

    def _finished(self, call: Call, remote_id: str, progress: Progress) -> RemoteStatus:
        deadline = time.monotonic() + self._patience_s
        pause_s, faults = _FIRST_LOOK_S, 0
        while time.monotonic() < deadline:
            try:
                status = self.face.status(remote_id, progress)
                faults = 0
            except TransientError as error:
                faults += 1
                if faults > _FAULTS_ENDURED:
                    raise
                wait(min(error.retry_after_s or pause_s, 60.0), progress)
                continue
            if status.failure is not None:  # it has ended without a clip; another try is another call
                self._nothing_spent(call, progress)
                raise status.failure
            if status.finished:
                return status
            progress(status.fraction)
            wait(pause_s, progress)
            pause_s = min(1.4 * pause_s, _LATER_LOOK_S)
        raise TransientError(
            "provider_too_slow",
            "{provider} has not finished the clip after {minutes} minutes.",
            "It is asked after again by itself; nothing is paid twice.",
            provider=self.face.name,
            minutes=round(self._patience_s / 60),
        )

    @contextmanager
    def _cancelling(self, call: Call, remote_id: str, task: FaceTask) -> Iterator[None]:
        try:
            yield
        except Cancelled:
            self._give_up(call, remote_id, task)
            raise

    def _give_up(self, call: Call, remote_id: str, task: FaceTask) -> None:
        """Stops the service's job; if it can't be stopped any more, it is taken for spent."""
        try:
            stopped = self.face.cancel(remote_id)
        except RenderError as error:
            _log.warning("the provider's job could not be stopped", provider=self.face.name, code=error.code)
            stopped = False
        spent = Amount(calls=0) if stopped else amount(self.face.cost(task))
        with suppress(StoreAway):
            self._store.settle_call(call.id, spent)


@contextmanager
def _for_a_person_to_decide(call: Call) -> Iterator[None]:
    """A clip that the service knows no more may be lost: a person says whether this very call is to be made anew."""
    try:
        yield
    except EnvironmentFault as error:
        if error.code == FORGOT:
            error.waits_for = waits_for_person(call.id)
        raise
