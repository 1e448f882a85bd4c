"""What may be spent, and what happens when it is unsure whether something was."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from core.errors import AnswerLost, EnvironmentFault, TransientError
from core.jobs.ledger import Account, Amount, Budget, BudgetSpent, Call, today
from core.jobs.store import JobStore
from core.progress import Progress
from core.render.interfaces import Cost, Payer
from providers.patiently import patiently

_NO_LIMIT = Budget()


@dataclass(slots=True)
class Terms:
    """One for the program, changed in place when the settings are: what holds for the next call.

    `pay_again_usd`: a call that cost at most this much and was never answered is simply made again; what costs
    more waits for a person.
    """

    budget: Budget = _NO_LIMIT
    pay_again_usd: float = 0.0

    def begin(
        self, store: JobStore, call_id: str, provider: str, estimate: Cost, payer: Payer, progress: Progress
    ) -> Call:
        """The call as the ledger knows it; new, if nobody has made it. Raises `EnvironmentFault`: no budget is left."""
        account = Account(payer.job, payer.batch)
        key = secrets.token_hex(16)
        call = patiently(
            lambda: store.begin_call(call_id, provider, amount(estimate), account, self.budget, key), progress
        )
        if isinstance(call, Call):
            return call
        raise _budget_spent(call, payer)

    def unanswered(self, store: JobStore, call: Call, provider: str, estimate: Cost, progress: Progress) -> None:
        """Returns when it may be made anew; else raises `AnswerLost`: a person has to decide."""
        if estimate.usd <= self.pay_again_usd:
            patiently(lambda: store.give_up_call(call.id), progress)
            return
        patiently(lambda: store.call_lost(call.id), progress)
        raise AnswerLost(
            "provider_answer_lost",
            "{provider} was asked and its answer never came: it may have charged for this ({dollars} US$) already.",
            "Look at your account there, then let it be asked again.",
            waits_for=waits_for_person(call.id),
            provider=provider,
            dollars=round(estimate.usd, 4),
        )


def amount(cost: Cost) -> Amount:
    return Amount(cost.characters, cost.seconds, cost.usd)


def asked_again(provider: str, error: AnswerLost) -> TransientError:
    """For an answer that was lost where asking again can't, or may, be paid twice."""
    return TransientError(
        "provider_asked_again",
        "{provider} was asked and its answer never came.",
        "It is asked again by itself.",
        detail=error.detail,
        provider=provider,
    )


def waits_for_person(call_id: str) -> str:
    """What a job waits for whose call a person has to decide on."""
    return f"person:call:{call_id}"


def is_decided(store: JobStore, which: str) -> bool:
    """Whether nothing is left to decide of a call (`which`: `call:<id>`): a person did, or its answer came after all,
    to another machine.
    """
    kind, _, call_id = which.partition(":")
    return kind == "call" and store.call(call_id) is None


def is_within_budget(store: JobStore, budget: Budget, which: str) -> bool:
    """Whether there is anything left of a budget: `which` is `day:<date>` or `batch:<id>`."""
    kind, _, name = which.partition(":")
    if kind == "day":
        if name != today():
            return True
        spending, limit = store.spent_on_day(name), budget.day_usd
    else:
        spending, limit = store.spent_on_batch(name), budget.batch_usd
    return limit is None or spending.usd + spending.held_usd < limit


def _budget_spent(spent: BudgetSpent, payer: Payer) -> EnvironmentFault:
    if spent.which == "day":
        return EnvironmentFault(
            "budget_of_day_spent",
            "Today's budget is used up.",
            "It goes on tomorrow by itself, or as soon as BUDGET_PER_DAY_USD is raised in Settings.",
            waits_for=f"budget:day:{today()}",
        )
    return EnvironmentFault(
        "budget_of_batch_spent",
        "The budget of this batch is used up.",
        "It goes on as soon as BUDGET_PER_BATCH_USD is raised in Settings.",
        waits_for=f"budget:batch:{payer.batch}",
    )
