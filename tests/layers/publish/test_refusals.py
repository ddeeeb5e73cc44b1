"""What stands in the way of publishing is said, and nothing is half written."""

import logging
import re
import socket

import psycopg
import pytest

from layers.cli.commands import main
from layers.publish.address import Address
from layers.publish.database import publish
from layers.publish.faults import AddressError
from tests.layers.publish.databases import everything, execute

WRONG = "Falsch-7"
"""A password, which no message and no log may have."""

NOT_REACHED = {
    "zh": "无法连接数据库，没有写入任何内容：",
    "en": "The database cannot be reached, nothing was written: ",
}
REFUSED = {
    "zh": "数据库拒绝了操作，一切保持原状：",
    "en": "The database refused, and everything is as it was before: ",
}


@pytest.fixture
def publishes(capsys, caplog):
    """Publishes as a person does; returns exit code and message by language."""

    def run(address, *options):
        caplog.set_level(logging.DEBUG)
        said = {}
        for language in ("zh", "en"):
            code = main(["publish", address, *options, "--lang", language])
            out, err = capsys.readouterr()
            assert not out
            assert "Traceback" not in err
            assert WRONG not in err + caplog.text
            said[language] = (code, err)
        return said

    return run


def roles(address, *made):
    """Make roles afresh; those of a server are common to its databases."""
    for role in made:
        name = role.split()[0]
        execute(address, f"DROP ROLE IF EXISTS {name}; CREATE ROLE {role}")


@pytest.mark.parametrize(
    ("user", "to", "why"),
    [
        (f"guarded:{WRONG}", "", 'password authentication failed for user "guarded"'),
        ("guarded", "", "no password supplied"),
        (f"stranger:{WRONG}", "", 'role "stranger" does not exist'),
        (f"office:{WRONG}", "/nowhere", 'database "nowhere" does not exist'),
    ],
)
def test_a_log_in_that_the_server_refuses(server, publishes, user, to, why):
    roles(f"{server}/postgres", "guarded LOGIN PASSWORD 'richtig'")
    place = server.partition("@")[2]

    for language, (code, said) in publishes(
        f"postgresql://{user}@{place}{to or '/postgres'}"
    ).items():
        assert code == 1
        assert said.startswith(NOT_REACHED[language])
        assert why in said
    assert not schemas(f"{server}/postgres")


def test_a_password_is_taken_with_its_signs_escaped(database):
    address = database(postgis=False)
    roles(address, "guarded LOGIN PASSWORD 'a b@c/d:e?f&g%'")
    place = address.partition("@")[2]
    escaped = "a%20b%40c%2Fd%3Ae%3Ff%26g%25"

    parts = Address.read(f"postgresql://guarded:{escaped}@{place}").parts
    with psycopg.connect(**parts) as connection:
        assert connection.info.user == "guarded"


def test_a_server_that_is_not_there(publishes):
    with socket.socket() as taken:
        # Bound and not listening: nobody else opens it in the meantime.
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        answers = publishes(f"postgresql://office:{WRONG}@127.0.0.1:{port}/x")
    for language, (code, said) in answers.items():
        assert code == 1
        assert said.startswith(NOT_REACHED[language])
        assert "Connection refused" in said


@pytest.mark.parametrize("host", ["nowhere.invalid", "不存在.invalid"])
def test_a_host_that_cannot_be_resolved(publishes, host):
    answers = publishes(f"postgresql://office:{WRONG}@{host}/x")
    for language, (code, said) in answers.items():
        assert code == 1
        assert said.startswith(NOT_REACHED[language])
        assert f"failed to resolve host '{host}'" in said


def schemas(address):
    return execute(address, "SELECT FROM pg_namespace WHERE nspname = 'atlas'")


@pytest.mark.parametrize(
    ("made", "why"),
    [
        ("", r"permission denied for database"),
        ("CREATE SCHEMA atlas", "permission denied for schema atlas"),
        (
            "CREATE SCHEMA atlas; GRANT USAGE ON SCHEMA atlas TO guest",
            "permission denied for schema atlas",
        ),
    ],
)
def test_a_role_that_may_not_write(database, publishes, made, why):
    address = database(postgis=False)
    roles(address, "guest LOGIN")
    execute(address, made or "SELECT")
    before = everything(address)

    guest = address.replace("office@", f"guest:{WRONG}@")
    for language, (code, said) in publishes(guest).items():
        assert code == 1
        assert said.startswith(REFUSED[language])
        assert re.search(why, said)
    assert everything(address) == before
    execute(address, "DROP OWNED BY guest; DROP ROLE guest")


def test_a_role_that_may_write_in_its_schema_only(database, package, counties):
    address = database(postgis=False)
    roles(address, "guest LOGIN")
    execute(address, "CREATE SCHEMA atlas AUTHORIZATION guest")

    made = publish(package, counties, address.replace("office@", "guest@"))

    count = execute(address, "SELECT count(*) FROM atlas.counties")
    assert count == [(made.rows["counties"],)] == [(len(counties),)]
    execute(address, "DROP OWNED BY guest; DROP ROLE guest")


def test_tables_that_belong_to_another_role(database, publishes, package, counties):
    address = database(postgis=False)
    roles(address, "guest LOGIN")
    publish(package, counties, address)
    execute(address, "GRANT ALL ON SCHEMA atlas TO guest")
    execute(address, "GRANT ALL ON ALL TABLES IN SCHEMA atlas TO guest")
    before = everything(address)

    for language, (code, said) in publishes(
        address.replace("office@", "guest@")
    ).items():
        assert code == 1
        assert said.startswith(REFUSED[language])
        assert "must be owner of" in said
    assert everything(address) == before
    execute(address, "DROP OWNED BY guest; DROP ROLE guest")


