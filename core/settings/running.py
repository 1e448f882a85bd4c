"""The settings of running it: the queue, logs, figures, cleanup, how long things are kept. A part of `Settings`."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings

from core.settings.about import About, Group, Kind, Reach
from core.text import Text

_HOURS, _DAYS = Text("hours"), Text("days")


class RunningSettings(BaseSettings):
    """Hours and days are real ones; 0 hours or an empty number of days means: never by itself."""

    redis_url: Annotated[
        SecretStr,
        About(
            Group.MACHINES,
            Text("Shared queue (Redis)"),
            Text("The Redis that machines share; empty: this computer's own queue."),
            Reach.RESTART,
            Kind.ADDRESS,
            example="redis://:password@server:6379/0",
        ),
    ] = SecretStr("")
    films_per_machine: Annotated[
        bool,
        About(
            Group.MACHINES,
            Text("Keep films where they are made"),
            Text("Keep the films that this computer makes in its own OUTPUT_DIR, not where the sender wants them."),
        ),
    ] = False

    cleanup_interval_hours: Annotated[
        float,
        About(
            Group.UPKEEP,
            Text("Clean up every"),
            Text("How often what is no longer needed is removed; 0: never by itself."),
            Reach.NOW,
            unit=_HOURS,
        ),
    ] = Field(default=6.0, ge=0, le=8760)
    temp_max_age_hours: Annotated[
        float,
        About(
            Group.UPKEEP,
            Text("Keep temporary files"),
            Text("How old left-behind temporary files get before they are removed."),
            Reach.NOW,
            unit=_HOURS,
        ),
    ] = Field(default=24.0, ge=1, le=8760)
    jobs_max_age_hours: Annotated[
        float,
        About(
            Group.UPKEEP,
            Text("Keep the history"),
            Text("How long jobs that ended stay in the queue's history."),
            Reach.NOW,
            unit=_HOURS,
        ),
    ] = Field(default=168.0, ge=1, le=87600)
    scripts_max_age_days: Annotated[
        float | None,
        About(
            Group.UPKEEP,
            Text("Keep names and texts"),
            Text("How long the names and texts of films that are done are kept; empty: as long as their job is."),
            Reach.NOW,
            unit=_DAYS,
        ),
    ] = Field(default=None, ge=0)
    films_max_age_days: Annotated[
        float | None,
        About(
            Group.UPKEEP,
            Text("Keep films"),
            Text("How long finished films are kept; empty: they are yours, and are never removed."),
            Reach.NOW,
            unit=_DAYS,
        ),
    ] = Field(default=None, gt=0)

    log_level: Annotated[
        Literal["DEBUG", "INFO", "WARNING", "ERROR"],
        About(
            Group.LOGS,
            Text("How much is logged"),
            Text("The least serious line that is logged."),
            Reach.NOW,
            words={
                "DEBUG": Text("Everything (DEBUG)"),
                "INFO": Text("What happens (INFO)"),
                "WARNING": Text("Warnings (WARNING)"),
                "ERROR": Text("Errors only (ERROR)"),
            },
        ),
    ] = "INFO"
    use_json_logging: Annotated[
        bool,
        About(Group.LOGS, Text("Log for machines"), Text("Log one JSON object a line."), Reach.NOW),
    ] = False
    metrics_port: Annotated[
        int | None,
        About(
            Group.LOGS,
            Text("Port for Prometheus"),
            Text("The port on this computer where Prometheus may read the figures; empty: none."),
            Reach.NOW,
            expert=True,
        ),
    ] = Field(default=None, ge=1, le=65535)

    @field_validator("metrics_port", "scripts_max_age_days", "films_max_age_days", mode="before")
    @classmethod
    def _empty(cls, value: object) -> object:
        return None if isinstance(value, str) and not value.strip() else value

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.strip().upper() if isinstance(value, str) else value


def secrets_of(settings: BaseSettings) -> list[str]:
    """Every key and password among the settings, for whoever must not write them anywhere."""
    found = []
    for name in type(settings).model_fields:
        value = getattr(settings, name)
        if isinstance(value, SecretStr):
            secret = value.get_secret_value()
            address = urlsplit(secret) if "://" in secret else None
            found += [secret, address.password or ""] if address else [secret]
        elif name.endswith("_key_id") and isinstance(value, str):
            found.append(value)
    return [secret for secret in found if secret.strip()]
