"""The limits of a process, set by itself before it looks at what others wrote."""

from __future__ import annotations

import contextlib

from layers.own.limits import MEGABYTE, Limits


def confine(limits: Limits) -> None:
    """Take memory, time and files away from this process, as far as the system can.

    Parameters
    ----------
    limits : Limits
        What the reader may take.
    """
    try:
        import resource
    except ImportError:  # Windows: only the clock of the parent is left
        return
    memory = limits.memory_mb * MEGABYTE
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, limits.seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        # Whoever set a lower limit before us is obeyed; macOS knows no RLIMIT_AS.
        hard = resource.getrlimit(kind)[1]
        lowest = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (lowest, lowest))
