"""What a batch will cost, told before it begins."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from core.desk.money import Estimate
from core.errors import StoreAway
from core.intake.model import Preflight
from core.studio import Studio


def estimate(studio: Studio, checked: Preflight) -> Estimate:
    return studio.money.estimate(row.job for row in checked.accepted)


def tell_estimate(told: Estimate) -> None:
    """On standard error; nothing where nothing costs anything."""
    if told.one_by_one.usd:
        characters, alone = told.speech.characters, told.one_by_one.characters
        saved = f", {1 - characters / alone:.0%} less than one call a film" if alone else ""
        print(
            f"cost: {told.voice} will be asked for {characters} characters{saved}: about {told.speech.usd:.2f} US$",
            file=sys.stderr,
        )
    if told.faces.usd:
        print(
            f"cost: talking clips of about {told.faces.seconds:.0f} seconds: about {told.faces.usd:.2f} US$",
            file=sys.stderr,
        )


def tell_spent(studio: Studio, batches: Iterable[str]) -> None:
    """On standard error, by provider; nothing where nothing was spent."""
    with suppress(StoreAway):  # that the store is away is told elsewhere
        spending = [studio.money.spent_on_batch(batch) for batch in batches]
        for name, spent in (pair for one in spending for pair in one.providers.items()):
            characters = f"{spent.characters} characters, " if spent.characters else ""
            seconds = f"{spent.seconds:.0f} seconds, " if spent.seconds else ""
            print(f"spent: {name} {characters}{seconds}{spent.usd:.2f} US$ in {spent.calls} calls", file=sys.stderr)


def as_dict(told: Estimate) -> dict[str, Any]:
    return {
        "voice": told.voice,
        "characters": told.speech.characters,
        "characters_one_by_one": told.one_by_one.characters,
        "clip_seconds": round(told.faces.seconds, 1),
        "usd": round(told.usd, 4),
    }
