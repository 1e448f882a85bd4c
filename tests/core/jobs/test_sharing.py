"""Slots that hold across machines, and what one machine lends another."""

from __future__ import annotations

from .conftest import Rig


def test_no_more_slots_are_taken_than_there_are(rig: Rig) -> None:
    other = rig.other_machine()
    assert rig.store.take_slot("heygen", 2, "a", lease_s=5)
    assert other.take_slot("heygen", 2, "b", lease_s=5)
    assert not other.take_slot("heygen", 2, "c", lease_s=5)
    assert other.take_slot("elevenlabs", 1, "c", lease_s=5)
    assert rig.store.take_slot("heygen", 2, "a", lease_s=5)  # kept by its holder
    rig.store.free_slot("heygen", "a")
    assert other.take_slot("heygen", 2, "c", lease_s=5)
    assert rig.store.slots_taken("heygen") == 2


def test_a_dead_holders_slot_is_free_in_the_end(rig: Rig) -> None:
    assert rig.store.take_slot("heygen", 1, "dead", lease_s=0.2)
    assert not rig.store.take_slot("heygen", 1, "alive", lease_s=5)
    rig.pass_time(0.25)
    assert rig.store.take_slot("heygen", 1, "alive", lease_s=5)


def test_a_smaller_plan_counts_at_once(rig: Rig) -> None:
    for token in "abc":
        assert rig.store.take_slot("heygen", 3, token, lease_s=5)
    rig.store.free_slot("heygen", "a")
    assert not rig.store.take_slot("heygen", 2, "d", lease_s=5)


def test_what_is_lent_can_be_borrowed_by_other_machines(rig: Rig) -> None:
    other = rig.other_machine()
    sound = bytes(range(256)) * 10
    assert other.borrow("line1") is None
    other.want("line1", for_s=5)
    assert rig.store.is_wanted("line1") is rig.store.is_shared
    rig.store.lend("line1", sound, for_s=5)
    assert other.borrow("line1") == (sound if rig.store.is_shared else None)


def test_it_is_lent_for_a_while_only(rig: Rig) -> None:
    rig.store.lend("line1", b"sound", for_s=0.05)
    rig.pass_time(0.1)
    assert rig.store.borrow("line1") is None
