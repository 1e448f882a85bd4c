"""What is paid for: each call to a service that costs money, written down before it is made.

A call is begun (nothing is known of it yet), created (the service gave it an id), settled (paid, and what it gave is
ours) or lost (sent, and no answer came). Budgets hold with what running calls may still cost counted in.
"""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from core.jobs.keys import key
from core.jobs.part import Part

_MICRO = 1_000_000
_NAMES = ("calls", "chars", "ms", "usd")


class CallState(StrEnum):
    NEW = "new"
    BEGUN = "begun"
    CREATED = "created"
    SETTLED = "settled"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Amount:
    """What was counted: characters, seconds of film, US dollars; in so many `calls`."""

    characters: int = 0
    seconds: float = 0.0
    usd: float = 0.0
    calls: int = 1


@dataclass(frozen=True, slots=True)
class Account:
    """Who pays: a job and its batch. Their ids may be empty."""

    job: str = ""
    batch: str = ""


@dataclass(frozen=True, slots=True)
class Budget:
    """The most that may be spent, in US dollars; None: no limit."""

    day_usd: float | None = None
    batch_usd: float | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """A paid call. `idempotency_key` goes to the service; `remote_id` came from it; `begun_s` is since 1970."""

    id: str
    state: CallState
    idempotency_key: str
    remote_id: str = ""
    begun_s: float = 0.0


@dataclass(frozen=True, slots=True)
class BudgetSpent:
    """No call was begun: it would have gone beyond the budget of the `day` or of the `batch`."""

    which: str


@dataclass(frozen=True, slots=True)
class Spending:
    """`held_usd`: what calls that run now may still cost. By provider, by its name."""

    usd: float = 0.0
    held_usd: float = 0.0
    providers: Mapping[str, Amount] = field(default_factory=dict)


def today() -> str:
    """The day that spending is counted on: this computer's own, as YYYY-MM-DD."""
    return datetime.datetime.now().astimezone().date().isoformat()


class Ledger(Part):
    def begin_call(
        self,
        call_id: str,
        provider: str,
        estimate: Amount,
        account: Account,
        budget: Budget,
        idempotency_key: str = "",
    ) -> Call | BudgetSpent:
        """Writes down that this call is about to be made (its state is NEW), or answers what is known of it.

        Asked again with the same `idempotency_key`, because the answer got lost on the way, it says NEW again.
        """
        idempotency_key = idempotency_key or secrets.token_hex(16)
        answer = self._run(
            "call_begin",
            *(call_id, provider, idempotency_key, *_counted(estimate), account.job, account.batch, today()),
            *(_limit(budget.day_usd), _limit(budget.batch_usd)),
        )
        match answer:
            case ["new"]:
                return Call(call_id, CallState.NEW, idempotency_key)
            case ["over", which]:
                return BudgetSpent(str(which))
            case [state, known_key, remote, begun]:
                return Call(call_id, CallState(state), known_key, remote, int(begun) / 1000)
        raise AssertionError(answer)

    def call_created(self, call: Call, remote_id: str) -> bool:
        """The service has the job and calls it `remote_id`. False when the call is not this one any more."""
        return bool(self._run("call_created", call.id, call.idempotency_key, remote_id))

    def settle_call(self, call_id: str, spent: Amount, *, keep: bool = False) -> bool:
        """It ended, and this is what it cost (`calls` 0: nothing). `keep` remembers it: it is not made again."""
        return bool(self._run("call_settle", call_id, "1" if keep else "", min(1, spent.calls), *_counted(spent)))

    def call_lost(self, call_id: str) -> None:
        """No answer came. What it may have cost stays held until `give_up_call`."""
        self._run("call_lost", call_id)

    def give_up_call(self, call_id: str) -> bool:
        """Takes a call's estimate for spent, and forgets it: it may be made anew. False when there is none."""
        known = self._read(lambda redis: redis.hgetall(key(f"call:{call_id}")))
        if not known:
            return False
        self.settle_call(call_id, Amount(int(known["chars"]), int(known["ms"]) / 1000, int(known["usd"]) / _MICRO))
        return True

    def call(self, call_id: str) -> Call | None:
        known = self._read(lambda redis: redis.hgetall(key(f"call:{call_id}")))
        if not known:
            return None
        state, begun_s = CallState(known["state"]), int(known["begun"]) / 1000
        return Call(call_id, state, known["idem"], known["remote"], begun_s)

    def spent_on_day(self, day: str) -> Spending:
        return self._spending(f"d:{day}")

    def spent_on_batch(self, batch_id: str) -> Spending:
        return self._spending(f"b:{batch_id}")

    def spent_on_job(self, job_id: str) -> Spending:
        return self._spending(f"j:{job_id}")

    def _spending(self, account: str) -> Spending:
        told = self._read(lambda redis: redis.hgetall(key(f"spent:{account}")))
        counted: dict[str, dict[str, int]] = {}
        for name, value in told.items():
            provider, _, what = name.rpartition(":")
            if provider:
                counted.setdefault(provider, dict.fromkeys(_NAMES, 0))[what] = int(value)
        providers = {
            name: Amount(sums["chars"], sums["ms"] / 1000, sums["usd"] / _MICRO, sums["calls"])
            for name, sums in sorted(counted.items())
        }
        return Spending(int(told.get("usd", 0)) / _MICRO, int(told.get("held", 0)) / _MICRO, providers)


def _counted(amount: Amount) -> tuple[int, int, int]:
    return amount.characters, round(amount.seconds * 1000), round(amount.usd * _MICRO)


def _limit(usd: float | None) -> int | str:
    return "" if usd is None else round(usd * _MICRO)
