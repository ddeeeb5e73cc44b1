"""The command line answers in words, in files and in exit codes."""

import errno
import json
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from geo import __version__
from geo.folders import attributes_folder
from geo.language import LANGUAGES
from layers.cli import commands as cli
from layers.cli import output
from layers.cli import parser as cli_parser
from layers.cli.answers import aligned
from layers.cli.county_answer import counties_called, county_text
from layers.cli.selection_options import NAMES
from layers.facts.package import load
from layers.files.export import export
from layers.select.choices import Choices
from layers.select.selection import Selection
from layers.sheet import font
from tests import real
from tests.spellings import WRITTEN

DIRECTORY = attributes_folder()

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "command-line.md"
LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
HOSTILE = "<b>{name}</b> {0} %s"

needs_gdal = pytest.mark.skipif(
    shutil.which("ogrinfo") is None, reason="needs the programs of gdal-bin"
)
needs_full_device = pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="needs a device that is always full"
)


@pytest.fixture(autouse=True)
def english(monkeypatch):
    """No test depends on the locale of whoever runs it."""
    for name in LOCALE:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def loaded_once(monkeypatch):
    """Commands run in this process share the tables; those of their own read them."""
    for module in (cli, cli_parser):
        monkeypatch.setattr(module, "load", real.package)


@pytest.fixture
def run(capsys) -> Callable[..., tuple[int, str, str]]:
    """Run a command in this process: exit code, standard output, standard error."""

    def command(*arguments: object) -> tuple[int, str, str]:
        try:
            code = cli.main([str(argument) for argument in arguments])
        except SystemExit as stop:  # argparse
            code = int(stop.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


def python(*arguments: str, **options) -> subprocess.CompletedProcess[bytes]:
    """Run a command as it is typed, in a process of its own."""
    environment = {k: v for k, v in os.environ.items() if k not in LOCALE}
    return subprocess.run(
        [sys.executable, "-m", "layers", *arguments],
        cwd=ROOT,
        env=environment | options.pop("environment", {}),
        check=False,
        timeout=120,
        **({"capture_output": True} | options),
    )


def terminal(monkeypatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)


# --- list -----------------------------------------------------------------------------


def test_list_has_a_line_a_programme_with_its_counts(run, package):
    code, said, _ = run("list")

    assert code == 0
    head, *lines = said.split("\n\n")[0].splitlines()
    assert head.split()[:5] == ["Identifier", "stated", "named", "derived", "matched"]
    assert re.search(r"matched +no +not said +reported elsewhere", head)
    assert [line.split()[0] for line in lines] == [*package.programmes]
    by_id = {line.split()[0]: line for line in lines}
    assert by_id["poor_county"].split()[1:5] == ["62", "62", "–", "62"]
    assert by_id["relocation"].split()[1:8] == ["38", "10", "–", "10", "0", "150", "7"]
    assert by_id["relocation"].endswith(
        "incomplete: the source counts more than it names"
    )
    assert by_id["contiguous_heilonggang"].split()[1:5] == ["36", "–", "27", "27"]


def test_list_speaks_chinese_if_asked(run):
    code, said, _ = run("list", "--lang", "zh")

    assert code == 0
    assert "易地扶贫搬迁" in said
    assert "Relocation" not in said


def test_list_as_json_says_the_same(run, package):
    code, said, _ = run("list", "--json")

    assert code == 0
    listed = json.loads(said)
    assert {entry["id"]: entry["kind"] for entry in listed} == {
        variable.id: variable.kind for variable in package.variables.values()
    }
    for entry in listed:
        standings = ("matched", "no", "not_said", "reported")
        assert sum(entry[standing] for standing in standings) == 167
    (relocation,) = [entry for entry in listed if entry["id"] == "relocation"]
    assert relocation["stated"] == 38
    assert relocation["named"] == relocation["matched"] == 10
    assert relocation["derived"] is None
    assert relocation["completeness"] == "incomplete"
    assert relocation["name_zh"] == "易地扶贫搬迁"


# --- show -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "adcode"),
    [
        ("130722", "130722"),
        ("张北县", "130722"),
        ("张北", "130722"),
        ("Zhangbei County", "130722"),
        ("zhangbei", "130722"),
        (" 张北县 ", "130722"),
        ("１３０７２２", "130722"),  # an input method's full-width digits
        ("崇礼县", "130709"),
        ("130733", "130709"),
        ("崇礼区", "130709"),
        ("宣化县", "130705"),
        ("xuanhua", "130705"),
        ("Chang'an District", "130102"),  # the name has a curly apostrophe
    ],
)
def test_a_county_goes_by_code_and_by_names_of_today_and_the_past(
    package, text, adcode
):
    assert counties_called(package.divisions, text) == [adcode]


