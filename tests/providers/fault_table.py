"""What each fault of each service ends as. docs/providers.md shows this table; a test holds the two together."""

from __future__ import annotations

PROVIDERS = ("elevenlabs", "heygen", "heygen_lipsync", "higgsfield", "synclabs")

KEY = "environment `provider_key_refused`"
CREDIT = "environment `provider_credit_used_up`"
SETTING = "environment `provider_setting_wrong`"
ELSEWHERE = "environment `provider_redirected`"
LOST = "person `provider_answer_lost`"
BUSY = "transient `provider_busy`"
DOWN = "transient `provider_down`"
AWAY = "transient `provider_away`"
UNUSABLE = "transient `provider_answer_unusable`"
STATE = "transient `provider_state_unknown`"
REFUSED = "job `provider_refused`"

# The paid call: speak, or create. In the order of PROVIDERS; one word for all where they agree.
PAID: dict[str, tuple[str, ...]] = {
    "400": (REFUSED,) * 5,
    "401": (KEY,) * 5,
    "402": (CREDIT,) * 5,
    "403": (KEY,) * 5,
    "404": (SETTING, SETTING, SETTING, SETTING, REFUSED),
    "409": (BUSY,) * 5,
    "422": (REFUSED,) * 5,
    "429_rate": (BUSY,) * 5,
    "429_concurrent": (BUSY,) * 5,
    "500": (DOWN,) * 5,
    "502": (LOST, DOWN, DOWN, LOST, DOWN),
    "503": (BUSY, DOWN, DOWN, DOWN, DOWN),
    "hang": (LOST,) * 5,
    "reset": (LOST,) * 5,
    "cut": (LOST,) * 5,
    "error_as_200": (CREDIT, CREDIT, CREDIT, LOST, CREDIT),
    "empty_200": (LOST,) * 5,
    "noise": (LOST,) * 5,
    "huge": (LOST,) * 5,
    "redirect": (ELSEWHERE,) * 5,
}

# Asking how far a clip is; the same for all of them. It may still be going on, so it is asked for again.
ASKED: dict[str, str] = {
    "401": KEY,
    "404": "person `provider_forgot`",
    "429_rate": BUSY,
    "500": DOWN,
    "502": DOWN,
    "hang": AWAY,
    "reset": AWAY,
    "cut": AWAY,
    "empty_200": UNUSABLE,
    "noise": UNUSABLE,
    "huge": UNUSABLE,
    "redirect": ELSEWHERE,
    "unknown_state": STATE,
}

# Loading the finished clip; the same for all of them. It costs nothing to load it again.
LOADED: dict[str, str] = {
    "hang": AWAY,
    "reset": AWAY,
    "cut": AWAY,
    "empty_200": UNUSABLE,
    "noise": UNUSABLE,
    "huge": UNUSABLE,
    "502": UNUSABLE,
}
