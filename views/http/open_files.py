"""How many files and connections the server may have open."""

from __future__ import annotations

import contextlib
from typing import Final

MOST: Final = 65_536
"""More than these no session needs, and each costs the kernel a little."""


def allow_many() -> None:
    """Take as many open files as the system lets this process have.

    A session holds three for two minutes after its reader has left, and a connection
    each: a shell's usual 1,024 would end in errors at three hundred readers, though the
    system allows far more to whoever asks.
    """
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST if hard == resource.RLIM_INFINITY else min(hard, MOST)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
