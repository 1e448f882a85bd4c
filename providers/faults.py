"""What can go wrong with an outside service, and what it means for the film that waits for it.

Each service has a `Table`: what its error codes and HTTP states mean. A meaning is a function that makes the error; the
error's class then decides (docs/providers.md shows all of it at a glance). None of it tells a key, or what a child is
told: what a service wrote is passed on only as `detail`, after `redacted`.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace

from core.errors import AnswerLost, EnvironmentFault, JobFault, RenderError, TransientError

OUTCOME_UNKNOWN = "provider_outcome_unknown"
"""The code of a lost answer that asking again with the same key does not bring back."""

FORGOT = "provider_forgot"
"""The code of: the service knows nothing of a job that it was given."""

_DETAIL_LENGTH = 400
_WORD = re.compile(r"\w{2,}")


@dataclass(frozen=True, slots=True)
class Service:
    """Who it is: `name` for machines, `title` for people, and the settings that hold its key and its address."""

    name: str
    title: str
    key_setting: str
    address_setting: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer that is an error. `codes` is what the service calls it, most telling first.

    They are as they came and decide; `shown` is what may be shown of them, and `detail` is redacted too.
    """

    status: int
    codes: tuple[str, ...] = ()
    detail: str = ""
    retry_after_s: float | None = None
    shown: str = ""

    @property
    def reason(self) -> str:
        return self.shown or f"HTTP {self.status}"


Meaning = Callable[[Service, Refusal], RenderError]


@dataclass(frozen=True, slots=True)
class Table:
    """What a service's error codes mean, and its HTTP states where it gave no code that we know."""

    codes: Mapping[str, Meaning] = field(default_factory=dict)
    states: Mapping[int, Meaning] = field(default_factory=dict)

    def judge(self, service: Service, refusal: Refusal) -> RenderError:
        return self.meaning(refusal)(service, refusal)

    def knows(self, refusal: Refusal) -> bool:
        return any(code in self.codes for code in refusal.codes)

    def meaning(self, refusal: Refusal) -> Meaning:
        for code in refusal.codes:
            if code in self.codes:
                return self.codes[code]
        status = refusal.status
        if status in self.states:
            return self.states[status]
        if status in USUAL:
            return USUAL[status]
        if 300 <= status < 400:
            return redirected
        return down if status >= 500 else refused

    def but(self, codes: Mapping[str, Meaning] | None = None, states: Mapping[int, Meaning] | None = None) -> Table:
        """The same, except for these."""
        return replace(self, codes={**self.codes, **(codes or {})}, states={**self.states, **(states or {})})


def key_refused(service: Service, refusal: Refusal) -> RenderError:
    return EnvironmentFault(
        "provider_key_refused",
        "{provider} refuses the key.",
        "Copy the key from your account there once more and put it into {setting}, in Settings.",
        waits_for=_provider(service),
        detail=refusal.detail,
        provider=service.title,
        setting=service.key_setting,
    )


def credit_used_up(service: Service, refusal: Refusal) -> RenderError:
    return EnvironmentFault(
        "provider_credit_used_up",
        "The credit at {provider} is used up.",
        "Top it up in your account there. The films that wait go on by themselves.",
        waits_for=_provider(service),
        detail=refusal.detail,
        provider=service.title,
    )


def setting_wrong(setting: str) -> Meaning:
    """The service does not know what is in `setting`: nothing is wrong with the film."""

    def meaning(service: Service, refusal: Refusal) -> RenderError:
        return EnvironmentFault(
            "provider_setting_wrong",
            "{provider} does not know what {setting} names.",
            "Choose another one in Settings. The films that wait go on by themselves.",
            waits_for=_provider(service),
            detail=refusal.detail,
            provider=service.title,
            setting=setting,
        )

    return meaning


def refused(service: Service, refusal: Refusal) -> RenderError:
    return JobFault(
        "provider_refused",
        "{provider} does not take this message ({reason}).",
        "Shorten or reword it, then retry. The details say what {provider} did not like.",
        detail=refusal.detail,
        provider=service.title,
        reason=refusal.reason,
    )


def busy(service: Service, refusal: Refusal) -> RenderError:
    return TransientError(
        "provider_busy",
        "{provider} takes no more requests at the moment.",
        "It is tried again by itself.",
        detail=refusal.detail,
        retry_after_s=refusal.retry_after_s,
        provider=service.title,
    )


