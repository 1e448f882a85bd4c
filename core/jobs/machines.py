"""The machines that share one queue."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from core.jobs.commands import Commands
from core.jobs.keys import key
from core.jobs.model import known_fields
from core.jobs.part import Part

SILENT_AFTER_S = 60.0
SET_ASIDE_AT = 3  # as in scripts/lib/aside.lua


@dataclass(frozen=True, slots=True)
class Machine:
    """`id` is what the names of its workers begin with: `<id>/<anything>`. It holds neither blank nor slash."""

    id: str
    name: str
    version: str
    slots: int


@dataclass(frozen=True, slots=True)
class MachineStatus:
    """A machine that joined, and how it does.

    `seen_s` is when it last said so, in seconds since 1970 by the store's clock. `set_aside`: it failed three jobs in
    a row that others then completed, and gets no more until it is readmitted.
    """

    machine: Machine
    seen_s: float
    alive: bool
    set_aside: bool


def computer_of(machine_id: str) -> str:
    """The computer that a program runs on: several may, and each start of one has another id."""
    return machine_id.rpartition(":")[0] or machine_id


class Machines(Part):
    def register(self, machine: Machine) -> None:
        """Joins, or joins again: a machine that was set aside and started anew gets another chance."""
        if not machine.id or "/" in machine.id or any(character.isspace() for character in machine.id):
            raise ValueError(f"{machine.id!r} can't be a machine's id")
        text = json.dumps(asdict(machine), ensure_ascii=False)
        self._read(lambda redis: redis.hset(key("machines"), machine.id, text))
        self.heartbeat(machine.id)
        self.readmit(machine.id)

    def heartbeat(self, machine_id: str) -> bool:
        """To be called every 20 s or so. False when this machine was set aside."""
        return bool(self._backend.run_volatile("heartbeat", machine_id))

    def gone(self, machine_id: str) -> None:
        """Leaves, in good order: its jobs are given back or done."""

        def leave(client: Commands) -> None:
            with client.pipeline(transaction=True) as pipe:
                pipe.hdel(key("machines"), machine_id)
                pipe.zrem(key("seen"), machine_id)
                pipe.execute()

        self._read(leave)

    def machines(self) -> list[MachineStatus]:
        """By id, silent ones too."""
        now_ms = float(self._backend.run_volatile("now"))
        known = self._read(lambda redis: redis.hgetall(key("machines")))
        seen = dict(self._read(lambda redis: redis.zrange(key("seen"), 0, -1, withscores=True)))
        blame = self._read(lambda redis: redis.hgetall(key("blame")))
        return [
            MachineStatus(
                machine=Machine(**known_fields(Machine, json.loads(text))),
                seen_s=seen.get(machine_id, 0.0) / 1000,
                alive=now_ms - seen.get(machine_id, 0.0) < SILENT_AFTER_S * 1000,
                set_aside=int(blame.get(machine_id, 0)) >= SET_ASIDE_AT,
            )
            for machine_id, text in sorted(known.items())
        ]

    def readmit(self, machine_id: str) -> bool:
        """Lets a machine that was set aside claim again. True when it was."""
        return bool(self._run("readmit", machine_id))
