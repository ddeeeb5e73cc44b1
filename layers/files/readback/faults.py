"""Why a file cannot come home, said in both languages; and how large one may be."""

from __future__ import annotations

from typing import Final, Self

from geo.export.faults import ExportError
from geo.language import N_

MEGABYTE: Final = 1024 * 1024
MOST_BYTES: Final = 20 * MEGABYTE
"""Of a file, and of what it unpacks to. All counties in full take less than one."""

MOST_COUNTIES: Final = 1000
"""More rows than these are not read: the province has 167 counties."""


class ForeignError(ValueError):
    """Nothing in the content says by which selection it was made."""


class UnpackedTooLargeError(ValueError):
    """The content would take more memory than any file of the atlas does."""


class WithoutRowsError(ValueError):
    """A table has headings only, and tells its selection in its rows."""


class ReadBackError(ExportError):
    """A file does not lead back to a selection; the message says what to do."""

    @classmethod
    def empty(cls, name: str) -> Self:
        """Refuse a file of no bytes."""
        return cls(
            N_("“{name}” is empty: choose a file as it was downloaded from the atlas."),
            name=name,
        )

    @classmethod
    def too_large(cls, name: str) -> Self:
        """Refuse a file by its size."""
        return cls(
            N_("“{name}” is larger than {limit} MB, as no file of the atlas is."),
            name=name,
            limit=MOST_BYTES // MEGABYTE,
        )

    @classmethod
    def unpacked_too_large(cls, name: str) -> Self:
        """Refuse a file by what it would become."""
        return cls(
            N_(
                "“{name}” was not read: unpacked it would be far larger than any "
                "file of the atlas."
            ),
            name=name,
        )

    @classmethod
    def too_long(cls, name: str, seconds: int) -> Self:
        """Refuse a file by the time that reading it takes."""
        return cls(
            N_(
                "“{name}” was not read: it took longer than {n} {n:second|seconds}, as "
                "no file of the atlas does. If the server is busy, try again later."
            ),
            name=name,
            n=seconds,
        )

    @classmethod
    def foreign(cls, name: str) -> Self:
        """Refuse a file that says nothing of a selection."""
        return cls(
            N_(
                "“{name}” does not say by which selection it was made: it is no file "
                "of the atlas, or another program has saved it without that. Choose a "
                "file as it was downloaded from the atlas."
            ),
            name=name,
        )

    @classmethod
    def without_rows(cls, name: str) -> Self:
        """Refuse a table without rows."""
        return cls(
            N_(
                "“{name}” has headings but no rows, so it does not say by which "
                "selection it was made."
            ),
            name=name,
        )

    @classmethod
    def damaged(cls, name: str) -> Self:
        """Refuse a file that cannot be read to its end."""
        return cls(
            N_(
                "“{name}” cannot be read: it is damaged or cut off. Copy or download "
                "it again."
            ),
            name=name,
        )
