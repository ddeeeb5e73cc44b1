"""Whether a PDF tells all that it shows: the structure tree against what is painted."""

import io

from pypdf import PdfReader
from pypdf.generic import ContentStream

PAINTS = {b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"S", b"s", b"sh", b"Do"}
PAINTS |= {b"Tj", b"TJ", b"'", b'"'}


def marks_of(page, reader):
    """Numbers of the marks of a page, after it was seen that all paint is in one."""
    inside, numbers = None, []
    for operands, operator in ContentStream(page.get_contents(), reader).operations:
        if operator in {b"BDC", b"BMC"}:
            assert inside is None, "marks within marks"
            inside = operands[0]
            if operator == b"BDC":
                numbers.append(operands[1]["/MCID"])
            else:
                assert inside == "/Artifact"
        elif operator == b"EMC":
            assert inside is not None
            inside = None
        else:
            assert inside is not None or operator not in PAINTS, operator
    assert inside is None
    return numbers


def check_marks(content):
    """Every sign of every page is decoration, or its mark is a part of an element."""
    reader = PdfReader(io.BytesIO(content))
    catalogue = reader.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"].value
    nums = catalogue["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    owners = dict(zip(nums[::2], nums[1::2], strict=True))
    for page in reader.pages:
        row = owners[page["/StructParents"]].get_object()
        numbers = marks_of(page, reader)
        assert numbers == [*range(len(row))]
        for number, owner in enumerate(row):
            assert number in owner.get_object()["/K"]
        for annotation in page.get("/Annots", ()):
            link = annotation.get_object()
            *_, where = owners[link["/StructParent"]]["/K"]
            assert where["/Obj"] == link
            assert link["/Contents"]
    return reader
