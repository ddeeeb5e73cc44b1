"""`make quick` chooses the tests that an edit touches."""

from tests import quick


def test_an_edited_module_brings_the_tests_that_import_it():
    found = quick.chosen(["geo/names.py"])

    assert "tests/geo/test_names.py" in found
    assert "tests/geo/export/test_kml.py" not in found
    assert set(quick.ALWAYS) < set(found)


def test_a_module_that_its_package_passes_on_brings_those_of_the_package():
    found = quick.chosen(["layers/files/readback/reading.py"])

    assert "tests/layers/files/test_readback.py" in found


def test_an_edited_test_is_run_and_one_that_is_gone_is_not():
    found = quick.chosen(["tests/geo/test_crs.py", "tests/geo/test_gone.py"])

    assert "tests/geo/test_crs.py" in found
    assert "tests/geo/test_gone.py" not in found


def test_what_is_always_run_exists():
    assert [name for name in quick.ALWAYS if not (quick.ROOT / name).is_file()] == []