@pytest.mark.parametrize(
    ("text", "adcodes"),
    [
        ("新华区", ["130105", "130902"]),
        ("桥西区", ["130104", "130503", "130703"]),  # one of them bore it
        ("邢台县", ["130502", "130503"]),  # divided
        ("130421", ["130402", "130403"]),
        ("Weixian County", ["130434", "130533"]),
    ],
)
def test_a_name_or_code_of_several_counties_leads_to_all(package, text, adcodes):
    assert counties_called(package.divisions, text) == adcodes


@pytest.mark.parametrize(
    "text", ["", " ", "县", "130700", "张家口市", "110101", "1307"]
)
def test_what_is_no_county_leads_nowhere(package, text):
    assert counties_called(package.divisions, text) == []


def test_every_county_is_found_by_its_code_and_among_those_of_its_names(package):
    for adcode, county in package.divisions.of_level("county").items():
        assert counties_called(package.divisions, adcode) == [adcode]
        for name in (county.name, county.name_en, *county.former_names):
            assert adcode in counties_called(package.divisions, name)


def test_show_says_names_memberships_pairs_exit_and_evidence(run):
    code, said, _ = run("show", "张北县")

    assert code == 0
    for text in (
        "张北县 Zhangbei County",
        "130722",
        "Zhangjiakou",
        "Deep-poverty counties",
        "Evidence: sec. 10(1); stated by the source [S00]",
        "Paired with Beijing",
        "\nPartner city\n  Beijing",
        "\nYear of exit (assessed)\n"
        "  exit assessed for 2019, approved on 29 February 2020\n",
        "Paired with Tianjin: no; not in the list",
        "Pumped-storage stations: not said; not named in box 21",
        "Reports from outside the plan",
        "(9,426 persons)",
        "S45 National list of 832 poor counties with the year of exit",
    ):
        assert text in said, text


def test_show_cites_exactly_the_sources_that_it_names_above(run):
    _, said, _ = run("show", "130722")

    above, sources = said.split("\nSources\n")
    named = {s for group in re.findall(r"\[(S.*)\]", above) for s in group.split(", ")}
    assert {line.split()[0] for line in sources.splitlines()} == named


def test_a_body_that_runs_counties_is_shown_as_what_it_is(run):
    for asked in ("133100", "雄安新区", "133100000000"):
        code, _, wrong = run("show", asked)
        assert code == 2
        for text in ("Xiong’an New Area", "130629", "130632", "130638", "in=133100"):
            assert text in wrong
    assert "其下没有编列县的代码" in run("show", "133101", "--lang", "zh")[2]


@pytest.mark.parametrize("asked", ["133100", "雄安新区"])
def test_a_body_is_selected_by_code_and_name(run, asked):
    code, said, _ = run("select", "--in", asked, "--detail", "overview", "-o", "-")

    assert code == 0
    for adcode in ("130629", "130632", "130638"):
        assert adcode in said


def test_show_says_former_names_and_parts_of_a_county(run, package):
    assert (
        "崇礼县 (130733); changed 7 January 2016, code lists followed by July 2016"
        in run("show", "崇礼区")[1]
    )
    assert (
        "崇礼县（130733），2016年1月7日批准变更"
        in run("show", "崇礼区", "--lang", "zh")[1]
    )
    assert "Xiong’an New Area, since April 2017" in run("show", "雄县")[1]
    parts = package.tables["dates"].query("unit == 'part_of_county'")
    for adcode, name in zip(
        parts["published_adcode"], parts["published_name"], strict=True
    ):
        assert f"{name}, a part of this county: " in run("show", adcode)[1]


def test_show_says_what_is_only_inferred_or_not_known(run, package):
    dates = package.tables["dates"]
    inferred = dates[(dates["confidence"] == "inferred") & (dates["unit"] == "county")]
    for code, name in zip(
        inferred["published_adcode"], inferred["published_name"], strict=True
    ):
        adcode = package.divisions.current(code, name)
        assert "(inferred)" in run("show", adcode)[1]


def test_show_says_of_a_county_in_no_programme_that_it_is_in_none(run):
    code, said, _ = run("show", "130102")

    assert code == 0
    assert "named in none" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_county_can_be_shown(package, counties, language):
    for adcode in counties.index:
        text = county_text(package, counties.loc[adcode], adcode, language)
        assert adcode in text
        assert "{" not in text
        assert "nan" not in text.split()


