"""A process of a crowd ends with the one that started it, however that one ended.

Told to stop, the first process stops the others. Killed, or ended by a system that is
out of memory, it can tell nobody: its processes would run on, hold their memory, and
answer nobody. So each holds one end of a pipe that closes with the first process.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Mapping
from typing import Final

VARIABLE: Final = "CROWD_PIPE"
"""Says to a process which of its files is its end of the pipe; no setting of ours."""


def watch(environment: Mapping[str, str] = os.environ) -> threading.Thread | None:
    """End this process, as if it had been told, when the one that started it is gone.

    Parameters
    ----------
    environment : mapping
        Of this process; without :data:`VARIABLE` it belongs to no crowd.

    Returns
    -------
    threading.Thread or None
        What waits.
    """
    held = environment.get(VARIABLE, "")
    if not held.isdecimal():
        return None
    waits = threading.Thread(
        target=_wait, args=(int(held),), name="parent", daemon=True
    )
    waits.start()
    return waits


def _wait(held: int) -> None:
    try:
        while os.read(held, 1):  # nothing is ever written
            pass
    except OSError:  # no such file: whoever set the variable is no crowd of ours
        return
    os.kill(os.getpid(), signal.SIGTERM)