def test_a_database_that_is_read_only(database, publishes):
    address = database(postgis=False)
    answers = publishes(f"{address}?options=-cdefault_transaction_read_only%3Don")
    for language, (code, said) in answers.items():
        assert code == 1
        assert said.startswith(REFUSED[language])
        assert "in a read-only transaction" in said
    assert not schemas(address)


@pytest.mark.parametrize(
    ("does", "why"),
    [
        ("PERFORM pg_terminate_backend(pg_backend_pid());", "terminating connection"),
        ("RAISE 'the disk is full' USING ERRCODE = '53100';", "the disk is full"),
    ],
)
def test_a_transaction_that_breaks_off_near_its_end(database, publishes, does, why):
    address = database(postgis=False)
    # At the first view all tables are full.
    execute(
        address,
        f"CREATE FUNCTION breaks() RETURNS event_trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN {does} END $$;"
        "CREATE EVENT TRIGGER breaks ON ddl_command_end WHEN TAG IN ('CREATE VIEW')"
        " EXECUTE FUNCTION breaks()",
    )

    answers = publishes(address.replace("office@", f"office:{WRONG}@"))
    for language, (code, said) in answers.items():
        assert code == 1
        assert said.startswith(REFUSED[language])
        assert why in said
    assert not schemas(address)
    execute(address, "DROP EVENT TRIGGER breaks")
    assert main(["publish", address]) == 0


def test_what_another_client_usually_speaks_changes_no_text(
    database, package, counties, monkeypatch
):
    monkeypatch.setenv("PGCLIENTENCODING", "LATIN1")
    address = database(postgis=False)
    publish(package, counties, f"{address}?client_encoding=LATIN1&connect_timeout=99")
    monkeypatch.delenv("PGCLIENTENCODING")

    named = execute(address, "SELECT name FROM atlas.counties WHERE adcode = '130722'")
    assert named == [("张北县",)]


UNREADABLE = {
    "zh": "数据库地址无法识别",
    "en": "The address of the database cannot be read: ",
}
NONE = {
    "zh": "这不是PostgreSQL数据库的地址",
    "en": "The address is none of a PostgreSQL database: ",
}
UNKNOWN = {
    "zh": "数据库地址中的参数“pool”不是PostgreSQL的参数",
    "en": "The address of the database has a parameter “pool” that PostgreSQL does",
}


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("", NONE),
        ("nowhere", NONE),
        ("host=127.0.0.1 password=" + WRONG, NONE),
        (f"mysql://office:{WRONG}@127.0.0.1/x", NONE),
        (f"POSTGRESQL://office:{WRONG}@127.0.0.1/x", NONE),
        # The password is where the port is looked for.
        (f"postgresql://office:{WRONG}", NONE),
        (f"postgresql://office:{WRONG}@127.0.0.1:port/x", NONE),
        (f"postgresql://office:{WRONG}@a..b/x", NONE),
        (f"postgresql://office:{WRONG}@{'a' * 64}.example/x", NONE),
        # Signs in a password that libpq takes for its end, and would repeat.
        (f"postgresql://office:p {WRONG}@127.0.0.1/x", UNREADABLE),
        (f"postgresql://office:p@{WRONG}@127.0.0.1/x", UNREADABLE),
        (f"postgresql://office:p/{WRONG}@127.0.0.1/x", UNREADABLE),
        (f"postgresql://office:p?a=b/{WRONG}@127.0.0.1/x", UNREADABLE),
        (f"postgresql://office:{WRONG}%zz@127.0.0.1/x", UNREADABLE),
        (f"postgresql://office:{WRONG}%00@127.0.0.1/x", UNREADABLE),
        (f"postgresql://office:{WRONG}\x07@127.0.0.1/x", UNREADABLE),
        (f"postgresql://office:{WRONG}\udcff@127.0.0.1/x", UNREADABLE),
        (f"postgresql://127.0.0.1/x?password=a&{WRONG}", UNREADABLE),
        (f"postgresql://127.0.0.1/x?password=a&{WRONG.replace('-', '')}=b", UNREADABLE),
        (f"postgresql://office:{WRONG}@[::1/x", UNREADABLE),
        (f"postgresql://office:{WRONG}@127.0.0.1/x?pool=5", UNKNOWN),
    ],
)
def test_an_address_that_is_none(publishes, address, says):
    for language, (code, said) in publishes(address).items():
        assert code == 2
        assert said.startswith(says[language])
        assert WRONG.replace("-", "") not in said


def test_a_server_that_repeats_a_password_is_not_repeated():
    address = Address.read(f"postgresql://office:{WRONG}@127.0.0.1/x?sslpassword=Zwei")

    said = address.without_secrets(f"no entry for {WRONG},\n  nor “Zwei”" + "x" * 999)
    assert said.startswith("no entry for …, nor “…”x")
    assert len(said) == 300


@pytest.mark.parametrize(
    "text",
    [
        "postgresql:///atlas",
        "postgres://[::1]:5433/atlas",
        "postgresql://a:1,b:2/atlas?target_session_attrs=read-write",
        "postgresql://%2Fvar%2Frun%2Fpostgresql/atlas",
        "postgresql://office:pa%2Fss%40@db.example/atlas?sslmode=require",
    ],
)
def test_every_address_that_libpq_reads_is_read(text):
    try:
        Address.read(text)
    except AddressError as fault:  # pragma: no cover - what the test would show
        pytest.fail(str(fault))