def test_an_ambiguous_name_offers_all_with_their_prefecture(run):
    code, said, complaint = run("show", "桥西区")

    assert (code, said) == (2, "")
    assert re.findall(r"\d{6}", complaint) == ["130104", "130503", "130703"]
    for prefecture in ("Shijiazhuang", "Xingtai", "Zhangjiakou"):
        assert prefecture in complaint
    assert "石家庄市" in run("show", "桥西区", "--lang", "zh")[2]


@pytest.mark.spread(10)
@pytest.mark.parametrize(("text", "adcode"), WRITTEN.items())
def test_every_way_to_write_a_county_shows_and_selects_it(run, text, adcode):
    code, said, _ = run("show", text)
    assert (code, adcode in said) == (0, True)

    code, said, _ = run("select", "--in", text, "--detail", "overview", "-o", "-")
    assert code == 0
    assert [feature["id"] for feature in json.loads(said)["features"]] == [adcode]


def test_a_selection_says_which_counties_a_name_may_mean(run):
    code, said, complaint = run("select", "--in", "新华区", "--prefecture", "沧州市")

    assert (code, said) == (2, "")
    assert "130105 Xinhua District (Shijiazhuang)" in complaint
    assert "130902 Xinhua District (Cangzhou)" in complaint


def test_an_unknown_name_is_repeated_with_those_that_look_like_it(run):
    code, said, complaint = run("show", "张比县")

    assert (code, said) == (2, "")
    assert "“张比县”" in complaint
    assert "张北县" in complaint


def test_markup_and_braces_print_as_they_are(run):
    assert f"“{HOSTILE}”" in run("show", HOSTILE)[2]
    assert f"“{HOSTILE}”" in run("select", "--all", HOSTILE)[2]


def test_what_a_terminal_would_obey_is_not_printed(run):
    complaint = run("show", "\x1b[2J\x9b31m")[2]

    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", complaint)


# --- select ---------------------------------------------------------------------------

SELECTIONS = {
    "--all deep_poverty": ({"all_of": ("deep_poverty",)}, {}),
    "--all poor_county --all relocation --none general_airport": (
        {"all_of": ("poor_county", "relocation"), "none_of": ("general_airport",)},
        {},
    ),
    "--any pumped_storage,relocation --prefecture 130800 --lang en": (
        {"any_of": ("pumped_storage", "relocation"), "prefectures": ("130800",)},
        {"language": "en"},
    ),
    "--area contiguous_heilonggang --partner 120000 --detail overview": (
        {"where": {"area": ("contiguous_heilonggang",), "partner": ("120000",)}},
        {"detail": "overview"},
    ),
    "--programme poor_county --partner 110000 --format geojson --lang zh": (
        {"where": {"partner": ("110000",)}},
        {"programme": "poor_county", "language": "zh"},
    ),
}


@pytest.mark.parametrize("typed", SELECTIONS)
@pytest.mark.parametrize("to_file", [True, False], ids=["file", "standard output"])
def test_select_gives_the_bytes_of_the_export(
    typed, to_file, package, tmp_path, capsysbinary
):
    chosen, options = SELECTIONS[typed]
    options = {"language": "en"} | options
    file = tmp_path / "out.geojson"

    arguments = ["select", *typed.split(), *(["-o", str(file)] if to_file else [])]
    code = cli.main(arguments)

    said = capsysbinary.readouterr()
    table = real.counties(options.get("detail", "full"))
    expected = export(package, table, Selection(**chosen), **options).content
    assert (code, said.err) == (0, b"")
    assert (file.read_bytes() if to_file else said.out) == expected


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("a.gpkg", b"SQLite format 3"),
        ("a.SHP.ZIP", b"PK"),
        ("a.csv", "\ufeff".encode()),
        ("a.geojson", b'{"type"'),
        ("a.txt", b'{"type"'),
    ],
)
def test_the_end_of_a_files_name_says_its_format(run, tmp_path, name, begins):
    file = tmp_path / name
    code, *_ = run("select", "--all", "deep_poverty", "-o", str(file))
    assert code == 0
    assert file.read_bytes().startswith(begins)

    code, *_ = run(
        "select", "--all", "deep_poverty", "--format", "kml", "-o", str(file)
    )
    assert code == 0
    assert file.read_bytes().startswith(b"<?xml")


def test_every_parameter_of_an_address_is_an_option(run, package):
    choices = Choices.of(package)
    # Of numbers one: a census has dozens, which are options in the same way.
    numbers = [f for f, known in choices.where.items() if known.kind == "number"]
    for field, name in choices.parameters.items():
        if field in numbers[1:]:
            continue
        value = choices.for_field(field)[0]
        typed = [[f"--{name}", value], [f"--{name}={value}"]]
        if field in choices.where:
            typed.append(["--where", f"{name}={value}"])
        for arguments in typed:
            code, said, _ = run("select", *arguments, "--detail", "overview")
            assert code == 0
            assert json.loads(said)["metadata"]["query"] == f"{name}={value}"