def down(service: Service, refusal: Refusal) -> RenderError:
    return TransientError(
        "provider_down",
        "{provider} has trouble of its own ({reason}).",
        "It is tried again by itself.",
        detail=refusal.detail,
        retry_after_s=refusal.retry_after_s,
        provider=service.title,
        reason=refusal.reason,
    )


def redirected(service: Service, refusal: Refusal) -> RenderError:
    return EnvironmentFault(
        "provider_redirected",
        "{provider} was asked, and something else answered: {setting} is wrong, or this network wants a login first.",
        "Open a web page to see whether the network asks for a login, and look at {setting}.",
        waits_for=_provider(service),
        detail=refusal.detail,
        provider=service.title,
        setting=service.address_setting,
    )


def lost(service: Service, refusal: Refusal) -> RenderError:
    return answer_lost(service, refusal.reason, refusal.detail)


def outcome_unknown(service: Service, refusal: Refusal) -> RenderError:
    """The service itself does not know what became of an earlier request with this key; asking again can't tell."""
    return AnswerLost(
        OUTCOME_UNKNOWN,
        "{provider} can't say what became of an earlier request for this film.",
        "Look into your account there whether it was made and paid, then retry the film.",
        waits_for=_person(service),
        detail=refusal.detail,
        provider=service.title,
    )


def unknown_there(service: Service, refusal: Refusal) -> RenderError:
    """Asked after a job of its own that it should know."""
    return EnvironmentFault(
        FORGOT,
        "{provider} does not know the clip any more that it was asked to make.",
        "If {setting} was changed to another account's key, put the old one back. Otherwise retry the film.",
        waits_for=_person(service),
        detail=refusal.detail,
        provider=service.title,
        setting=service.key_setting,
    )


# What a state means where a service's own table does not say otherwise.
USUAL: Mapping[int, Meaning] = {
    401: key_refused,
    402: credit_used_up,
    403: key_refused,
    404: refused,
    408: down,
    409: busy,
    413: refused,
    423: busy,
    425: busy,
    429: busy,
}

# For a paid request without an idempotency key: an error of a gateway does not say whether it came through.
GATEWAYS: Mapping[int, Meaning] = {502: lost, 504: lost, 520: lost, 524: lost}


def away(service: Service, reason: str) -> TransientError:
    """It can't be reached, or did not answer a question that costs nothing."""
    return TransientError(
        "provider_away",
        "{provider} can't be reached: {reason}.",
        "It is tried again by itself. If it stays so, look at this computer's connection.",
        provider=service.title,
        reason=reason,
    )


def answer_lost(service: Service, reason: str, detail: str = "") -> AnswerLost:
    return AnswerLost(
        "provider_answer_lost",
        "A paid request was sent to {provider}, and its answer was lost ({reason}).",
        "It may have been charged: look into your account there, then retry the film.",
        waits_for=_person(service),
        detail=detail,
        provider=service.title,
        reason=reason,
    )


def unusable(service: Service, reason: str, detail: str = "") -> TransientError:
    """It answered a question that costs nothing with something that is no answer to it."""
    return TransientError(
        "provider_answer_unusable",
        "{provider} sent something that can't be used: {reason}.",
        "It is tried again by itself.",
        detail=detail,
        provider=service.title,
        reason=reason,
    )


def state_unknown(service: Service, state: str) -> TransientError:
    return TransientError(
        "provider_state_unknown",
        "{provider} tells of a state that Trineo does not know: {state}.",
        "It is asked again by itself. If it stays so, look for a newer Trineo.",
        provider=service.title,
        state=state[:40],
    )


def given_up(service: Service, reason: str, detail: str = "") -> TransientError:
    """Its own job ended without a clip, for a reason that may pass."""
    return TransientError(
        "provider_gave_up",
        "{provider} could not make the clip ({reason}).",
        "It is tried again by itself.",
        detail=detail,
        provider=service.title,
        reason=reason or "no reason given",
    )


def _provider(service: Service) -> str:
    return f"provider:{service.name}"


def _person(service: Service) -> str:
    return f"person:{service.name}"


def redacted(text: str, private: Collection[str]) -> str:
    """`text` cut to a sensible length, on one line, without the words of `private`, however they are spelt there."""
    words = {_plain(word) for one in private for word in _WORD.findall(unicodedata.normalize("NFC", one))}
    flat = " ".join(unicodedata.normalize("NFC", html.unescape(re.sub(r"<[^>]*>", " ", text))).split())
    return _WORD.sub(lambda found: "…" if _plain(found[0]) in words else found[0], flat)[:_DETAIL_LENGTH]


def _plain(word: str) -> str:
    """Without case and accents: services send a name back as they please."""
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))
