"""Settings: one table, read whole, wrong ones named."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from layers import settings
from layers.cli import commands
from layers.cli.settings_answer import settings_markdown
from layers.own.limits import Limits

ROOT = Path(__file__).parents[3]


def test_without_settings_the_defaults_hold():
    assert settings.read({}) == settings.Settings()
    assert settings.read({"ATLAS_PROXIES": " ", "HOME": "/x"}) == settings.Settings()


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("address", "https://maps.example/gis/", "https://maps.example/gis"),
        ("hosts", "Maps.Example., *.gov.example", ("maps.example", "*.gov.example")),
        (
            "proxies",
            "10.0.0.7 10.1.0.0/16,::1",
            ("10.0.0.7/32", "10.1.0.0/16", "::1/128"),
        ),
        ("embed", "https://Portal.example", ("https://portal.example",)),
        ("open", "metrics", ("metrics",)),
        (
            "tiles",
            "https://t.example/{z}/{x}/{y}.png",
            "https://t.example/{z}/{x}/{y}.png",
        ),
        ("tianditu_key", "abc123", "abc123"),
        ("metrics_port", "9100", 9100),
        ("log", "json", "json"),
        ("lane_workers", "2", 2),
        ("data", str(ROOT), ROOT),
    ],
)
def test_a_setting_is_read(name, text, value):
    read = settings.read({f"ATLAS_{name.upper()}": text})

    assert getattr(read, name) == value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ATLAS_ADDRESS", "maps.example"),
        ("ATLAS_ADDRESS", "ftp://maps.example"),
        ("ATLAS_ADDRESS", "https://u:p@maps.example"),
        ("ATLAS_ADDRESS", "https://maps.example/?a=1"),
        ("ATLAS_ADDRESS", "https://maps.example:port"),
        ("ATLAS_HOSTS", "maps.example/gis"),
        ("ATLAS_HOSTS", "a b<c"),
        ("ATLAS_PROXIES", "proxy.example"),
        ("ATLAS_EMBED", "https://portal.example/page"),
        ("ATLAS_EMBED", "*; script-src *"),
        ("ATLAS_OPEN", "everything"),
        ("ATLAS_TILES", "https://t.example/{z}/{x}.png"),
        ("ATLAS_TILES", "javascript:{x}{y}{z}"),
        ("ATLAS_METRICS_PORT", "70000"),
        ("ATLAS_LANE_WORKERS", "0"),
        ("ATLAS_LANE_WORKERS", "many"),
        ("ATLAS_LOG", "xml"),
        ("ATLAS_DATA", "/no/such/folder"),
        ("ATLAS_OWN_ROWS", "-1"),
        ("ATLAS_ADRESS", "https://maps.example"),
    ],
)
def test_a_wrong_setting_is_named_with_what_it_has_to_be(name, text):
    with pytest.raises(settings.SettingsError) as caught:
        settings.read({name: text, "ATLAS_LOG_": "x"})

    english, chinese = (caught.value.say(language) for language in ("en", "zh"))
    assert len(english.splitlines()) == len(chinese.splitlines()) == 2
    assert name in english.splitlines()[0]
    assert text in chinese
    assert english.splitlines()[0] != chinese.splitlines()[0]


def test_a_secret_is_not_printed():
    environment = {"ATLAS_TIANDITU_KEY": "topsecret"}

    assert "topsecret" not in str(settings.table(environment))
    with pytest.raises(settings.SettingsError) as caught:
        settings.read({"ATLAS_TIANDITU_KEY": "top secret"})
    assert "secret" not in str(caught.value)


def test_the_command_prints_each_with_where_it_comes_from(monkeypatch, capsys):
    monkeypatch.setenv("ATLAS_LANE_WORKERS", "3")

    assert commands.main(["settings", "--lang", "en"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1 + len(fields(settings.Settings)) + len(fields(Limits))
    (line,) = [line for line in lines if line.startswith("ATLAS_LANE_WORKERS")]
    assert re.split(r"\s{2,}", line)[1:3] == ["3", "environment"]


def test_the_command_says_what_does_not_fit(monkeypatch, capsys):
    monkeypatch.setenv("ATLAS_LANE_WORKERS", "none")

    assert commands.main(["settings", "--lang", "zh"]) == 1
    assert "ATLAS_LANE_WORKERS" in capsys.readouterr().err


def test_the_page_has_the_table_of_the_code():
    page = (ROOT / "docs" / "settings.md").read_text("utf-8")

    assert settings_markdown(settings.table({})) in page


def test_no_code_reads_a_setting_that_is_not_in_the_table():
    known = {row.name for row in settings.table({})} | {"ATLAS_", "ATLAS_OWN_"}
    texts = {
        name
        for part in ("geo", "layers", "views")
        for path in (ROOT / part).rglob("*.py")
        for name in re.findall(r'"(ATLAS_[A-Z_]*)"', path.read_text("utf-8"))
    }

    assert texts <= known
    assert "ATLAS_DATA" in texts
