"""Starts the application as ``streamlit run`` does, and watches whom it asks.

Run by test_server.py in a process of its own: ``watched.py FILE ARGUMENTS``. Each
look-up of a host, and each connection, that is not this machine's own is a line of the
file.
"""

import sys
from functools import partial
from pathlib import Path

OWN = {"localhost", "127.0.0.1", "::1", "0.0.0.0", "::", "", None, b"localhost"}


def watch(log_file: Path, event: str, arguments: tuple) -> None:
    if event in {"socket.connect", "socket.sendto"}:
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None
    elif event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        host = arguments[0]
    else:
        return
    if host not in OWN and not str(host).startswith("127."):
        with log_file.open("a") as log:
            log.write(f"{event} {host}\n")


if __name__ == "__main__":
    sys.addaudithook(partial(watch, Path(sys.argv[1])))
    from streamlit.web.cli import main

    sys.argv = ["streamlit", "run", "streamlit_app.py", *sys.argv[2:]]
    main()
