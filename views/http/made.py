"""Files that were made once are kept for the next who asks, up to a number of bytes."""

from __future__ import annotations

from collections.abc import Callable
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


def kept(
    make: Callable[Concatenate[Edition, P], Export],
) -> Callable[Concatenate[Edition, P], Export]:
    """Keep what a function of an edition makes.

    The digest stands for the edition in the key, so that no edition is kept alive; the
    files of one that is gone are the first to make room.

    Parameters
    ----------
    make : callable
        Takes an edition and hashable arguments.
    """

    def key(edition: Edition, *args: P.args, **named: P.kwargs) -> Any:
        return make, edition.digest, args, tuple(sorted(named.items()))

    return cached(_FILES, key=key, lock=_LOCK)(make)