@pytest.mark.parametrize(
    ("typed", "where"),
    [
        (
            "--where exit_approved_year=2017..2019",
            {"exit_approved_year": ("2017..2019",)},
        ),
        (
            "--exit 2019 --where exit_approved_year=2020",
            {"exit_approved_year": ("2019", "2020")},
        ),
        (
            "--population_2020 ..200000 --where partner=110000,120000",
            {"population_2020": ("..200000",), "partner": ("110000", "120000")},
        ),
    ],
)
def test_ranges_former_ids_and_repeated_conditions_are_read(run, typed, where):
    code, said, _ = run("select", *typed.split(), "--detail", "overview")

    assert code == 0
    expected = Selection(where=where)
    assert json.loads(said)["metadata"]["query"] == expected.to_query()
    chosen = [feature["id"] for feature in json.loads(said)["features"]]
    assert chosen == [*expected.apply(real.counties())]


def test_a_made_up_variable_of_each_kind_is_listed_and_chosen_by(
    run, monkeypatch, made_up_package, made_up_counties
):
    monkeypatch.setattr(cli, "load", lambda: made_up_package)
    listed = {entry["id"]: entry for entry in json.loads(run("list", "--json")[1])}
    text = run("list")[1]
    choices = Choices.of(made_up_package)

    for identifier in {*made_up_package.variables} - {*real.package().variables}:
        variable = made_up_package.variables[identifier]
        assert listed[identifier]["kind"] == variable.kind
        assert re.search(
            rf"^ *{identifier} .*{re.escape(variable.name_en)}", text, re.M
        )
        if variable.is_programme:
            assert listed[identifier]["matched"] == variable.named_count
            assert listed[identifier]["not_said"] == 167 - variable.named_count
            continue
        for value in choices.for_field(identifier):
            code, said, _ = run(
                "select", "--where", f"{identifier}={value}", "--detail", "overview"
            )
            assert code == 0
            found = [feature["id"] for feature in json.loads(said)["features"]]
            expected = Selection(where={identifier: (value,)}).apply(made_up_counties)
            assert found == [*expected]
            assert found


def test_a_dash_is_standard_output_even_in_a_terminal(run, monkeypatch):
    terminal(monkeypatch)

    code, said, _ = run("select", "--all", "deep_poverty", "-o", "-")

    assert code == 0
    assert len(json.loads(said)["features"]) == 10


@pytest.mark.parametrize("arguments", [[], ["--programme", "deep_poverty"]])
def test_a_terminal_shows_a_table(run, monkeypatch, arguments):
    terminal(monkeypatch)

    code, said, _ = run("select", *arguments, "--lang", "zh")

    assert code == 0
    adcodes = re.findall(r"^\d{6}", said, re.MULTILINE)
    assert len(adcodes) == (10 if arguments else 167)
    assert f"选中{len(adcodes)}个县，共167个" in said
    assert ("深度贫困县" in said) == bool(arguments)
    assert "张北县" in said


def test_a_table_without_counties_has_its_head(run, monkeypatch):
    terminal(monkeypatch)

    code, said, _ = run("select", "--all", "deep_poverty", "--none", "poor_county")

    assert code == 0
    assert "0 of 167 counties selected" in said


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--all", "deep"),
        ("--any", ""),  # as from a shell variable that is not set
        ("--none", "deep_poverty,"),
        ("--prefecture", "张家坡市"),
        ("--area", "poor_county"),
        ("--partner", "130000"),
        ("--partner", "110000,"),
        ("--where", "population_2020=many"),
        ("--where", "exit_approved_year=2030"),
        ("--programme", "everything"),
    ],
)
@pytest.mark.parametrize("in_terminal", [True, False])
def test_a_value_that_does_not_exist_is_wrong_use(
    run, monkeypatch, tmp_path, option, value, in_terminal
):
    if in_terminal:
        terminal(monkeypatch)

    code, said, complaint = run("select", option, value)
    into_file = run("select", option, value, "-o", tmp_path / "out.geojson")

    assert (code, said) == (2, "")
    assert into_file[0] == 2
    assert re.search(
        r"is no value of “\w+”; there are(: \w+| \d+, the first of them: \w+)",
        complaint,
    )
    name = value.partition("=")[0] if option == "--where" else option.strip("-")
    assert f"“{name}”" in complaint
    assert [*tmp_path.iterdir()] == []


