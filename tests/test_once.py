"""An attribute worked out once, and never behind a lock that other objects hold."""

from __future__ import annotations

import threading

from searchkit.once import once


class Slow:
    def __init__(self, met: threading.Barrier) -> None:
        self.asked = 0
        self._met = met

    @once
    def both(self) -> int:
        """Known when another object's is being worked out, too."""
        self._met.wait(timeout=30)
        self.asked += 1
        return 5


def test_it_is_worked_out_once() -> None:
    slow = Slow(threading.Barrier(1))
    assert (slow.both, slow.both, slow.asked) == (5, 5, 1)
    assert isinstance(Slow.both, once) and Slow.both.__doc__


def test_objects_do_not_wait_for_each_other() -> None:
    pair = [Slow(met) for met in [threading.Barrier(2)] for _ in range(2)]
    threads = [threading.Thread(target=lambda slow=slow: slow.both) for slow in pair]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert [slow.asked for slow in pair] == [1, 1]
