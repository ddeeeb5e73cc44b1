"""What is installed is known: each package's licence, and what the large are for."""

from deploy.licences import LARGEST, LOCK, PURPOSES, largest, locked, table


def test_each_of_the_largest_packages_is_there_for_something_that_is_said():
    found = largest()

    assert len(found) == LARGEST
    assert not {name for name, _ in found} - {*PURPOSES}
    assert {*PURPOSES} <= {name for name, _ in locked(LOCK.read_text("utf-8"))}


def test_each_package_has_its_line_and_its_licence():
    lines = [*table()]

    for name, version in locked(LOCK.read_text("utf-8")):
        assert any(line.startswith(f"| {name} | {version} | ") for line in lines), name
    assert not [line for line in lines if line.endswith("| not said |")]