def test_all_wrong_values_are_said_at_once(run):
    _, _, complaint = run("select", "--all", "x", "--prefecture", "y", "--lang", "zh")

    assert [line[:3] for line in complaint.splitlines()] == ["“x”", "“y”"]


# --- writing --------------------------------------------------------------------------


def fail(code: int) -> Callable[..., None]:
    def failing(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    return failing


@pytest.mark.parametrize("before", [None, b"what was there"])
@pytest.mark.parametrize(
    ("break_it", "reason"),
    [
        (lambda m: m.setattr(Path, "replace", fail(errno.EACCES)), "not allowed"),
        (lambda m: m.setattr(output.os, "fsync", fail(errno.ENOSPC)), "disk is full"),
        (lambda m: m.setattr(output.os, "fsync", fail(errno.EIO)), "error"),
    ],
    ids=["renaming fails", "the disk is full", "the disk is broken"],
)
def test_a_file_is_written_whole_or_not_at_all(
    run, monkeypatch, tmp_path, before, break_it, reason
):
    file = tmp_path / "out.geojson"
    if before:
        file.write_bytes(before)
    break_it(monkeypatch)

    code, said, complaint = run("select", "--all", "deep_poverty", "-o", file)

    assert (code, said) == (1, "")
    assert f"{file} was not written: " in complaint
    assert reason in complaint
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == (
        {file: before} if before else {}
    )


def test_an_interrupted_writing_leaves_nothing(monkeypatch, tmp_path):
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(output.os, "fsync", interrupt)

    with pytest.raises(KeyboardInterrupt):
        output.write_whole(tmp_path / "out", b"content")

    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("step", ["os.fsync", "Path.replace"])
def test_who_is_killed_while_writing_leaves_what_was_there(tmp_path, step):
    file = tmp_path / "out.csv"
    file.write_bytes(b"what was there")
    dies = "lambda *_: os.kill(os.getpid(), signal.SIGKILL)"
    script = (
        "import os, signal, sys\nfrom pathlib import Path\n"
        "from layers.cli.output import write_whole\n"
        f"{step} = {dies}\nwrite_whole(Path(sys.argv[1]), b'new')\n"
    )

    ended = subprocess.run([sys.executable, "-c", script, file], cwd=ROOT, check=False)

    assert ended.returncode == -signal.SIGKILL
    assert file.read_bytes() == b"what was there"
    # What is left beside it bears no name that anybody reads.
    assert {p.suffix for p in tmp_path.iterdir() if p != file} <= {".part"}


def test_a_port_that_is_taken_is_said_in_both_languages(run):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        code, _, complaint = run("serve", "--port", port, "--address", "127.0.0.1")

    assert code == 1
    assert f"端口{port}已被占用" in complaint
    assert f"Port {port} is taken" in complaint


def test_an_address_of_another_machine_is_no_port_that_is_taken(run):
    code, _, complaint = run("serve", "--port", 8699, "--address", "192.0.2.1")

    assert code == 1
    assert "端口8699不能使用" in complaint
    assert "Port 8699 cannot be used" in complaint


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh", "没有可用于图纸的中文字体"), ("en", "was not written: no font for")],
)
@pytest.mark.parametrize("command", ["sheet", "atlas"])
def test_without_a_font_it_is_said_what_to_install(
    run, monkeypatch, tmp_path, command, language, said
):
    def missing() -> None:
        raise font.FontMissingError

    monkeypatch.setattr(font, "face", missing)
    file = tmp_path / "out.pdf"

    code, _, complaint = run(
        command, "--all", "deep_poverty", "-o", file, "--lang", language
    )

    assert code == 1
    assert said in complaint
    assert "pylopdf-fonts-zh-cn" in complaint
    assert [*tmp_path.iterdir()] == []


@needs_full_device
def test_a_device_that_is_full_is_said_so(run):
    code, _, complaint = run("select", "--all", "deep_poverty", "-o", "/dev/full")

    assert code == 1
    assert "the disk is full" in complaint
    assert Path("/dev/full").is_char_device()


def test_a_folder_that_does_not_exist_is_not_made(run, tmp_path):
    code, _, complaint = run("select", "-o", tmp_path / "no" / "out.geojson")

    assert code == 1
    assert "the folder does not exist" in complaint
    assert [*tmp_path.iterdir()] == []


