"""The settings of running it: logs, metrics, cleanup, how long things are kept. A part of `Settings`."""

from __future__ import annotations

from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings


class RunningSettings(BaseSettings):
    """Hours and days are real ones; 0 hours or an empty number of days means: never by itself."""

    metrics_port: int | None = Field(
        default=None,
        ge=1,
        le=65535,
        description="The port on this computer where Prometheus may read the figures; empty: none.",
    )
    cleanup_interval_hours: float = Field(
        default=6.0, ge=0, le=8760, description="How often what is no longer needed is removed; 0: never by itself."
    )
    temp_max_age_hours: float = Field(
        default=24.0, ge=1, le=8760, description="How old left-behind temporary files get before they are removed."
    )
    jobs_max_age_hours: float = Field(
        default=168.0, ge=1, le=87600, description="How long jobs that ended stay in the queue's history."
    )
    scripts_max_age_days: float | None = Field(
        default=None,
        ge=0,
        description="How long the names and texts of films that are done are kept; empty: as long as their job is.",
    )
    films_max_age_days: float | None = Field(
        default=None,
        gt=0,
        description="How long finished films are kept; empty: they are yours, and are never removed.",
    )

    @field_validator("metrics_port", "scripts_max_age_days", "films_max_age_days", mode="before")
    @classmethod
    def _empty(cls, value: object) -> object:
        return None if isinstance(value, str) and not value.strip() else value


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
