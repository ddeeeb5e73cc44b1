"""What tests ask a database, without the code under test."""

import subprocess

import psycopg


def execute(address, text):
    with psycopg.connect(address) as connection:
        cursor = connection.execute(text)
        return cursor.fetchall() if cursor.description else []


def everything(address):
    """All that is in the database: structure, comments and rows."""
    dump = ["pg_dump", "--inserts", address]
    text = subprocess.run(dump, capture_output=True, text=True, check=True).stdout
    # Rows stand where they were written last; newer releases add a random key.
    return sorted(line for line in text.splitlines() if not line.startswith("\\"))