def test_a_folder_is_no_file_to_write(run, tmp_path):
    code, _, complaint = run("select", "-o", tmp_path)

    assert code == 1
    assert "this is a folder" in complaint
    assert [*tmp_path.iterdir()] == []


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0,
    reason="needs a user whom a folder can refuse",
)
def test_a_folder_that_must_not_be_written_says_so(run, tmp_path):
    tmp_path.chmod(0o500)

    code, _, complaint = run("select", "-o", tmp_path / "out.geojson")

    assert code == 1
    assert "writing there is not allowed" in complaint


def test_a_device_is_written_to_and_not_replaced():
    output.write_whole(Path(os.devnull), b"content")

    assert not Path(os.devnull).is_file()


def test_a_link_is_followed(tmp_path):
    file, link = tmp_path / "file", tmp_path / "link"
    file.write_bytes(b"before")
    link.symlink_to(file)

    output.write_whole(link, b"after")

    assert link.is_symlink()
    assert file.read_bytes() == b"after"
    assert {*tmp_path.iterdir()} == {file, link}


def test_the_file_is_readable_as_one_that_anything_else_wrote(tmp_path):
    (tmp_path / "other").write_bytes(b"")

    output.write_whole(tmp_path / "out", b"content")

    modes = {path.stat().st_mode for path in tmp_path.iterdir()}
    assert len(modes) == 1


@needs_gdal
def test_gdal_reads_the_file(run, tmp_path):
    file = tmp_path / "out.geojson"
    assert run("select", "--all", "deep_poverty", "-o", file) == (0, "", "")

    said = subprocess.run(
        ["ogrinfo", "-so", "-al", file], capture_output=True, text=True, check=True
    ).stdout

    assert "Feature Count: 10" in said


# --- check ----------------------------------------------------------------------------

SPOILED: dict[str, tuple[Callable, str, str, str]] = {
    "an unknown code": (
        lambda c: c.set_cell("memberships.csv", 5, "published_adcode", "139999"),
        "memberships.csv",
        "line 5",
        "column published_",
    ),
    "an unknown source": (
        lambda c: c.set_cell("relations.csv", 3, "source", "S00;S89"),
        "relations.csv",
        "line 3",
        "column source",
    ),
    "a wrong count": (
        lambda c: c.set_cell("variables.csv", 3, "named_count", "11"),
        "variables.csv",
        "line 3",
        "column named_count",
    ),
    "a letter in a number": (
        lambda c: c.set_cell("targets.csv", 2, "value", "3lO"),
        "targets.csv",
        "line 2",
        "column value",
    ),
    "an empty cell that must not be": (
        lambda c: c.set_cell("dates.csv", 4, "published_name", ""),
        "dates.csv",
        "line 4",
        "column published_name",
    ),
    "a value that is not allowed": (
        lambda c: c.set_cell("evidence.csv", 6, "confidence", "sure"),
        "evidence.csv",
        "line 6",
        "column confidence",
    ),
    "a place outside its county": (
        lambda c: c.set_cell(
            "places.csv",
            first_with(c, "places.csv", "county_adcode", "lon"),
            "lon",
            "100.0",
        ),
        "places.csv",
        "line ",
        "column lon",
    ),
    "a renamed column": (
        lambda c: c.change_text("groups.csv", lambda t: t.replace("name_zh", "名", 1)),
        "groups.csv",
        "line 1",
        "column name_zh",
    ),
    "a division of another name": (
        lambda c: c.set_cell(
            "divisions.csv", c.line("divisions.csv", adcode="130722"), "name", "张比县"
        ),
        "divisions.csv",
        "line ",
        "column name",
    ),
}


def first_with(copy, file: str, *columns: str) -> int:
    return next(
        line for line, row in copy.rows(file).items() if all(row[c] for c in columns)
    )


def test_check_of_the_project_is_fine_and_reports(run, package):
    code, said, complaint = run("check")

    assert (code, complaint) == (0, "")
    assert package.digest in said
    assert re.search(r"memberships\.csv +190 ", said)
    assert re.search(r"relocation +38 +10 +– +10 ", said)
    assert "Relocation: counted 38 · named 10 · with outside evidence 7: " in said
    assert re.search(r"Counties without any membership: \d+ of 167\n  Chang", said)
    assert re.search(r"^  S00 +\d{3} ", said, re.MULTILINE)
    assert "industry and farming" in said
    assert "sec. 10(5) 29" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_is_whole_in_both_languages(run, language):
    code, said, _ = run("check", DIRECTORY, "--lang", language)

    assert code == 0
    assert len(re.findall(r"^\S.*\n  ", said, re.MULTILINE)) >= 7
    assert "{" not in said


