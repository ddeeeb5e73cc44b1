"""FlatGeobuf and GeoParquet keep order, values, system and metadata."""

import io
import json

import pyogrio
import pyproj
import pytest
import shapely

from geo.boundaries import Boundaries
from geo.folders import boundaries_folder

DRAWN = Boundaries(boundaries_folder())


def test_flatgeobuf_has_an_index_and_says_what_it_is(saved):
    counties = DRAWN.load("county", "overview")
    mixed = counties.sample(frac=1, random_state=1)

    file = saved("flatgeobuf", table=mixed, metadata={"题": "目"})

    every = pyogrio.read_dataframe(file)
    assert sorted(every["adcode"]) == sorted(mixed.index)
    assert pyogrio.read_info(file)["capabilities"]["fast_spatial_filter"]
    found = pyogrio.read_dataframe(file, bbox=(114, 40, 115, 42))
    box = mixed.intersects(shapely.box(114, 40, 115, 42))
    assert sorted(found["adcode"]) == sorted(mixed.index[box])
    said = pyogrio.read_info(file)["layer_metadata"]
    assert json.loads(said["metadata"]) == {"题": "目"}
    assert said["TITLE"] == "地方"


def test_geoparquet_says_what_its_specification_asks_for(places, written):
    import pyarrow.parquet as pq

    table = places(note=["x", None]).to_crs("EPSG:4547")
    read = pq.read_table(io.BytesIO(written("geoparquet", table=table)))

    geo = json.loads(read.schema.metadata[b"geo"])
    assert geo["version"] == "1.1.0"
    assert geo["primary_column"] == "geometry"
    column = geo["columns"]["geometry"]
    assert column["encoding"] == "WKB"
    assert pyproj.CRS.from_json_dict(column["crs"]).to_epsg() == 4547
    assert set(column["geometry_types"]) == {"Polygon", "MultiPolygon"}
    boxes = read[column["covering"]["bbox"]["xmin"][0]].to_pylist()
    for box, bounds in zip(boxes, table.bounds.itertuples(index=False), strict=True):
        assert tuple(box[side] for side in ("xmin", "ymin", "xmax", "ymax")) == (
            pytest.approx(tuple(bounds), rel=1e-6)
        )
    assert json.loads(read.schema.metadata[b"metadata"]) == {"title": "地方"}
    shapes = shapely.from_wkb(read["geometry"].to_pylist())
    assert shapely.equals(shapes, table.geometry.values).all()
    assert read["note"].to_pylist() == ["x", None]
