"""A voice that costs money: each line is paid for once, whatever is killed, and however many machines want it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path

from core.errors import AnswerLost, Cancelled, RenderError, StoreAway
from core.jobs.ledger import Amount, Call, CallState
from core.jobs.store import JobStore
from core.media.audio import wav_seconds
from core.media.notes import read_note, write_note
from core.progress import Progress, creeping
from core.render.interfaces import Availability, Cost, Line, Speech, SpeechProvider
from core.render.spoken import Timing
from core.storage.cache import MadeOnce, content_key
from providers.alone import alone
from providers.gate import Gate
from providers.patiently import patiently
from providers.terms import Terms, amount, asked_again

_TYPICAL_S = 20.0
_ANSWERS_BYTES = 300_000_000
_LENT_S = 600.0
_SHARED_S = 24 * 3600.0


class PaidVoice:
    """`inner` through its `gate`, on the `terms`. What it answered is kept in `folder` before anything else can happen:
    a program that is killed right then finds it there.
    """

    def __init__(self, inner: SpeechProvider, store: JobStore, gate: Gate, terms: Terms, folder: Path) -> None:
        self.name = inner.name
        self.gate = gate
        self._inner = inner
        self._store = store
        self._terms = terms
        self._answers = MadeOnce(folder / inner.name, ".wav", limit_bytes=_ANSWERS_BYTES)

    def availability(self) -> Availability:
        return self._inner.availability()

    def voice(self, language: str) -> str:
        return self._inner.voice(language)

    def cost(self, line: Line) -> Cost:
        return self._inner.cost(line)

    def speak(self, line: Line, destination: Path, progress: Progress) -> Speech:
        call_id = content_key(["voice", self.name, self.voice(line.language), line.language, line.text, line.take])
        report = creeping(progress, _TYPICAL_S)
        paid: list[Cost] = []

        with self._answers.in_use():
            with ExitStack() as held:  # until it is settled and lent: else the next one finds a call without an answer

                def make(part: Path) -> None:
                    report_alone = held.enter_context(alone(self._store, f"call:{call_id}", report))
                    if not self._borrowed(call_id, part):
                        paid.append(self._ask(call_id, line, part, report_alone))

                answer = self._answers.get(call_id, make, report)
                for cost in paid:
                    patiently(partial(self._store.settle_call, call_id, amount(cost)), report)
                if not paid:
                    patiently(lambda: self._settle_what_was_killed(call_id, answer), report)
                lent = self._lend(call_id, answer, line)
            if paid and not lent:
                self._lend(call_id, answer, line)  # somebody may have come while we let go
            shutil.copyfile(answer, destination)
        return _told(destination, paid[0] if paid else Cost())

    def _ask(self, call_id: str, line: Line, part: Path, progress: Progress) -> Cost:
        """Raises as `SpeechProvider.speak` does; what is unsure is written down."""

        def ask(report: Progress) -> Cost:
            call = self._begun(call_id, line, report)
            with self._accounted(call, line, report):
                speech = self._inner.speak(line, part, report)
            _write_down(part, speech)
            return speech.cost

        return self.gate.through(ask, progress)

    def _begun(self, call_id: str, line: Line, progress: Progress) -> Call:
        estimate = self.cost(line)
        while True:
            call = self._terms.begin(self._store, call_id, self.name, estimate, line.payer, progress)
            if call.state is CallState.NEW:
                return call
            self._terms.unanswered(self._store, call, self.name, estimate, progress)

    @contextmanager
    def _accounted(self, call: Call, line: Line, progress: Progress) -> Iterator[None]:
        try:
            yield
        except AnswerLost as error:
            self._terms.unanswered(self._store, call, self.name, self.cost(line), progress)
            raise asked_again(self.name, error) from error
        except RenderError:
            patiently(lambda: self._store.settle_call(call.id, Amount(calls=0)), progress)
            raise
        except Cancelled:
            with suppress(StoreAway):  # else it stays begun, for a person to decide
                self._store.give_up_call(call.id)  # it was sent, and will be on the bill
            raise
        except BaseException:
            with suppress(StoreAway):
                self._store.call_lost(call.id)
            raise

    def _settle_what_was_killed(self, call_id: str, answer: Path) -> None:
        """The answer was kept, but the program was killed before that was written down."""
        if (call := self._store.call(call_id)) is not None and call.state is not CallState.SETTLED:
            self._store.settle_call(call_id, amount(Cost(**read_note(answer)["cost"])))

    def _borrowed(self, call_id: str, part: Path) -> bool:
        """Whether another machine that has just made it lent it to us."""
        content = self._store.borrow(call_id)
        if content is None:
            return False
        part.write_bytes(content)
        return "cost" in read_note(part)

    def _lend(self, call_id: str, answer: Path, line: Line) -> bool:
        """Whether another machine wanted it, and has it now."""
        with suppress(StoreAway):  # who waits for it asks for itself then
            if self._store.is_shared and (line.shared or self._store.is_wanted(call_id)):
                self._store.lend(call_id, answer.read_bytes(), for_s=_SHARED_S if line.shared else _LENT_S)
                return True
        return False


def _write_down(wav: Path, speech: Speech) -> None:
    cost = {"characters": speech.cost.characters, "seconds": speech.cost.seconds, "usd": speech.cost.usd}
    timings = {
        name: [[one.what, one.start_s, one.end_s] for one in told]
        for name, told in (("characters", speech.characters), ("phonemes", speech.phonemes))
    }
    write_note(wav, {"cost": cost, **timings})


def _told(wav: Path, cost: Cost) -> Speech:
    note = read_note(wav)
    characters, phonemes = (tuple(Timing(*one) for one in note[name]) for name in ("characters", "phonemes"))
    return Speech(wav, wav_seconds(wav), characters, phonemes, cost)
