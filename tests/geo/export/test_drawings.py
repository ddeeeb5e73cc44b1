"""DXF is a drawing in metres with names; GML travels with its schema."""

import io
import zipfile

import ezdxf
import pyogrio
import shapely


def test_a_drawing_has_each_ring_with_its_attributes_and_each_name(places, written):
    table = places(note=["甲县", None]).to_crs("EPSG:4547")
    content = written("dxf", table=table, name_column="note")

    drawing = ezdxf.read(io.StringIO(content.decode("gbk")))
    space = drawing.modelspace()
    rings = space.query("LWPOLYLINE")
    assert drawing.header["$INSUNITS"] == 6
    assert len(rings) == 4  # one of the places has two parts, one of these a hole
    assert all(ring.closed for ring in rings)
    first = shapely.Polygon([(x, y) for x, y, *_ in rings[0].get_points()])
    assert shapely.equals_exact(
        first.normalize(), table.geometry.iloc[0].normalize(), tolerance=2e-3
    )
    told = [tag.value for tag in rings[0].get_xdata("ATLAS")]
    assert [*told][-2:] == ["code=a", "note=甲县"]
    texts = [text.dxf.text for text in space.query("TEXT")]
    assert {"甲县", "a", "b"} <= {*texts}
    assert not drawing.audit().errors


def test_gdal_reads_the_letters_of_a_drawing_as_cad_does(places, written, tmp_path):
    table = places(note=["甲县", "乙ñ"]).to_crs("EPSG:4547")
    file = tmp_path / "places.dxf"
    file.write_bytes(written("dxf", table=table, name_column="note"))

    there = pyogrio.read_dataframe(file)

    assert {"县界", "县名"} <= {*there["Layer"]}
    # CAD knows a letter that GBK lacks by its number; GDAL shows the number.
    assert {"甲县", r"乙\U+00F1"} <= {*there["Text"].dropna()}
    assert "甲县" in {text.dxf.text for text in ezdxf.readfile(file).query("TEXT")}


def test_codes_in_a_gml_are_text_by_its_schema(places, written, tmp_path):
    content = written("gml", table=places(code_too=["013001", "130102"]))

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(tmp_path)
    assert {file.suffix for file in tmp_path.iterdir()} == {".gml", ".xsd", ".json"}
    there = pyogrio.read_dataframe(tmp_path / "places.gml")
    assert [*there["code_too"]] == ["013001", "130102"]
    assert shapely.equals(there.geometry.values, places().geometry.values).all()