@pytest.mark.parametrize("fault", SPOILED)
def test_a_fault_is_said_with_its_place(run, spoiled, fault):
    spoil, *place = SPOILED[fault]
    copy = spoiled()
    spoil(copy)

    code, said, complaint = run("check", copy.directory)

    assert (code, complaint) == (1, "")
    assert any(
        all(part in line for part in (*place, "Remedy: ")) for line in said.splitlines()
    ), said


def test_all_faults_are_said_and_in_the_language_asked_for(run, spoiled):
    copy = spoiled()
    copy.set_cell("dates.csv", 4, "published_name", "")
    copy.set_cell("relations.csv", 7, "listed", HOSTILE)

    code, said, _ = run("check", copy.directory, "--lang", "zh")

    assert code == 1
    assert said.startswith("数据有2处错误")
    assert f"值“{HOSTILE}”" in said
    assert said.count("处理办法：") == 2


def test_check_as_json_holds_report_or_faults(run, spoiled):
    fine = json.loads(run("check", "--json")[1])
    copy = spoiled()
    copy.set_cell("variables.csv", 3, "named_count", "11")
    code, said, _ = run("check", copy.directory, "--json")
    faulty = json.loads(said)

    assert fine["problems"] == []
    assert fine["report"]["counties"] == 167
    assert code == 1
    assert faulty["report"] is None
    problem = faulty["problems"][0]
    message = problem.pop("message")
    assert problem == {
        "file": "variables.csv",
        "line": 3,
        "column": "named_count",
        "value": "11",
    }
    assert "Remedy: " in message


@pytest.mark.parametrize("exists", [True, False])
def test_a_folder_without_descriptor_is_a_clear_fault(run, tmp_path, exists):
    folder = tmp_path if exists else tmp_path / "nowhere"

    code, said, _ = run("check", folder)

    assert code == 1
    assert f"datapackage.json: the folder {folder} has no such file" in said


def test_a_fault_in_the_tables_stops_the_other_commands(run, spoiled, monkeypatch):
    copy = spoiled()
    copy.set_cell("variables.csv", 3, "named_count", "11")
    monkeypatch.setattr(cli, "load", lambda: load(copy.directory))

    for command in (["list"], ["show", "张北县"], ["select"]):
        code, said, complaint = run(*command)
        assert (code, said) == (1, "")
        assert "variables.csv, line 3, column named_count" in complaint


# --- use, language, streams -----------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["lists"],
        ["list", "--lang", "fr"],
        [
            "list",
            "--js",
        ],  # no abbreviations: an option more would change what they mean
        ["show"],
        ["show", "张北县", "康保县"],
        ["select", "--everything"],
        ["select", "everything"],
        ["select", "--everything", "--all", "poor_county"],
        ["select", "--where", "exit_approved_year"],
        ["list", "--partner", "110000"],
        ["select", "--detail", "fine"],
        ["select", "--format", "docx"],
        ["check", "--fix"],
    ],
    ids=" ".join,
)
def test_an_unknown_command_or_option_is_wrong_use(run, arguments):
    code, said, complaint = run(*arguments)

    assert (code, said) == (2, "")
    assert "usage: python -m layers" in complaint


def test_version_names_the_atlas_and_the_editions_of_data_and_boundaries(run, package):
    code, said, _ = run("--version")

    assert code == 0
    assert said.split() == [
        "Version",
        __version__,
        "Data",
        "digest",
        package.digest,
        "Boundary",
        "vintage",
        "2024",
    ]


@pytest.mark.parametrize("command", ["", "list", "show", "select", "check"])
def test_help_has_examples_that_work(run, command, monkeypatch, tmp_path):
    code, said, _ = run(*filter(None, [command, "--help"]))
    examples = re.findall(r"^  python -m layers (.*)", said, re.MULTILINE)
    # They name the tables by their folder in the project, and write where one stands.
    (tmp_path / "data").symlink_to(ROOT / "data")
    monkeypatch.chdir(tmp_path)

    assert code == 0
    assert len(examples) >= 3
    for example in examples:
        assert run(*shlex.split(example))[0] == 0, example


@pytest.mark.parametrize("command", cli.COMMANDS)
def test_every_command_has_help_with_examples(run, command):
    code, said, _ = run(command, "--help")

    assert code == 0
    assert re.search(rf"^  python -m layers {command}\b", said, re.MULTILINE)


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_TW"}, "zh"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "C"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "", "LC_MESSAGES": ""}, "zh"),
        ({"LANG": "en_US", "LC_MESSAGES": "zh_CN", "LC_ALL": "C"}, "en"),
    ],
)
def test_the_locale_chooses_the_language(environment, language):
    assert cli.default_language(environment) == language


