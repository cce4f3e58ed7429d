"""How an index ranks where a search does not say: a note beside its files."""

from __future__ import annotations

import threading
from typing import Final

from searchkit.engines.base import Engine
from searchkit.errors import IndexDamaged, InvalidRequest
from searchkit.forking import renewed
from searchkit.profile import NEWS, RankProfile, dumps, loads

PROFILE: Final = "profile.toml"
"""The note that holds the profile; without it, an index ranks by :data:`~searchkit.profile.NEWS`."""


class KeptProfile:
    """The profile of an index, read once. Safe in threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._profile: RankProfile | None = None
        renewed(self._renew)

    def _renew(self) -> None:
        """See :func:`~searchkit.forking.renewed`."""
        self._lock = threading.Lock()

    def get(self) -> RankProfile:
        """The profile.

        :raises IndexDamaged: if the note holds none.
        """
        if self._profile is None:
            with self._lock:
                self._profile = self._read()
        return self._profile

    def set(self, profile: RankProfile) -> None:
        """Keeps the profile, for all who open the index later too."""
        with self._lock:
            self._engine.write_note(PROFILE, dumps(profile).encode())
            self._profile = profile

    def _read(self) -> RankProfile:
        kept = self._engine.read_note(PROFILE)
        try:
            return NEWS if kept is None else loads(kept.decode())
        except (InvalidRequest, UnicodeDecodeError) as error:
            hint = "set it anew: searchkit index SOURCE --profile news"
            raise IndexDamaged(f"{PROFILE} of the index: {error}", hint=hint) from None
