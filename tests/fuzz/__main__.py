"""Fuzz one reader or each: ``python -m tests.fuzz [READER …] --runs N``.

`atheris` mutates what the readers start from and what was found before; of an archive
it mutates what is packed, for a changed byte of the packed form only breaks its sum.
Whatever ends a reader but a refusal stands in ``tests/fuzz/corpus/READER`` afterwards,
is read again by ``tests/fuzz/test_corpus.py`` and mended.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

from tests.fuzz.readers import CORPUS, READERS, seeds

_SECONDS = 10
"""Of one file; more is a finding."""

_MEGABYTES = 1500
_LONGEST = 64 * 1024


def main() -> int:
    """Run the readers that are asked for, each in a process of its own."""
    parser = argparse.ArgumentParser(prog="tests.fuzz", description=__doc__)
    parser.add_argument("readers", nargs="*", metavar="READER", help=", ".join(READERS))
    parser.add_argument("--runs", type=int, default=20_000)
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    unknown = [name for name in asked.readers if name not in READERS]
    if unknown:
        parser.error(f"no reader {', '.join(unknown)}; there are: {', '.join(READERS)}")
    if asked.one:
        return _fuzz(asked.readers[0], asked.runs)
    failed = []
    for name in asked.readers or READERS:
        began = time.monotonic()
        run = subprocess.run(
            [sys.executable, "-m", "tests.fuzz", "--one", name, f"--runs={asked.runs}"],
            capture_output=True,
            text=True,
            errors="replace",
        )
        is_good = run.returncode == 0
        seconds = time.monotonic() - began
        print(
            f"{name}: {asked.runs} runs, {seconds:.0f} s,",
            "held" if is_good else "FOUND",
        )
        if not is_good:
            failed.append(name)
            print(run.stderr[-3000:])
    return bool(failed)


def _fuzz(name: str, runs: int) -> int:
    """Fuzz one reader in this process; what it finds stands in the corpus."""
    import atheris

    kept = CORPUS / name
    kept.mkdir(parents=True, exist_ok=True)
    read = READERS[name]
    first = seeds(name)
    for module in [m for key, m in sys.modules.items() if key.startswith("layers.")]:
        if "readback" in module.__name__ or "own.child" in module.__name__:
            for function in [f for f in vars(module).values() if callable(f)]:
                if getattr(function, "__module__", "") == module.__name__:
                    with contextlib.suppress(Exception):
                        setattr(
                            module, function.__name__, atheris.instrument_func(function)
                        )
    with tempfile.TemporaryDirectory() as folder:
        for at, content in enumerate(first):
            (Path(folder) / f"seed-{at}").write_bytes(content)
        is_packed = first[0].startswith(b"PK")
        options = [
            sys.argv[0],
            f"-runs={runs}",
            f"-timeout={_SECONDS}",
            f"-rss_limit_mb={_MEGABYTES}",
            f"-max_len={max(_LONGEST, 2 * max(map(len, first)))}",
            f"-artifact_prefix={kept}/",
            "-verbosity=0",
            folder,
            str(kept),
        ]
        more = {"custom_mutator": _packed_mutator(atheris)} if is_packed else {}
        atheris.Setup(options, read, **more)
        atheris.Fuzz()
    return 0


def _packed_mutator(atheris):
    """Return what mutates one file in an archive and packs all of it again."""

    def mutate(content: bytes, most: int, seed: int) -> bytes:
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                members = {m.filename: archive.read(m) for m in archive.infolist()}
        except Exception:
            return atheris.Mutate(content, most)
        if not members or seed % 10 == 0:
            return atheris.Mutate(content, most)
        chosen = [*members][seed % len(members)]
        members[chosen] = atheris.Mutate(members[chosen], _LONGEST)
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in members.items():
                archive.writestr(name, data)
        return packed.getvalue()[:most]

    return mutate


if __name__ == "__main__":
    sys.exit(main())