def test_an_option_overrules_the_locale(run, monkeypatch):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")

    assert "易地扶贫搬迁" in run("list")[1]
    assert "Relocation" in run("list", "--lang", "en")[1]


def test_columns_stand_below_each_other_whatever_the_script():
    assert aligned([("张北县", "a"), ("x", "b"), ("e\u0301", "c")]) == [
        "张北县  a",
        "x       b",
        "e\u0301       c",
    ]
    assert aligned([]) == []


def test_the_command_answers_in_utf8_on_a_console_that_is_not():
    done = python("list", "--lang", "zh", environment={"PYTHONIOENCODING": "cp1252"})

    assert (done.returncode, done.stderr) == (0, b"")
    assert "易地扶贫搬迁" in done.stdout.decode("utf-8")


def test_the_command_gives_its_exit_codes_to_the_shell(tmp_path):
    assert python("check", str(tmp_path)).returncode == 1
    assert python("show", "桥西区").returncode == 2
    assert python("lists").returncode == 2


def test_a_reader_that_has_seen_enough_is_no_fault(tmp_path):
    for arguments, code in ((["select"], 0), (["check", str(tmp_path)], 1)):
        reader, writer = os.pipe()
        os.close(reader)  # before anything is written: as fast as `head` can be
        done = python(
            *arguments, capture_output=False, stdout=writer, stderr=subprocess.PIPE
        )
        os.close(writer)

        assert (done.returncode, done.stderr) == (code, b"")


@needs_full_device
@pytest.mark.parametrize("command", ["list", "select"])
def test_a_disk_that_is_full_behind_standard_output_is_said_so(command):
    with Path("/dev/full").open("wb") as full:
        done = python(
            command, capture_output=False, stdout=full, stderr=subprocess.PIPE
        )

    assert done.returncode == 1
    assert done.stderr.decode().strip() == (
        "standard output was not written: the disk is full."
    )


# --- the page that documents it -------------------------------------------------------


def documented() -> list[tuple[str, str]]:
    """Commands of the page and what it says that they answer."""
    text = PAGE.read_text("utf-8")
    blocks = re.findall(r"^```console\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    commands = [c for block in blocks for c in re.split(r"^\$ ", block, flags=re.M)[1:]]
    return [tuple(command.split("\n", 1)) for command in commands]


@pytest.mark.parametrize(("typed", "answer"), documented(), ids=lambda text: text[:40])
def test_the_page_shows_what_a_command_answers(
    run, monkeypatch, tmp_path, typed, answer
):
    (tmp_path / "data").symlink_to(ROOT / "data")
    monkeypatch.chdir(tmp_path)
    program, arguments = typed[:16], typed[16:]

    _, said, complaint = run(*shlex.split(arguments))

    assert program == "python -m layers"
    shown = re.escape(answer.rstrip("\n")).replace("…", ".*")
    assert re.fullmatch(shown, (said + complaint).rstrip("\n"), re.DOTALL), said


def test_the_page_names_every_command_and_exit_code(run):
    text = PAGE.read_text("utf-8")
    usage = run("--help")[1]

    for command in re.findall(r"^    (\w+) ", usage, re.MULTILINE):
        assert f"| `{command}" in text
    for code in (cli.FINE, cli.FAULT, cli.WRONG_USE):
        assert f"\n| {code} | " in text
    for name in NAMES:
        assert f"`--{name}`" in text


def test_a_layer_is_located_in_words_and_as_json(tmp_path, capsys):
    file = tmp_path / "own.csv"
    file.write_text("校,经度,纬度,人数\n甲,114.54,38.05,9\n乙,120.9,40,1\n", "utf-8")

    assert cli.main(["join", str(file), "--locate", "--lang", "en"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("2 rows: 1 located in 1 county, 1 outside, 0 without")
    assert "1 shape, 人数: sum 9, mean 9" in told

    asked = ["join", str(file), "--locate", "--complete", "--report", "-"]
    assert cli.main([*asked, "--lang", "en"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["outcomes"] == {"located": 1, "outside": 1, "faulty": 0}
    assert len(report["counties"]) == 167


def test_a_layer_in_an_unknown_system_is_refused_until_one_is_given(tmp_path, capsys):
    file = tmp_path / "own.csv"
    file.write_text("校,X,Y\n甲,547300,4212300\n", "utf-8")

    assert cli.main(["join", str(file), "--locate", "--lang", "en"]) == 2
    assert "EPSG:4547" in capsys.readouterr().out
    assert cli.main(["join", str(file), "--locate", "--crs", "4547"]) == 0
    assert cli.main(["join", str(file), "--locate", "--crs", "GCJ-02"]) == 2
