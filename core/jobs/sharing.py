"""What machines share for a moment: slots at a service, and things that one made and another waits for."""

from __future__ import annotations

import base64

from core.jobs.keys import key
from core.jobs.part import Part


class Sharing(Part):
    def take_slot(self, resource: str, of: int, token: str, *, lease_s: float) -> bool:
        """One of `of` slots, for `lease_s` unless it is taken again by the same `token`. False: all are taken."""
        return bool(self._backend.run_volatile("slot_take", resource, of, token, int(lease_s * 1000)))

    def free_slot(self, resource: str, token: str) -> None:
        self._read(lambda redis: redis.zrem(key(f"slots:{resource}"), token))

    def slots_taken(self, resource: str) -> int:
        """Also those whose holder died and whose lease is not over yet."""
        return self._read(lambda redis: redis.zcard(key(f"slots:{resource}")))

    def lend(self, name: str, content: bytes, *, for_s: float) -> None:
        """Lets other machines have `content` for `for_s`. On this computer's own queue there are none."""
        if not self._backend.local:
            text = base64.b64encode(content).decode()
            self._read(lambda redis: redis.set(key(f"lent:{name}"), text, px=int(for_s * 1000)))

    def borrow(self, name: str) -> bytes | None:
        """What another machine lends under this name; None if nobody does."""
        if self._backend.local:
            return None
        text = self._read(lambda redis: redis.get(key(f"lent:{name}")))
        return None if text is None else base64.b64decode(text)

    def want(self, name: str, *, for_s: float) -> None:
        """Tells whoever makes this that it is waited for here, too."""
        if not self._backend.local:
            self._read(lambda redis: redis.set(key(f"wanted:{name}"), "1", px=int(for_s * 1000)))

    def is_wanted(self, name: str) -> bool:
        return not self._backend.local and bool(self._read(lambda redis: redis.get(key(f"wanted:{name}"))))

    @property
    def is_shared(self) -> bool:
        """Whether other machines can be on this queue."""
        return not self._backend.local
