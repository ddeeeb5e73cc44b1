"""The record of ISO 19139 is valid by the schema of the standard, whatever it tells."""

from importlib.util import find_spec
from pathlib import Path

import pytest
from lxml import etree

from layers.files import iso19139
from layers.files.features import feature_table
from layers.files.metadata import metadata
from layers.select.selection import Selection

# The schemas as pycsw, a catalogue that harvests such records, brings them.
SCHEMAS = "plugins/profiles/apiso/schemas/ogc/iso/19139/20060504/gmd/gmd.xsd"

SELECTIONS = {
    "deep_poverty": Selection(all_of=("deep_poverty",)),
    "open list": Selection(any_of=("relocation", "contiguous_heilonggang")),
    "one county": Selection(counties=("130709",)),
    "all": Selection(),
}


@pytest.fixture(scope="module")
def schema():
    folder = Path(find_spec("pycsw").origin).parent  # nothing of it is run
    return etree.XMLSchema(etree.parse(folder / SCHEMAS))


def record(package, counties, selection, language):
    features = feature_table(
        package, counties, selection, detail="overview", language=language
    )
    about = metadata(
        package,
        features,
        selection,
        count_total=len(counties),
        detail="overview",
        address="https://atlas.example/冀图?a=1&b=2",
    )
    return etree.fromstring(
        iso19139.record(about, features.total_bounds, language).encode()
    )


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("selection", SELECTIONS.values(), ids=SELECTIONS)
def test_a_record_is_valid_by_the_schema(
    package, counties, schema, selection, language
):
    schema.assertValid(record(package, counties, selection, language))


def test_the_schema_notices_what_is_no_record(package, counties, schema):
    root = record(package, counties, SELECTIONS["all"], "zh")
    root.remove(root.find("{*}contact"))

    assert not schema.validate(root)
