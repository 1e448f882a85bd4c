"""Every error a user can meet, in one tree.

    TrineoError              says what happened, to what, and what to do about it
    ├── UsageError           a wrong option or file: nothing was started (exit status 2)
    ├── StoreAway            the job store can't be reached; work goes on by itself when it is back
    ├── QueueLocked          another program holds this data folder's queue
    ├── LeaseLost            this worker's lease ran out: the job belongs to somebody else now
    ├── Cancelled            somebody asked for the work to stop
    └── RenderError          what may go wrong while a film is made; its class decides what is next
        ├── TransientError   may pass: try again later, up to MAX_JOB_ATTEMPTS
        ├── EnvironmentFault something outside the job is missing: park it, costs no attempt
        │   └── AnswerLost   a paid call was sent and its answer never came: it may have been charged
        └── JobFault         trying again can't help: dead-letter queue at once

Decide by class or by `code`, never by the words. Foreign exceptions are translated into one of these
where they arise, `from exc`.
"""

from __future__ import annotations

from core.text import Text, Value


class TrineoError(Exception):
    """What happened, to what, and what to do.

    `code` is a stable snake_case name for machines; `what` and `remedy` are sentences for people, written
    as English templates whose `{places}` are filled from `values`; `detail` is technical text (a command,
    the tail of stderr) shown only behind a click. None of them may hold a key or a child's words.
    """

    def __init__(self, code: str, what: str, remedy: str = "", *, detail: str = "", **values: Value) -> None:
        super().__init__(code)
        self.code = code
        self.what = Text(what, values)
        self.remedy = Text(remedy, values)
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.what} {self.remedy}".strip()


class UsageError(TrineoError):
    pass


class StoreAway(TrineoError):
    pass


class QueueLocked(TrineoError):
    pass


class LeaseLost(TrineoError):
    pass


class Cancelled(TrineoError):
    pass


class RenderError(TrineoError):
    pass


class TransientError(RenderError):
    """`retry_after_s`: what the other side asked for, or None to leave it to the back-off."""

    def __init__(
        self,
        code: str,
        what: str,
        remedy: str = "",
        *,
        detail: str = "",
        retry_after_s: float | None = None,
        **values: Value,
    ) -> None:
        super().__init__(code, what, remedy, detail=detail, **values)
        self.retry_after_s = retry_after_s


class EnvironmentFault(RenderError):
    """`waits_for` names what is missing (`disk`, `ffmpeg`, `template:<hash>`, `provider:<name>`).

    All jobs parked for one thing are tried again together as soon as a probe finds it back.
    """

    def __init__(
        self, code: str, what: str, remedy: str = "", *, waits_for: str, detail: str = "", **values: Value
    ) -> None:
        super().__init__(code, what, remedy, detail=detail, **values)
        self.waits_for = waits_for


class AnswerLost(EnvironmentFault):
    """Asking again may pay twice. Where the service takes idempotency keys, who called asks again with the same key;
    where not, the job waits for a person (`waits_for` `person:…`, found back when nothing is left to decide).
    """


class JobFault(RenderError):
    pass
