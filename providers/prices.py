"""What outside services cost: the dated table of resources/prices.toml, unless a setting knows better."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from core.paths import resources
from core.render.interfaces import Cost


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str = Field(min_length=1)


class CharacterPrice(_Entry):
    """`weight` (and `weights`, by model): how many characters the service counts for one of the text's."""

    usd_per_1000: float = Field(ge=0)
    weight: float = Field(default=1.0, gt=0)
    weights: Mapping[str, float] = Field(default_factory=dict)


class SecondPrice(_Entry):
    usd_per_second: float = Field(ge=0)
    rates: Mapping[str, float] = Field(default_factory=dict)


class Prices(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    as_of: date
    elevenlabs: CharacterPrice
    heygen: SecondPrice
    heygen_lipsync: SecondPrice
    higgsfield: SecondPrice
    synclabs: SecondPrice


@cache
def prices() -> Prices:
    with (resources() / "prices.toml").open("rb") as file:
        return TypeAdapter(Prices).validate_python(tomllib.load(file))


def counted(text: str, model: str) -> int:
    """How many characters ElevenLabs counts for `text`."""
    price = prices().elevenlabs
    return math.ceil(len(text) * price.weights.get(model, price.weight))


def by_character(characters: int, usd_per_1000: float | None) -> Cost:
    """`characters` as ElevenLabs counts them; `usd_per_1000` is the setting, None for the table's."""
    price = prices().elevenlabs.usd_per_1000 if usd_per_1000 is None else usd_per_1000
    return Cost(characters=characters, usd=characters * price / 1000)


def by_second(price: SecondPrice, kind: str, seconds: float, usd_per_second: float | None) -> Cost:
    """`kind` is a model or manner of `price.rates`; `usd_per_second` is the setting, None for the table's."""
    rate = price.rates.get(kind, price.usd_per_second) if usd_per_second is None else usd_per_second
    return Cost(seconds=seconds, usd=seconds * rate)
