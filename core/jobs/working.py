"""What a worker does with a job: claim it, keep it, and end the attempt one way or another.

Every method that names a claim is refused with `LeaseLost` when the job has passed on: its lease ran out and was
noticed (`tick`), or somebody claimed it since. A lease that ran out unnoticed still holds: nobody else has the job.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from typing import Any

from core.errors import LeaseLost
from core.jobs.backend import Arg
from core.jobs.model import Claim, Failure, Result, State
from core.jobs.records import claim_of
from core.jobs.waiting import Waiting

PUBLISHING_LEASE_S = 20.0


class Working(Waiting):
    def claim(
        self, worker: str, *, lease_s: float, templates: Collection[str] | None = None, token: str = ""
    ) -> Claim | None:
        """The next job: highest priority, then first in, first out. None when there is none for this worker.

        `worker` is `<machine>/<anything>`, or a machine's name alone. `templates` are the content hashes this
        machine has (None: any); jobs made from others are left to other machines. `token` (see `claim_token`) names the
        lease: who asks again with the same one, because no answer came, gets the same job.
        """
        token = token or claim_token()
        answer = self._run("claim", *_claiming(worker, token, lease_s, templates))
        return self._claimed(answer, worker, token, lease_s)

    def complete_and_claim(
        self,
        claim: Claim,
        result: Result,
        *,
        lease_s: float,
        templates: Collection[str] | None = None,
        review: bool = False,
        token: str = "",
    ) -> Claim | None:
        """`complete`, then `claim` for the same worker, in one round trip. Refused, it claims nothing."""
        token = token or claim_token()
        answer = self._run(
            "complete_and_claim",
            *_naming(claim),
            State.REVIEW if review else State.DONE,
            result.to_json(),
            *_claiming(claim.worker, token, lease_s, templates),
        )
        if answer == 0:
            raise _lost(claim)
        return self._claimed(answer, claim.worker, token, lease_s)

    def renew(self, claim: Claim, *, lease_s: float) -> None:
        """Makes the lease last at least `lease_s` from now."""
        _accepted(claim, self._backend.run_volatile("renew", *_naming(claim), _ms(lease_s)))

    def progress(self, claim: Claim, stage: str, fraction: float) -> bool:
        """Tells how far the job is. True when the operator asked for it to stop: then call `cancelled`."""
        answer = int(self._backend.run_volatile("progress", *_naming(claim), stage, f"{fraction:.4f}"))
        _accepted(claim, answer >= 0)
        return answer == 1

    def authorise_publish(self, claim: Claim) -> None:
        """To be asked right before the film is moved to its place; the job is then safe for 20 s at least."""
        self.renew(claim, lease_s=PUBLISHING_LEASE_S)

    def complete(self, claim: Claim, result: Result, *, review: bool = False) -> None:
        state = State.REVIEW if review else State.DONE
        _accepted(claim, self._run("complete", *_naming(claim), state, result.to_json(), claim.worker))

    def retry(self, claim: Claim, failure: Failure, *, delay_s: float) -> None:
        """To be tried again by itself after `delay_s`."""
        _accepted(claim, self._run("retry", *_naming(claim), failure.to_json(), _ms(delay_s)))

    def park(self, claim: Claim, failure: Failure) -> None:
        """To be tried again when what `failure.waits_for` names is back; the attempt doesn't count."""
        waits_for = failure.waits_for or "unknown"
        _accepted(claim, self._run("park", *_naming(claim), failure.to_json(), waits_for))

    def fail(self, claim: Claim, failure: Failure) -> None:
        """To the dead-letter queue (or to the cancelled ones, if that was asked for meanwhile)."""
        _accepted(claim, self._run("fail", *_naming(claim), failure.to_json(), failure.code))

    def give_back(self, claim: Claim) -> None:
        """Unfinished, back to its old place; the attempt doesn't count."""
        _accepted(claim, self._run("give_back", *_naming(claim)))

    def cancelled(self, claim: Claim) -> None:
        """The worker has stopped, as `progress` told it to: the job is cancelled now, or held."""
        _accepted(claim, self._run("cancelled", *_naming(claim)))

    def _claimed(self, answer: Any, worker: str, token: str, lease_s: float) -> Claim | None:
        if isinstance(answer, str):
            self._nothing_up_to(answer)
            return None
        self._found_something()
        return claim_of(answer, worker, token, lease_s)


def claim_token() -> str:
    """A new name for a lease."""
    return secrets.token_hex(8)


def _naming(claim: Claim) -> tuple[Arg, ...]:
    return claim.job.id, claim.epoch, claim.token


def _claiming(worker: str, token: str, lease_s: float, templates: Collection[str] | None) -> tuple[Arg, ...]:
    if not worker or any(character.isspace() for character in worker):
        raise ValueError(f"{worker!r} can't be a worker's name")
    return worker, token, _ms(lease_s), "*" if templates is None else "", *sorted(templates or ())


def _ms(seconds: float) -> int:
    return max(0, int(seconds * 1000))


def _accepted(claim: Claim, answer: Any) -> None:
    if not answer:
        raise _lost(claim)


def _lost(claim: Claim) -> LeaseLost:
    return LeaseLost(
        "lease_lost",
        "Job {job} belongs to somebody else now: this worker’s lease on it ran out.",
        job=claim.job.id,
    )
