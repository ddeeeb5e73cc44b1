"""A process that was started by another ends with it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from views.http import parent

ROOT = Path(__file__).parents[3]
CODE = """
import time
from views.http import parent
print(parent.watch() is not None, flush=True)
time.sleep({seconds})
"""


def started(told: str, seconds: float) -> subprocess.Popen:
    process = subprocess.Popen(
        [sys.executable, "-c", CODE.format(seconds=seconds)],
        cwd=ROOT,
        env=os.environ | {parent.VARIABLE: told},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    process.said = process.stdout.readline().strip()
    return process


def test_it_is_told_to_stop_when_the_pipe_closes():
    process = started("0", 60)
    assert process.said == b"True"
    assert process.poll() is None

    process.stdin.close()

    assert process.wait(20) == -signal.SIGTERM


@pytest.mark.parametrize(
    ("told", "said"), [("", b"False"), ("x", b"False"), ("77", b"True")]
)
def test_one_that_belongs_to_no_crowd_runs_on(told, said):
    process = started(told, 0.5)
    assert process.said == said

    process.stdin.close()

    assert process.wait(20) == 0
