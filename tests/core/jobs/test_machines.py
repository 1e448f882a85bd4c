"""Several machines on one queue."""

from __future__ import annotations

import pytest

from core.jobs.model import Claim
from core.jobs.store import JobStore, Machine

from .conftest import Rig
from .samples import LEASE_S, RESULT, batch, fault, jobs, transient

NORTH = Machine("north", "Estudio Norte", "1.0", 4)


def claimed(store: JobStore, machine: str) -> Claim:
    claim = store.claim(f"{machine}/1", lease_s=LEASE_S)
    assert claim is not None
    return claim


def fails_what_others_complete(store: JobStore, bad: str, good: str) -> None:
    claim = claimed(store, bad)
    store.retry(claim, transient(), delay_s=0)
    store.tick()
    again = claimed(store, good)
    assert again.job.id == claim.job.id
    store.complete(again, RESULT)


def test_a_machine_joins_and_leaves(rig: Rig) -> None:
    rig.store.register(NORTH)
    rig.store.register(Machine("south", "Sur", "1.0", 2))
    first, second = rig.store.machines()
    assert (first.machine, first.alive, first.set_aside) == (NORTH, True, False)
    assert first.seen_s > 0
    assert second.machine.id == "south"
    rig.store.gone("south")
    assert [status.machine.id for status in rig.store.machines()] == ["north"]


def test_a_silent_machine_shows(rig: Rig) -> None:
    rig.store.register(NORTH)
    if rig.clock is None:
        rig.client.zincrby("{trineo}:seen", -61_000, "north")
    else:
        rig.pass_time(61)
    assert [status.alive for status in rig.store.machines()] == [False]
    assert rig.store.heartbeat("north") is True
    assert [status.alive for status in rig.store.machines()] == [True]


def test_a_machine_that_fails_what_others_complete_is_set_aside(rig: Rig) -> None:
    store, of = rig.store, batch()
    store.register(NORTH)
    store.submit(of, jobs(of, 6))
    for _ in range(3):
        fails_what_others_complete(store, "north", "south")
    assert store.claim("north/1", lease_s=LEASE_S) is None
    assert store.heartbeat("north") is False
    assert [status.set_aside for status in store.machines()] == [True]
    claimed(store, "south")
    assert [store.readmit("north"), store.readmit("north")] == [True, False]
    claimed(store, "north")


def test_a_film_it_had_in_hand_does_not_bring_it_back(store: JobStore) -> None:
    of = batch()
    store.submit(of, jobs(of, 6))
    in_hand = claimed(store, "north")
    for _ in range(3):
        fails_what_others_complete(store, "north", "south")
    store.complete(in_hand, RESULT)
    assert store.claim("north/1", lease_s=LEASE_S) is None


def test_a_machine_is_not_blamed_for_what_it_then_completed_itself(store: JobStore) -> None:
    of = batch()
    store.submit(of, jobs(of, 4))
    fails_what_others_complete(store, "north", "north")
    for _ in range(2):
        fails_what_others_complete(store, "north", "south")
    claimed(store, "north")


def test_a_lost_lease_is_not_held_against_a_machine(rig: Rig) -> None:
    """The network may have been at fault, and then everybody's leases run out."""
    of = batch()
    rig.store.submit(of, jobs(of, 5))
    for _ in range(3):
        assert rig.store.claim("north/1", lease_s=0)
        rig.pass_time(0.001)
        rig.store.tick()
        rig.store.complete(claimed(rig.store, "south"), RESULT)
    assert rig.store.claim("north/1", lease_s=LEASE_S) is not None


def test_another_text_is_another_job(store: JobStore) -> None:
    """Who failed the old one is not to blame when somebody completes the new one."""
    of = batch()
    store.submit(of, some := jobs(of, 4))
    for one in some[:3]:
        store.fail(claimed(store, "north"), fault())
        store.retry_failed(edited={one.id: one.edited(script="Hola.")})
        store.complete(claimed(store, "south"), RESULT)
    claimed(store, "north")


def test_in_a_row_means_without_a_film_of_its_own_in_between(store: JobStore) -> None:
    of = batch()
    store.submit(of, jobs(of, 9))
    for _ in range(3):
        fails_what_others_complete(store, "north", "south")
        if store.claim("north/1", lease_s=LEASE_S) is None:
            pytest.fail("set aside too early")
        store.release_all_leases()
        store.complete(claimed(store, "north"), RESULT)


def test_what_nobody_can_make_is_no_machines_fault(store: JobStore) -> None:
    of = batch()
    store.submit(of, jobs(of, 5))
    for _ in range(5):
        store.fail(claimed(store, "north"), fault())
    store.submit(of, jobs(of, 1))
    claimed(store, "north")


def test_a_machine_that_starts_again_gets_another_chance(store: JobStore) -> None:
    of = batch()
    store.submit(of, jobs(of, 4))
    for _ in range(3):
        fails_what_others_complete(store, "north", "south")
    store.register(NORTH)
    claimed(store, "north")


@pytest.mark.parametrize("name", ["", "a/b", "a b"])
def test_a_machines_id_is_one_word(store: JobStore, name: str) -> None:
    with pytest.raises(ValueError, match="id"):
        store.register(Machine(name, "x", "1", 1))
