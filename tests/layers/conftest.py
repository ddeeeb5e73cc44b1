"""Debian's PostgreSQL on this machine, and databases in it."""

import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import psycopg
import pytest

from tests.layers.publish.databases import execute

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
AS_POSTGRES = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
"""PostgreSQL does not run as root."""


@pytest.fixture(scope="session")
def server():
    """Address of a server of our own, without its database; only on this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = Path(tempfile.mkdtemp(prefix="atlas-pg-"))
    if AS_POSTGRES:
        shutil.chown(folder, "postgres")

    def run(*command):
        line = [*AS_POSTGRES, *map(str, command)]
        subprocess.run(line, check=True, stdout=subprocess.DEVNULL, cwd="/")

    data, control = folder / "data", PROGRAMS[-1] / "pg_ctl"
    quick = f"-p {port} -h 127.0.0.1 -k {folder} -F -c full_page_writes=off"
    run(PROGRAMS[-1] / "initdb", "-D", data, "-A", "trust", "-U", "office", "-N",
        "-E", "UTF8", "--locale=C.UTF-8")  # fmt: skip
    rules = data / "pg_hba.conf"
    guarded = "host all guarded 127.0.0.1/32 scram-sha-256\n"
    rules.write_text(guarded + rules.read_text("utf-8"), "utf-8")
    run(control, "-D", data, "-l", folder / "log", "-o", quick, "-w", "start")
    yield f"postgresql://office@127.0.0.1:{port}"
    run(control, "-D", data, "-m", "immediate", "-w", "stop")
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def database(server, request):
    """Makes empty databases, with PostGIS or without."""

    def make(*, postgis=True):
        name = f"db{abs(hash(request.node.nodeid)) % 10**8}"
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        address = f"{server}/{name}"
        if postgis:
            execute(address, "CREATE EXTENSION postgis")
        return address

    return make
