"""The structure tree of a tagged PDF (ISO 32000, 14.7), from what its pages say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from layers.sheet.pdf_document import POINTS_PER_MM
from layers.sheet.tags import Element

_ATTRIBUTES: Final = {"TH": ("Table", "Scope", "Column")}
"""What is said of every element of a role: owner, name and value of the attribute."""


def write_structure(
    writer: PdfWriter,
    pages: Sequence[Element],
    links: Mapping[Element, DictionaryObject] | None = None,
) -> None:
    """Write what the pages of a document say, in their order.

    Parameters
    ----------
    writer : pypdf.PdfWriter
        The document; changed in place. Its pages have marked content.
    pages : sequence of Element
        What each page says; the root of :class:`layers.sheet.tags.Tags`.
    links : mapping of Element to DictionaryObject, optional
        The annotations of elements that are links.
    """
    tree = _Tree(writer, links or {})
    for number, root in enumerate(pages):
        tree.add_page(number, root, alone=len(pages) == 1)
    tree.finish()


class _Tree:
    """A tree that is being written."""

    def __init__(
        self, writer: PdfWriter, links: Mapping[Element, DictionaryObject]
    ) -> None:
        self._writer = writer
        self._links = links
        self._root = DictionaryObject({NameObject("/Type"): _name("StructTreeRoot")})
        self._above = writer._add_object(self._root)
        self._document = self._dictionary("Document", self._above)
        self._kids = ArrayObject()
        self._parents: dict[int, Any] = {}
        self._next = len(writer.pages)

    def add_page(self, number: int, root: Element, *, alone: bool) -> None:
        """Add what a page says: a section, or all of the document if it is alone."""
        page = self._writer.pages[number]
        page[NameObject("/StructParents")] = NumberObject(number)
        page[NameObject("/Tabs")] = _name("S")
        owners: dict[int, Any] = {}
        at = page.indirect_reference
        document = self._document.indirect_reference
        for part in root.parts if alone else [root]:
            if isinstance(part, Element):
                self._kids.append(self._add(part, document, at, owners))
        row = ArrayObject(owners[mark] for mark in range(len(owners)))
        self._parents[number] = self._writer._add_object(row)

    def finish(self) -> None:
        """Tie the tree to the document."""
        numbers = ArrayObject()
        for key, owner in sorted(self._parents.items()):
            numbers += [NumberObject(key), owner]
        self._document[NameObject("/K")] = self._kids
        parents = DictionaryObject({NameObject("/Nums"): numbers})
        self._root[NameObject("/K")] = self._document.indirect_reference
        self._root[NameObject("/ParentTree")] = self._writer._add_object(parents)
        self._root[NameObject("/ParentTreeNextKey")] = NumberObject(self._next)
        catalogue = self._writer.root_object
        catalogue[NameObject("/StructTreeRoot")] = self._above
        marked = DictionaryObject({NameObject("/Marked"): BooleanObject(True)})
        catalogue[NameObject("/MarkInfo")] = marked

    def _dictionary(self, role: str, above: Any) -> DictionaryObject:
        element = DictionaryObject(
            {
                NameObject("/Type"): _name("StructElem"),
                NameObject("/S"): _name(role),
                NameObject("/P"): above,
            }
        )
        self._writer._add_object(element)
        return element

    def _add(self, part: Element, above: Any, page: Any, owners: dict[int, Any]) -> Any:
        element = self._dictionary(part.role, above)
        here = element.indirect_reference
        element[NameObject("/Pg")] = page
        kids = ArrayObject()
        for below in part.parts:
            if isinstance(below, Element):
                kids.append(self._add(below, here, page, owners))
            else:
                owners[below] = here
                kids.append(NumberObject(below))
        if part in self._links:
            kids.append(self._follow(self._links[part], here, page))
        element[NameObject("/K")] = kids
        if part.alt:
            element[NameObject("/Alt")] = TextStringObject(part.alt)
        if part.box is not None:
            box = part.box
            edges = (box.left, box.bottom, box.right, box.top)
            corners = [FloatObject(round(POINTS_PER_MM * edge, 3)) for edge in edges]
            element[NameObject("/A")] = _attributes(
                "Layout", "BBox", ArrayObject(corners)
            )
        elif part.role in _ATTRIBUTES:
            owner, key, value = _ATTRIBUTES[part.role]
            element[NameObject("/A")] = _attributes(owner, key, _name(value))
        return here

    def _follow(self, link: DictionaryObject, element: Any, page: Any) -> Any:
        """Return the reference from an element to its annotation."""
        link[NameObject("/StructParent")] = NumberObject(self._next)
        self._parents[self._next] = element
        self._next += 1
        return DictionaryObject(
            {
                NameObject("/Type"): _name("OBJR"),
                NameObject("/Obj"): link.indirect_reference,
                NameObject("/Pg"): page,
            }
        )


def _attributes(owner: str, key: str, value: Any) -> DictionaryObject:
    return DictionaryObject(
        {NameObject("/O"): _name(owner), NameObject(f"/{key}"): value}
    )


def _name(text: str) -> NameObject:
    return NameObject(f"/{text}")
