"""Keeps the last good edition of a folder, and renews it when the folder changes."""

from __future__ import annotations

import hashlib
import logging
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from geo.boundaries import DESCRIPTOR as BOUNDARY_DESCRIPTOR
from geo.boundaries import Boundaries, BoundaryFileError
from geo.folders import attributes_folder, boundaries_folder
from geo.kept import forget
from geo.problems import Problem
from layers.edition.build import build, examine
from layers.edition.edition import Edition
from layers.facts.digest import described_files
from layers.facts.schema import DESCRIPTOR

LOOK_EVERY_SECONDS: Final = 1.0
"""How often the files' dates are looked at; a look takes about a millisecond."""

_LOG: Final = logging.getLogger(__name__)


@dataclass(eq=False)
class EditionKeeper:
    """Keeps the last good edition of a folder of tables and its boundaries.

    Parameters
    ----------
    directory : pathlib.Path, optional
        Folder of the tables; by default the one that the environment names when the
        first edition is asked for.
    prefix : str
        Path under which the application runs.

    Attributes
    ----------
    problems : tuple of Problem
        Faults of the newest tables; empty while the edition served is the newest.

    Notes
    -----
    Whoever asks for the edition gets one at once: a new one is built by the thread of
    :meth:`watch`, whole, before it takes the place of the old one. Files are left to
    settle first: they are read when two looks in a row have seen the same, so that a
    folder renamed for a moment, or tables saved one after the other, are not read in
    between.
    """

    directory: Path | None = None
    prefix: str = ""
    problems: tuple[Problem, ...] = ()
    _edition: Edition | None = field(default=None, repr=False)
    _boundaries: Path = field(default=Path(), repr=False)
    _content: str | None = field(default=None, repr=False)
    _seen: Any = field(default=None, repr=False)
    _tried: Any = field(default=None, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _stopped: threading.Event = field(default_factory=threading.Event, repr=False)

    def edition(self) -> Edition:
        """Return the edition to serve; only the first has to be waited for.

        Raises
        ------
        geo.problems.DataFaultError
            If it cannot be built and there is no earlier one.
        """
        edition = self._edition
        if edition is None:
            with self._lock:
                edition = self._edition or self._first()
        return edition

    def look(self) -> None:
        """Look at the files once; build and swap if they have changed and settled."""
        if self._edition is None:
            return
        seen = self._marks()
        settled, self._seen = seen == self._seen, seen
        if settled and seen != self._tried:
            self._tried = seen
            self._renew()

    def watch(self, every: float = LOOK_EVERY_SECONDS) -> None:
        """Look at the files again and again, in a thread of its own."""

        def looks() -> None:
            while not self._stopped.wait(every):
                try:
                    self.look()
                except Exception:  # the next look may be luckier
                    _LOG.exception("the tables could not be looked at")

        self._stopped.clear()
        threading.Thread(target=looks, name="edition-keeper", daemon=True).start()

    def stop(self) -> None:
        """End the thread of :meth:`watch`; the edition goes on being served."""
        self._stopped.set()

    def _first(self) -> Edition:
        self.directory = self.directory or attributes_folder()
        self._boundaries = boundaries_folder(self.directory)
        self._seen = self._tried = self._marks()
        content = self._read()
        self._edition = build(
            self.directory, Boundaries(self._boundaries), prefix=self.prefix
        )
        self._content = content
        return self._edition

    def _renew(self) -> None:
        content = self._read()
        if content is not None and content == self._content:
            self.problems = ()
            return
        edition, problems = examine(
            self.directory, Boundaries(self._boundaries), prefix=self.prefix
        )
        if edition is None:
            for problem in problems:
                _LOG.warning("the last good edition goes on: %s", problem.say("en"))
            self.problems = tuple(problems)
            return
        old = self._edition
        self._edition, self._content, self.problems = edition, content, ()
        _LOG.info("edition %s is served", edition.digest)
        if old is not None:
            for owner in (old, old.package, old.package.boundaries):
                forget(owner)

    def _files(self) -> list[Path]:
        """List the files that make an edition; others in the folders mean nothing."""
        assert self.directory is not None
        try:
            tables = described_files(self.directory)
        except Exception:  # said when the edition is built
            tables = [self.directory / DESCRIPTOR]
        try:
            drawn = Boundaries(self._boundaries).files()
        except BoundaryFileError:
            drawn = [self._boundaries / BOUNDARY_DESCRIPTOR]
        return [*tables, *drawn]

    def _marks(self) -> tuple[object, ...]:
        """Return what changes when a file is written, replaced or taken away."""
        marks: list[object] = []
        for path in self._files():
            try:
                stat = path.stat()
            except OSError:
                marks.append((path, None))
            else:
                marks.append(
                    (
                        path,
                        stat.st_mtime_ns,
                        stat.st_ctime_ns,
                        stat.st_size,
                        stat.st_ino,
                    )
                )
        return tuple(marks)

    def _read(self) -> str | None:
        """Hash the files' contents; None while one of them cannot be read."""
        total = hashlib.sha256()
        for path in self._files():
            try:
                content = path.read_bytes()
            except OSError:
                return None
            total.update(f"{path.name}\0{len(content)}\0".encode())
            total.update(content)
        return total.hexdigest()
