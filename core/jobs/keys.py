"""The names of everything the job store keeps in Redis.

All keys begin with one hash tag, so that they share a slot of a Redis Cluster. That is why a script may be given the
prefix alone as `KEYS[1]` and build the names it needs: whichever they are, they live where the prefix lives.

    job:<id>          hash    the record: the job as JSON, state, epoch, token, attempts, history (`h<epoch>`), …
    all               zset    id → submission sequence
    b:<batch>         zset    the same for one batch;   batch:<id>  hash: name, total, created, jobs in each state,
                              and if wished for: review_every, first, start, deadline
    s:<state>         zset    the same for one state; but s:running: id → ms at which its lease is over,
                              and s:delayed: id → ms at which it is due
    ready:<template>  zset    id → place in the queue;  queues      set of the template hashes that have one
    parked:<what>     set     ids that wait for it;     waits       set of what is waited for
    dead              zset    id → ms it failed;        cause:<code> the same for one cause;  causes  set of codes
    events, wake      streams what changed; that there may be work
    blame             hash    machine → jobs in a row it failed that others completed
    machines          hash    machine → what it says of itself;  seen  zset: machine → ms of its heartbeat
    seq, front        strings last submission sequence; place of the job last moved to the front
    lock:<name>       string  a named lock
    incoming          zset    batch of which jobs arrive → ms it began;  incoming:<batch>  zset: id → sequence, also
                              with `:s:<state>` and `:r:<template>`: none is in the queue before all of them are
    claim:<token>     string  id of the job that was claimed with it, for as long as the lease
    call:<id>         hash    a paid call: state, provider, keys, what it costs;   calls  zset: id → ms it was begun
    spent:<account>   hash    what was spent and is held, also by provider: d:<day>, b:<batch>, j:<job>;  accounts  set
    stat:total        hash    figures by name
    stat:hours        hash    hour since 1970 → its figures, packed (scripts/lib/tally.lua)
    stat:minutes      hash    minute since 1970 modulo 120 → the same: a ring of the last two hours
    forgotten:<id>    string  this job was forgotten on purpose: other machines' caches forget it, too
    measured:<token>  string  these figures were counted already
    slots:<resource>  zset    token → ms its lease is over
    lent:<name>       string  what a machine lets others have;   wanted:<name>  that somebody waits for it
"""

from __future__ import annotations

PREFIX = "{trineo}:"

PRIORITY_LIMIT = 1000
"""Priorities are taken within ±this: a place in the queue is a double, and has 53 bits for both its parts."""

PLACES_PER_PRIORITY = 2**40


def key(name: str) -> str:
    return PREFIX + name
