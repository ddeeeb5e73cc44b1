"""Files that were made once are kept for the next who asks, up to a number of bytes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from threading import Lock
from typing import Any, Concatenate, Final, ParamSpec

from cachetools import LRUCache, cached

from layers.edition.edition import Edition
from layers.files.export import Export

MOST_BYTES: Final = 64 * 1024**2

P = ParamSpec("P")


def _size(made: Export) -> int:
    return len(made.content)


_FILES: Final[LRUCache[Any, Export]] = LRUCache(maxsize=MOST_BYTES, getsizeof=_size)
_LOCK: Final = Lock()


def key_of(edition: Edition, *about: Any) -> Any:
    """Return the key under which a file of an edition is kept.

    The digest stands for the edition, so that no edition is kept alive; the files of
    one that is gone are the first to make room.
    """
    return edition.digest, about


def find(key: Any) -> Export | None:
    """Return the file that is kept under a key, if there is one."""
    with _LOCK:
        return _FILES.get(key)


def keep(key: Any, made: Export) -> Export:
    """Keep a file, unless it is larger than all that is kept."""
    with suppress(ValueError), _LOCK:
        _FILES[key] = made
    return made


def kept(
    make: Callable[Concatenate[Edition, P], Export],
) -> Callable[Concatenate[Edition, P], Export]:
    """Keep what a function of an edition makes.

    Parameters
    ----------
    make : callable
        Takes an edition and hashable arguments.
    """

    def key(edition: Edition, *args: P.args, **named: P.kwargs) -> Any:
        return key_of(edition, make, args, tuple(sorted(named.items())))

    return cached(_FILES, key=key, lock=_LOCK)(make)
