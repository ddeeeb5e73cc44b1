"""The store that the office has named: what is kept there, how long and how much."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final, Protocol

from layers.settings import Settings
from layers.store.faults import NotKeptError, StoreError
from layers.store.folder import Folder
from layers.store.item import Item, key_of, new_id

_LOG: Final = logging.getLogger("atlas")
_MEGABYTE: Final = 1024**2
_DAY: Final = 24 * 3600.0


class _Place(Protocol):
    def write(self, key: str, data: bytes, most: int) -> bool: ...

    def read(self, key: str) -> tuple[bytes, float] | None: ...

    def remove(self, key: str) -> bool: ...

    def tidy(self, before: float) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An item that was found.

    Attributes
    ----------
    item : Item
        What was kept.
    since, until : date
        The day on which it was kept, and after which it is removed.
    """

    item: Item
    since: date
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """A folder or a database, with what may be kept in it.

    Attributes
    ----------
    days : int
        For which an item is kept.
    file_mb, all_mb : int
        Megabytes of one item, and of all.
    """

    place: _Place = field(repr=False)
    faults: tuple[type[Exception], ...] = field(repr=False)
    days: int
    file_mb: int
    all_mb: int

    @classmethod
    def of(cls, settings: Settings) -> Store | None:
        """Return the store of the settings; None where nothing is to be kept.

        Parameters
        ----------
        settings : Settings
            Of the process.
        """
        if settings.store is None:
            return None
        place: _Place
        faults: tuple[type[Exception], ...]
        if isinstance(settings.store, Path):
            place, faults = Folder(settings.store), (OSError,)
        else:
            from layers.store import database

            place, faults = database.Database(settings.store), database.FAULTS
        return cls(
            place=place,
            faults=(*faults, OSError),
            days=settings.store_days,
            file_mb=settings.store_file_mb,
            all_mb=settings.store_all_mb,
        )

    def keep(self, item: Item) -> str:
        """Keep an item; return the id under which it is found.

        Parameters
        ----------
        item : Item
            What is to be kept.

        Raises
        ------
        StoreError
            If it is not kept.
        """
        data = item.to_bytes()
        if len(data) > self.file_mb * _MEGABYTE:
            raise StoreError.too_large(self.file_mb)
        ident = new_id()
        with self._asked():
            self.place.tidy(self._oldest())
            kept = self.place.write(_key(ident), data, self.all_mb * _MEGABYTE)
        if not kept:
            raise StoreError.full(self.all_mb)
        return ident

    def find(self, ident: str) -> Kept:
        """Return what is kept under an id.

        Parameters
        ----------
        ident : str
            As it stands in a link.

        Raises
        ------
        NotKeptError
            If it is none, its time is over, or it was removed.
        StoreError
            If the store cannot be asked.
        """
        with self._asked():
            found = self.place.read(_key(ident))
        if found is None or found[1] < self._oldest():
            raise NotKeptError
        item = Item.from_bytes(found[0])
        if item is None:
            _LOG.warning("an item of the store cannot be read")
            raise NotKeptError
        until = date.fromtimestamp(found[1] + self.days * _DAY)
        return Kept(item=item, since=date.fromtimestamp(found[1]), until=until)

    def remove(self, ident: str) -> None:
        """Remove what is kept under an id.

        Parameters
        ----------
        ident : str
            As it stands in a link.

        Raises
        ------
        NotKeptError
            If nothing is.
        StoreError
            If the store cannot be asked.
        """
        with self._asked():
            was_there = self.place.remove(_key(ident))
        if not was_there:
            raise NotKeptError

    def tidy(self) -> None:
        """Remove what is old.

        Raises
        ------
        StoreError
            If the store cannot be asked.
        """
        with self._asked():
            self.place.tidy(self._oldest())

    def _oldest(self) -> float:
        return time.time() - self.days * _DAY

    @contextmanager
    def _asked(self) -> Iterator[None]:
        try:
            yield
        except StoreError:
            raise
        except self.faults as fault:
            # Its text may hold a key, an address or a password: the kind is enough.
            number = getattr(fault, "sqlstate", None) or getattr(fault, "errno", None)
            _LOG.warning("the store refuses: %s %s", type(fault).__name__, number or "")
            raise StoreError.refused() from None


def _key(ident: str) -> str:
    key = key_of(ident)
    if key is None:
        raise NotKeptError
    return key


def tidy_meanwhile(settings: Settings) -> threading.Thread | None:
    """Remove what is old beside all else; a store that is away stops no start.

    Parameters
    ----------
    settings : Settings
        Of the process.
    """
    store = Store.of(settings)
    if store is None:
        return None

    def tidy() -> None:
        with contextlib.suppress(StoreError):
            store.tidy()

    thread = threading.Thread(target=tidy, name="tidy-store", daemon=True)
    thread.start()
    return thread
