"""Build the site from the command line."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from deploy.site.build import SITE, build


def main() -> None:
    """Build it, and say how large it is and how long it took."""
    parser = argparse.ArgumentParser(prog="python -m deploy.site")
    parser.add_argument("--into", type=Path, default=SITE)
    options = parser.parse_args()
    begun = time.perf_counter()
    build(options.into.resolve())
    files = [path for path in options.into.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files) / 1e6
    took = time.perf_counter() - begun
    print(f"{len(files)} files, {size:.1f} MB in {took:.0f} s: {options.into}")


if __name__ == "__main__":
    main()
