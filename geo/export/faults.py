"""What can stand in the way of an export, said in both languages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from geo.language import N_, Language, speaker


class ExportError(ValueError):
    """There is no file, and a person can do something about it.

    Parameters
    ----------
    message : str
        Message id, with named places.
    **values : object
        What stands in the places; a tuple as an enumeration.
    """

    def __init__(self, message: str, /, **values: object) -> None:
        self.message = message
        self.values = values
        super().__init__(self.say("en"))

    def say(self, language: Language) -> str:
        """Say what stands in the way, and what to do."""
        say = speaker(language)
        values = {
            name: say.series(value) if isinstance(value, tuple) else value
            for name, value in self.values.items()
        }
        return say(self.message, **values)


class CrsRefusedError(ExportError):
    """The format has no room for this coordinate system, or nobody knows it."""

    @classmethod
    def unknown(cls, crs: str, allowed: Iterable[str]) -> Self:
        """Refuse a name that no coordinate system here has."""
        return cls(
            N_("There is no coordinate system “{crs}” to export to: choose {allowed}."),
            crs=crs[:60],
            allowed=tuple(allowed),
        )

    @classmethod
    def forbidden(cls, form: str, crs: str, others: Iterable[str]) -> Self:
        """Refuse a system other than the one that the format prescribes.

        Parameters
        ----------
        form : str
            What the format is called.
        crs : str
            What was asked for.
        others : iterable of str
            Formats that a file in another system may have.
        """
        return cls(
            N_(
                "A file of the format {form} is always in longitude and latitude of "
                "WGS 84 (EPSG:4326), not in {crs}: leave the coordinate system out, "
                "or choose one of these formats: {others}."
            ),
            form=form,
            crs=crs[:60],
            others=tuple(others),
        )

    @classmethod
    def unregistered(cls, form: str, crs: str, others: Iterable[str]) -> Self:
        """Refuse a system without a number, for a format that names systems by it.

        Parameters
        ----------
        form : str
            Name of the format.
        crs : str
            The system that was asked for.
        others : iterable of str
            Names of the formats that hold the definition of a system.
        """
        return cls(
            N_(
                "A file of the format {form} names its coordinate system by the number "
                "of EPSG, and {crs} has none: choose another coordinate system, or one "
                "of these formats: {others}."
            ),
            form=form,
            crs=crs[:60],
            others=tuple(others),
        )

    @classmethod
    def in_degrees(cls, form: str, crs: str, others: Iterable[str]) -> Self:
        """Refuse degrees for a drawing, whose unit is the metre.

        Parameters
        ----------
        form : str
            Name of the format.
        crs : str
            The system that was asked for.
        others : iterable of str
            Names of the formats that hold degrees.
        """
        return cls(
            N_(
                "A drawing of the format {form} is in metres, not in the degrees of "
                "{crs}: choose a projected coordinate system, or one of these "
                "formats: {others}."
            ),
            form=form,
            crs=crs[:60],
            others=tuple(others),
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

    def __init__(self, form: str, others: Iterable[str]) -> None:
        super().__init__(
            N_(
                "No county is selected, and a file of the format {form} would open "
                "as an empty map without a word: loosen the selection, or choose one "
                "of these formats, which can say that it is empty: {others}."
            ),
            form=form,
            others=tuple(others),
        )


class ValueTooLongError(ExportError):
    """A text is longer than the format can hold; it is not cut."""

    @classmethod
    def bytes(cls, form: str, column: str, row: object, limit: int) -> Self:
        """Refuse a text by the number of its bytes.

        Parameters
        ----------
        form : str
            Name of the format.
        column : str
            Name of the field.
        row : object
            Key of the place.
        limit : int
            Bytes that the format holds.
        """
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
        """Refuse a text by the number of its characters.

        Parameters
        ----------
        form : str
            Name of the format.
        column : str
            Letter or name of the column.
        row : object
            Number or key of the row.
        limit : int
            Characters that the format holds.
        """
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


class NotEncodableError(ExportError):
    """An encoding lacks a character of a text, which is not replaced by another."""

    def __init__(
        self, encoding: str, column: str, row: object, characters: str
    ) -> None:
        super().__init__(
            N_(
                "The value of “{column}” in “{row}” holds “{characters}”, which the "
                "encoding {encoding} lacks: choose UTF-8."
            ),
            column=column,
            row=row,
            characters=characters[:20],
            encoding=encoding.upper(),
        )


class EncodingRefusedError(ExportError):
    """The text of a format cannot be in this encoding."""

    def __init__(self, form: str, encoding: str, allowed: Iterable[str]) -> None:
        super().__init__(
            N_(
                "The text of a file of the format {form} is never in {encoding}, only "
                "in {allowed}: leave the encoding out."
            ),
            form=form,
            encoding=encoding[:20],
            allowed=tuple(name.upper() for name in allowed),
        )
