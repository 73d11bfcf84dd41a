"""Binary heaps of ranks, one for each leg, in one array."""

from __future__ import annotations

from casque.deployment.schedule.compilation import compiled
from casque.deployment.schedule.world import Ints


@compiled
def push(heap: Ints, first: int, size: int, rank: int) -> None:
    """Add a rank to the heap that begins at `first` and holds `size` ranks; the caller counts."""
    at = size
    while at > 0:
        parent = (at - 1) >> 1
        if heap[first + parent] <= rank:
            break
        heap[first + at] = heap[first + parent]
        at = parent
    heap[first + at] = rank


@compiled
def pop(heap: Ints, first: int, size: int) -> int:
    """Take the smallest of `size` ranks; the caller counts."""
    top = heap[first]
    last = heap[first + size - 1]
    at, end = 0, size - 1
    while True:
        child = 2 * at + 1
        if child >= end:
            break
        if child + 1 < end and heap[first + child + 1] < heap[first + child]:
            child += 1
        if heap[first + child] >= last:
            break
        heap[first + at] = heap[first + child]
        at = child
    heap[first + at] = last
    return int(top)
