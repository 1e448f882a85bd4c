"""The settings of making films: where they go, how many at once, what may be spent. A part of `Settings`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings

from core.paths import default_output_dir
from core.settings.about import About, Group, Kind, Reach
from core.text import Text

_SECONDS, _USD, _MB = Text("seconds"), Text("US$"), Text("MB")


def _default_workers() -> int:
    return max(1, min(8, os.cpu_count() or 1))


class MakingSettings(BaseSettings):
    """An empty folder or amount means what its description says."""

    output_dir: Annotated[
        Path,
        About(Group.FILMS, Text("Folder for films"), Text("The folder films go to."), Reach.NOW, Kind.FOLDER),
    ] = Field(default_factory=default_output_dir)
    film_names: Annotated[
        str,
        About(
            Group.FILMS,
            Text("Names of films"),
            Text("How films are named in OUTPUT_DIR: folders and a name, with places for what a row says."),
            Reach.NOW,
        ),
    ] = "{batch}/{row:04}-{name}"
    delivery_dir: Annotated[
        Path | None,
        About(
            Group.FILMS,
            Text("Folder for approved films"),
            Text("The folder approved films are moved to; empty: the folder aprobados, beside them."),
            Reach.NOW,
            Kind.FOLDER,
        ),
    ] = None

    workers: Annotated[
        int, About(Group.WORK, Text("Films at once"), Text("How many films are made at once."), Reach.NOW)
    ] = Field(default_factory=_default_workers, ge=1, le=64)
    max_job_attempts: Annotated[
        int,
        About(
            Group.WORK,
            Text("Attempts"),
            Text("How often a film is tried before it goes to Failed."),
        ),
    ] = Field(default=3, ge=1, le=20)
    shutdown_timeout_seconds: Annotated[
        float,
        About(
            Group.WORK,
            Text("Wait on closing"),
            Text("How long a film in the making is waited for on closing."),
            Reach.NOW,
            unit=_SECONDS,
        ),
    ] = Field(default=300.0, ge=0, le=3600)
    stage_timeout_seconds: Annotated[
        float,
        About(
            Group.WORK,
            Text("Longest stage"),
            Text("The longest that one stage of a film may take."),
            expert=True,
            unit=_SECONDS,
        ),
    ] = Field(default=1800.0, ge=1)
    stage_stall_seconds: Annotated[
        float,
        About(
            Group.WORK,
            Text("Longest standstill"),
            Text("How long a stage may show no progress before it is ended."),
            expert=True,
            unit=_SECONDS,
        ),
    ] = Field(default=120.0, ge=1)
    job_lock_timeout_seconds: Annotated[
        float,
        About(
            Group.WORK,
            Text("Silence of a worker"),
            Text("How long a worker that went silent keeps its job before another may take it."),
            expert=True,
            unit=_SECONDS,
        ),
    ] = Field(default=20.0, ge=2, le=3600)

    speak_by_sentence: Annotated[
        bool,
        About(
            Group.SPEECH,
            Text("Speak sentence by sentence"),
            Text("Speak each sentence on its own, so that what films share is paid for once."),
        ),
    ] = True
    disable_espeak: Annotated[
        bool, About(Group.SPEECH, Text("Switch the offline voice off"), Text("Never use the offline voice."))
    ] = False
    disable_mouth_bank: Annotated[
        bool,
        About(Group.SPEECH, Text("Switch the drawn mouths off"), Text("Never move the template's own mouths.")),
    ] = False
    audio_cache_max_size_mb: Annotated[
        int,
        About(
            Group.SPEECH,
            Text("Room for spoken lines"),
            Text("How much the spoken lines that are kept may take, in MB (10⁶ bytes)."),
            Reach.NOW,
            unit=_MB,
        ),
    ] = Field(default=1000, ge=1)
    audio_cache_dir: Annotated[
        Path | None,
        About(
            Group.SPEECH,
            Text("Folder for spoken lines"),
            Text("The folder that spoken lines are kept in; empty: in the data folder."),
            Reach.RESTART,
            Kind.FOLDER,
            expert=True,
        ),
    ] = None

    budget_per_day_usd: Annotated[
        float | None,
        About(
            Group.MONEY,
            Text("Budget for a day"),
            Text("The most that services may cost on one day, in US dollars; empty: no limit."),
            Reach.NOW,
            unit=_USD,
        ),
    ] = Field(default=None, ge=0)
    budget_per_batch_usd: Annotated[
        float | None,
        About(
            Group.MONEY,
            Text("Budget for a batch"),
            Text("The most that services may cost for one batch, in US dollars; empty: no limit."),
            Reach.NOW,
            unit=_USD,
        ),
    ] = Field(default=None, ge=0)
    pay_again_up_to_usd: Annotated[
        float,
        About(
            Group.MONEY,
            Text("Pay again without asking"),
            Text("A call that costs at most this and was never answered is made again without asking a person."),
            Reach.NOW,
            unit=_USD,
        ),
    ] = Field(default=0.0, ge=0)

    @field_validator("delivery_dir", "audio_cache_dir", "budget_per_day_usd", "budget_per_batch_usd", mode="before")
    @classmethod
    def _none_given(cls, value: object) -> object:
        return None if isinstance(value, str) and not value.strip() else value
