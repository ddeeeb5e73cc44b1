"""What was found once is refused in words now; what the readers start from is read."""

import pytest

from layers.files.readback.reading import read_back
from layers.own.child import formats
from layers.own.limits import Limits
from layers.own.reading import read
from layers.own.refusals import RefusedError
from tests.fuzz.readers import CORPUS, LIMITS, READERS, seeds

FOUND = sorted(file for file in CORPUS.glob("*/*") if file.is_file())


@pytest.mark.parametrize("file", FOUND, ids=lambda f: f"{f.parent.name}/{f.name[:16]}")
def test_what_was_found_is_refused_in_words(file):
    content = file.read_bytes()
    if file.parent.name.startswith("home-"):
        READERS[file.parent.name](content)
        return
    # In the process with limits: one of them takes more memory than there is.
    with pytest.raises(RefusedError) as refusal:
        read(content, file.name, Limits())
    assert refusal.value.reason != "crashed"


@pytest.mark.parametrize("name", READERS)
def test_what_a_reader_starts_from_is_read(name):
    for content in seeds(name):
        if name.startswith("home-"):
            assert read_back(content, name).adcodes == ("130709", "130726")
        else:
            assert formats.read(content, name, LIMITS)["sheets"]
