"""What day it is, where the paper is made; and when the time for something is over."""

from __future__ import annotations

import time
from datetime import date, datetime, timezone, tzinfo
from math import inf

from searchkit.errors import InvalidRequest


class OutOfTime(Exception):
    """Raised where work is given up, for those who see to it that what is done by then is told of."""


class Deadline:
    """So many seconds from now on, or all the time there is. ``was_met`` tells whether work was given up."""

    def __init__(self, seconds: float | None = None) -> None:
        self.seconds = seconds
        self.was_met = False
        self._end = inf if seconds is None else time.monotonic() + seconds

    @property
    def is_over(self) -> bool:
        """Whether the time is over; who asks gives up then."""
        self.was_met = self.was_met or time.monotonic() >= self._end
        return self.was_met

    def check(self) -> None:
        """:raises OutOfTime: if the time is over."""
        if self.is_over:
            raise OutOfTime


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
