"""What day it is, where the paper is made; and when the time for something is over."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import date, datetime, timezone, tzinfo
from math import inf
from typing import Generic, TypeVar

from searchkit.errors import InvalidRequest

T = TypeVar("T")


class OutOfTime(Exception):
    """Raised where work is given up, for those who see to it that what is done by then is told of."""


class Deadline:
    """So many seconds from now on, or all the time there is. ``was_met`` tells whether work was given up.

    ``slots`` bounds how much of what nobody can interrupt goes on at once, given up or not.
    """

    def __init__(self, seconds: float | None = None, slots: threading.Semaphore | None = None) -> None:
        self.seconds = seconds
        self.was_met = False
        self._slots = slots or threading.Semaphore()
        self._end = inf if seconds is None else time.monotonic() + seconds

    @property
    def is_over(self) -> bool:
        """Whether the time is over; who asks gives up then."""
        self.was_met = self.was_met or time.monotonic() >= self._end
        return self.was_met

    def share(self, part: float) -> Deadline:
        """A sooner one, after such a part of the time that is left."""
        return Deadline(None if self.seconds is None else part * self.left, self._slots)

    def anew(self) -> Deadline:
        """As much time again, from now on."""
        return Deadline(self.seconds, self._slots)

    def check(self) -> None:
        """:raises OutOfTime: if the time is over."""
        if self.is_over:
            raise OutOfTime

    def wait_for(self, action: Callable[[], T]) -> T:
        """What an action gives that cannot be interrupted: in a thread, which is left alone in the end.

        :raises OutOfTime: if it takes longer than there is, or no slot is free in that time.
        """
        if self.seconds is None:
            return action()
        if not self._slots.acquire(timeout=self.left):
            self.was_met = True
            raise OutOfTime
        work = _Work(action, self._slots)
        work.join(self.left)
        if work.is_alive():
            self.was_met = True
            raise OutOfTime
        if work.error is not None:
            raise work.error
        return work.given[0]

    @property
    def left(self) -> float:
        """Seconds until then."""
        return max(self._end - time.monotonic(), 0.0)


class _Work(threading.Thread, Generic[T]):
    """A thread that does one thing, and keeps what it gave or raised."""

    def __init__(self, action: Callable[[], T], slots: threading.Semaphore) -> None:
        super().__init__(daemon=True)
        self.given: list[T] = []
        self.error: BaseException | None = None
        self._action = action
        self._slots = slots
        self.start()

    def run(self) -> None:
        try:
            self.given.append(self._action())
        except BaseException as error:  # noqa: BLE001  # it is raised where it is waited for
            self.error = error
        finally:
            self._slots.release()


def time_zone(name: str) -> tzinfo:
    """The time zone of an IANA name such as ``Europe/London``.

    :raises InvalidRequest: if there is none.
    """
    if name == "UTC":
        return timezone.utc
    from zoneinfo import ZoneInfo  # slow to import, and seldom needed

    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        raise InvalidRequest(f"unknown time zone {name!r}", hint="use an IANA name: Europe/London") from None


def today(zone: tzinfo) -> date:
    """The calendar day that it is in ``zone``."""
    return datetime.now(zone).date()
