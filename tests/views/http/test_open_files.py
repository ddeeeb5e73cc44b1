"""The server takes the open files that the system lets it have."""

import subprocess
import sys

PROGRAM = """
import resource
from views.http.open_files import MOST, allow_many
resource.setrlimit(resource.RLIMIT_NOFILE, (256, {hard}))
allow_many()
print(*resource.getrlimit(resource.RLIMIT_NOFILE), MOST)
"""


def test_a_low_limit_is_raised_as_far_as_it_may_be():
    for hard in (4096, 256):
        told = subprocess.run(
            [sys.executable, "-c", PROGRAM.format(hard=hard)],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()
        assert told[:2] == [str(hard), str(hard)]
