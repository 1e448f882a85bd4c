from __future__ import annotations

from tests.core.intake.conftest import template

__all__ = ["template"]
