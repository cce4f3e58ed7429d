"""What day it is, where the paper is made."""

from __future__ import annotations

from datetime import date, datetime, timezone, tzinfo

from searchkit.errors import InvalidRequest


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
