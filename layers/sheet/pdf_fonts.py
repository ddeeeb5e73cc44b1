"""Fonts in a PDF, embedded as the standard wants them.

Matplotlib embeds every font as if its outlines were TrueType's. Those of the font of
our sheets are of the other kind (CFF): lenient readers show the text all the same,
strict ones may not. Here the description is brought into agreement with the font.
"""

from __future__ import annotations

import io
from itertools import count
from typing import Any, Final

import numpy as np
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject

PDF_VERSION: Final = "%PDF-1.7"
"""The first with all that stands in it: transparency, tabs by structure, a viewport."""

_OPENTYPE_CFF: Final = b"OTTO"


def written(writer: PdfWriter) -> bytes:
    """Return a document as a file."""
    writer.pdf_header = PDF_VERSION
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def mend_fonts(writer: PdfWriter) -> None:
    """Embed the CFF fonts of a document as CFF fonts."""
    for indirect in list(writer._objects):
        font = indirect.get_object() if indirect is not None else None
        if (
            isinstance(font, DictionaryObject)
            and font.get("/Subtype") == "/CIDFontType2"
        ):
            _mend(writer, font)


def _mend(writer: PdfWriter, font: DictionaryObject) -> None:
    descriptor: Any = font["/FontDescriptor"]
    data: bytes = descriptor["/FontFile2"].get_object().get_data()
    if not data.startswith(_OPENTYPE_CFF):
        return
    map_: Any = font["/CIDToGIDMap"]
    places: bytes = map_.get_object().get_data()
    stream = StreamObject()
    stream.set_data(_renumbered(data, np.frombuffer(places, ">u2")))
    compressed: Any = stream.flate_encode()
    compressed[NameObject("/Subtype")] = NameObject("/CIDFontType0C")
    embedded = descriptor.pop("/FontFile2")
    writer._replace_object(embedded.indirect_reference or embedded, compressed)
    descriptor[NameObject("/FontFile3")] = embedded
    font[NameObject("/Subtype")] = NameObject("/CIDFontType0")
    del font["/CIDToGIDMap"]


def _renumbered(data: bytes, places: np.ndarray) -> bytes:
    """Return the bare CFF font, its glyphs numbered by the codes of the document.

    Parameters
    ----------
    data : bytes
        An OpenType font with CFF outlines.
    places : numpy.ndarray of int
        For each code its glyph's place in the font.
    """
    # The box of the whole font holds its part as well, as the descriptor says it. To
    # measure it anew would be to read every outline.
    font = TTFont(io.BytesIO(data), recalcBBoxes=False)
    table = font["CFF "].cff
    top = table.topDictIndex[0]
    strings = top.CharStrings
    before = list(top.charset)
    codes = {int(place): code for code, place in enumerate(places) if place}
    first = next((place for place, code in codes.items() if code == 0), None)
    if first is not None:
        # Number 0 is always the glyph at the first place, usually an empty box.
        index, parts = strings.charStringsIndex, top.FDSelect.gidArray
        index[0], index[first] = index[first], index[0]
        parts[0], parts[first] = parts[first], parts[0]
        del codes[first]
    # Glyphs that no code leads to take numbers that are no code.
    taken = set(codes.values())
    free = (number for number in count(1) if number not in taken)
    after = [".notdef"] + [
        f"cid{codes[place] if place in codes else next(free):05d}"
        for place in range(1, len(before))
    ]
    strings.charStrings = {
        new: strings.charStrings[old] for new, old in zip(after, before, strict=True)
    }
    top.charset = after
    target = io.BytesIO()
    table.compile(target, font, isCFF2=False)
    return target.getvalue()
