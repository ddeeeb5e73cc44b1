"""Install, start and visit the atlas of an archive; say as JSON what was seen.

Run by test_bundle.py on a bare Debian, with nothing but the standard library.
"""

import contextlib
import json
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

PORT = 8600
SECONDS = 600


def get(path: str) -> tuple[int, bytes]:
    with urllib.request.urlopen(f"http://127.0.0.1:{PORT}{path}", timeout=120) as told:
        return told.status, told.read()


def main(folder: Path) -> dict:
    known = Path("/proc/self/net/dev_snmp6").iterdir()
    seen = {"interfaces": sorted(path.name for path in known)}
    server = subprocess.Popen(
        [folder / "start.sh", "--port", str(PORT)], stdout=sys.stderr
    )
    until = time.monotonic() + SECONDS
    while True:
        with contextlib.suppress(OSError):
            seen["health"] = get("/health")[0]
            break
        if server.poll() is not None or time.monotonic() > until:
            raise SystemExit(f"it does not answer: {server.poll()}")
        time.sleep(1)
    seen["page"] = get("/")[0]
    seen["counties"] = len(get("/layers/counties.csv")[1].splitlines()) - 1
    seen["sheet"] = get("/layers/poor_county.pdf")[1][:8].decode("latin-1")
    server.terminate()
    seen["exit"] = server.wait(60)
    check = [folder / "venv" / "bin" / "atlas", "check"]
    seen["check"] = subprocess.run(check, stdout=sys.stderr, check=False).returncode
    return seen


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
