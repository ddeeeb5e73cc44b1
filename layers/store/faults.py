"""Why nothing is kept, or nothing is found, said in both languages."""

from __future__ import annotations

from typing import Self

from geo.export.faults import ExportError
from geo.language import N_


class StoreError(ExportError):
    """The store is as it was, and so is the session."""

    @classmethod
    def refused(cls) -> Self:
        """Say that the store cannot be used now; why is for the log of the server."""
        return cls(
            N_(
                "The store of the office cannot be used now, and nothing was changed "
                "in it: try again later, or tell whoever runs the atlas."
            )
        )

    @classmethod
    def too_large(cls, limit: int) -> Self:
        """Refuse one file.

        Parameters
        ----------
        limit : int
            Megabytes.
        """
        return cls(
            N_("The file is not kept: it is larger than {limit} MB."), limit=limit
        )

    @classmethod
    def full(cls, limit: int) -> Self:
        """Say that the files of all readers take the room there is.

        Parameters
        ----------
        limit : int
            Megabytes.
        """
        return cls(
            N_(
                "The file is not kept: the {limit} MB for the files of all readers "
                "are used up. Remove one that is not needed, or wait until old ones "
                "are removed."
            ),
            limit=limit,
        )


class NotKeptError(StoreError):
    """Nothing is kept under this id."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "Nothing is kept under this link: it is mistyped, its time is over, or "
                "somebody has removed it."
            )
        )
