"""What can stand in the way of an export, said in both languages."""

from __future__ import annotations

from typing import Self

from geo.language import N_, Language, speaker


class ExportError(ValueError):
    """There is no file, and a person can do something about it.

    Parameters
    ----------
    message : str
        Message id, with named places.
    **values : object
        What stands in the places.
    """

    def __init__(self, message: str, /, **values: object) -> None:
        self.message = message
        self.values = values
        super().__init__(self.say("en"))

    def say(self, language: Language) -> str:
        """Say what stands in the way, and what to do."""
        return speaker(language)(self.message, **self.values)


class CrsRefusedError(ExportError):
    """The format has no room for this coordinate system, or nobody knows it."""

    @classmethod
    def unknown(cls, crs: str, allowed: str) -> Self:
        """Refuse a name that no coordinate system here has."""
        return cls(
            N_("There is no coordinate system “{crs}” to export to: choose {allowed}."),
            crs=crs[:60],
            allowed=allowed,
        )

    @classmethod
    def forbidden(cls, form: str, crs: str) -> Self:
        """Refuse a system other than the one that the format prescribes."""
        return cls(
            N_(
                "A file of the format {form} is always in longitude and latitude of "
                "WGS 84 (EPSG:4326), not in {crs}: leave the coordinate system out, "
                "or choose GeoPackage, Shapefile, FlatGeobuf or GeoParquet."
            ),
            form=form,
            crs=crs[:60],
        )

    @classmethod
    def without_places(cls, form: str, crs: str) -> Self:
        """Refuse a coordinate system for a table without coordinates."""
        return cls(
            N_(
                "A table of the format {form} holds no coordinates, so it cannot be "
                "in {crs}: leave the coordinate system out."
            ),
            form=form,
            crs=crs[:60],
        )


class EmptySelectionError(ExportError):
    """Nothing is selected, and the format would only show an empty picture."""

    def __init__(self, form: str) -> None:
        super().__init__(
            N_(
                "No county is selected, and a file of the format {form} would open "
                "as an empty map without a word: loosen the selection, or choose "
                "GeoJSON, TopoJSON, CSV or XLSX, which can say that it is empty."
            ),
            form=form,
        )


class ValueTooLongError(ExportError):
    """A text is longer than the format can hold; it is not cut."""

    @classmethod
    def bytes(cls, form: str, column: str, row: object, limit: int) -> Self:
        """Refuse a text by the number of its bytes."""
        return cls(
            N_(
                "The value of “{column}” in “{row}” is too long for the format "
                "{form}, which holds {limit} bytes: choose another format."
            ),
            form=form,
            column=column,
            row=row,
            limit=limit,
        )

    @classmethod
    def characters(cls, form: str, column: str, row: object, limit: int) -> Self:
        """Refuse a text by the number of its characters."""
        return cls(
            N_(
                "The value of “{column}” in “{row}” is too long for the format "
                "{form}, which holds {limit} characters: choose another format."
            ),
            form=form,
            column=column,
            row=row,
            limit=limit,
        )
