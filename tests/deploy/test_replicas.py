"""Two replicas behind nginx as an office runs them: TLS, a prefix, one PostgreSQL.

``make test-replicas``: a minute; it needs nginx, PostgreSQL and Chromium. The replicas
are the checkout's, or those of an archive that was installed:
``TEST_REPLICAS=…/venv/bin/atlas``.
"""

import contextlib
import json
import os
import re
import shlex
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Page, expect, sync_playwright

from geo.folders import data_folder
from tests.layers.conftest import server as postgres  # noqa: F401 - a fixture

ROOT = Path(__file__).parents[2]
GIVEN = os.environ.get("TEST_REPLICAS", "")
SECONDS = 240
CHROMIUM = "/usr/bin/chromium-headless-shell"
ADDRESS = "https://maps.example/gis"
INCOME = (
    "县名,年份,农民收入(元)\n张北县,2015,5000\n康宝县,2015,4000\n长安区,2015,9000\n"
)

pytestmark = pytest.mark.skipif(not GIVEN, reason="a minute, nginx: make test-replicas")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(holds, seconds: float = SECONDS) -> None:
    end = time.monotonic() + seconds
    while True:
        with contextlib.suppress(OSError):
            if holds():
                return
        assert time.monotonic() < end
        time.sleep(0.25)


class Replica:
    """One ``atlas serve``, of which nothing but the settings is shared."""

    def __init__(self, folder: Path, store: str) -> None:
        self.folder, self.port = folder, free_port()
        self.environment = {
            "PATH": "/usr/bin:/bin",
            "ATLAS_DATA": str(folder / "data"),
            "ATLAS_STORE": store,
            "ATLAS_ADDRESS": ADDRESS,
            "ATLAS_HOSTS": "maps.example",
            "ATLAS_PROXIES": "127.0.0.1",
            "ATLAS_LOG": "json",
        }
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        command = shlex.split(GIVEN)
        if GIVEN == "1":
            command = [sys.executable, "-m", "layers"]
            self.environment["PYTHONPATH"] = str(ROOT)
        command += ["serve", "--port", str(self.port), "--address", "127.0.0.1"]
        with (self.folder / f"{self.port}.log").open("a") as log:
            self.process = subprocess.Popen(
                [*command, "--prefix", "gis"],
                cwd=self.folder,
                env=self.environment,
                stderr=log,
                stdout=log,
            )
        until(lambda: self.get("/health"))

    def get(self, path: str) -> bytes:
        """Ask it itself, as no reader can."""
        address = f"http://127.0.0.1:{self.port}/gis{path}"
        with urllib.request.urlopen(address, timeout=30) as answer:
            return answer.read()

    def edition(self) -> str:
        return json.loads(self.get("/ready"))["edition"]

    def kill(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()


class Office:
    """Two replicas, nginx before them as ``deploy/nginx.conf`` has it, and readers."""

    def __init__(self, folder: Path, store: str) -> None:
        self.folder = folder
        self.data = shutil.copytree(data_folder(), folder / "data")
        self.replicas = [Replica(folder, store) for _ in range(2)]
        self.port = free_port()

    def configured(self) -> Path:
        """Put what differs on this machine into ``deploy/nginx.conf``."""
        text = (ROOT / "deploy" / "nginx.conf").read_text("utf-8").replace("#2 ", "")
        for said, here in (
            ("8501", str(self.replicas[0].port)),
            ("8502", str(self.replicas[1].port)),
            ("/etc/ssl/atlas", str(self.folder)),
            ("/var/cache/nginx/atlas", str(self.folder / "cache")),
            ("/var/log/nginx/access.log atlas", f"{self.folder / 'access.log'} atlas"),
            ("listen 80;", f"listen 127.0.0.1:{free_port()};"),
            ("listen 443 ssl http2;", f"listen 127.0.0.1:{self.port} ssl http2;"),
            # Of an answer it is to be seen who gave it.
            ("server_tokens off;", "add_header X-Replica $upstream_addr always;"),
        ):
            assert said in text
            text = text.replace(said, here)
        places = "".join(
            f"{name}_temp_path {self.folder / name};\n"
            for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        (self.folder / "atlas.conf").write_text(text, "utf-8")
        whole = self.folder / "nginx.conf"
        whole.write_text(
            f"{'user root;' if os.geteuid() == 0 else ''}\n"  # the folder is ours alone
            f"daemon off; pid {self.folder / 'pid'};\n"
            f"error_log {self.folder / 'error.log'};\n"
            "events {}\nhttp {\ninclude /etc/nginx/mime.types;\n"
            f"{places}include {self.folder / 'atlas.conf'};\n}}\n",
            "utf-8",
        )
        return whole

    def get(self, path: str, **headers: str) -> tuple[int, bytes, str]:
        """Ask through nginx; status, body and the port that has answered."""
        trust = ssl.create_default_context()
        trust.check_hostname, trust.verify_mode = False, ssl.CERT_NONE
        asked = urllib.request.Request(
            f"https://127.0.0.1:{self.port}/gis{path}",
            headers={"Host": "maps.example", **headers},
        )
        with urllib.request.urlopen(asked, context=trust, timeout=120) as answer:
            return answer.status, answer.read(), answer.headers["X-Replica"]


@pytest.fixture(scope="module")
def office(postgres, tmp_path_factory):  # noqa: F811
    folder = tmp_path_factory.mktemp("office")
    with psycopg.connect(f"{postgres}/postgres", autocommit=True) as connection:
        connection.execute("CREATE DATABASE own")
    made = Office(folder, f"{postgres}/own")
    make = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=maps.example"
    files = ["-keyout", folder / "key.pem", "-out", folder / "fullchain.pem"]
    subprocess.run(["openssl", *make.split(), *files], check=True, capture_output=True)
    started = ["nginx", "-e", folder / "error.log", "-c", made.configured()]
    proxy = subprocess.Popen(started)
    try:
        for replica in made.replicas:
            replica.start()
        until(lambda: made.get("/health"))
        yield made
    finally:
        proxy.terminate()
        proxy.wait(20)
        for replica in made.replicas:
            replica.kill()


@pytest.fixture(scope="module")
def chromium(office):
    with sync_playwright() as playwright:
        here = f"MAP maps.example:443 127.0.0.1:{office.port}"
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", f"--host-resolver-rules={here}"],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def readers(office, chromium):
    """Two readers, each with a page of another replica; what their console said."""
    found, agents = {}, iter(range(40))
    while len(found) < 2:
        agent = f"Mozilla/5.0 reader {next(agents)}"
        port = office.get("/health", **{"User-Agent": agent})[2]
        if port not in found:
            context = chromium.new_context(
                ignore_https_errors=True, user_agent=agent, locale="zh-CN"
            )
            context.set_default_timeout(90_000)
            found[port] = context.new_page()
    return [found[f"127.0.0.1:{replica.port}"] for replica in office.replicas]


def live(page: Page, path: str = "/") -> str:
    """Open an address and wait for its map; the replica that sent the page."""
    answer = page.goto(f"{ADDRESS}{path}")
    page.wait_for_selector(".folium-map[data-painted]", state="attached")
    return answer.headers["x-replica"]


def replica_of(page: Page) -> str:
    """Number of the replica that the page's WebSocket was opened by."""
    cookies = page.context.cookies(ADDRESS)
    return next(one["value"] for one in cookies if one["name"] == "atlas_replica")


def choose_prefecture(page: Page, number: int) -> str:
    """Press in the sentence, so that the session answers; the address after it."""
    before = page.url
    page.locator(".atlas-add").click()
    page.locator(".atlas-mode").nth(0).click()
    row = page.locator(".atlas-take[aria-pressed=false], .atlas-take").nth(number)
    row.click()
    page.wait_for_url(lambda url: url != before)
    page.keyboard.press("Escape")
    return page.url


def test_each_reader_stays_with_the_replica_of_the_first_page(office, readers):
    for number, page in enumerate(readers):
        said = live(page)
        assert said.endswith(f":{office.replicas[number].port}")
        page.reload()
        page.wait_for_selector(".folium-map[data-painted]", state="attached")
        assert replica_of(page) == str(number + 1)


def test_a_link_of_one_replica_opens_the_same_on_the_other(readers):
    first, second = readers
    live(first)
    link = choose_prefecture(first, 0)
    sentence = first.locator(".atlas-sentence")
    count = sentence.locator(".atlas-sentence-count").first.inner_text()

    live(second, link.removeprefix(ADDRESS))

    told = second.locator(".atlas-sentence .atlas-sentence-count").first
    expect(told).to_have_text(count)


def test_what_is_kept_on_one_replica_is_opened_on_the_other(readers):
    first, second = readers
    first.goto(f"{ADDRESS}/own")
    first.locator("input[type=file]").set_input_files(
        {"name": "收入.csv", "mimeType": "text/csv", "buffer": INCOME.encode()}
    )
    expect(first.get_by_text(re.compile("共3行：已匹配2行"))).to_be_visible(
        timeout=90_000
    )
    first.locator("summary", has_text="留给同事").click()
    first.get_by_role("button", name="留给同事").click()
    link = first.locator("code", has_text="kept=")
    expect(link).to_be_visible(timeout=90_000)

    address = link.inner_text().strip()
    assert address.startswith(f"{ADDRESS}/own?kept=")
    second.goto(address)

    expect(second.get_by_text(re.compile("共3行：已匹配2行"))).to_be_visible(
        timeout=90_000
    )
    inside = second.frame_locator("iframe")
    expect(inside.locator("path.atlas-county")).to_have_count(167, timeout=90_000)


def test_a_table_that_is_edited_changes_on_both(office, readers):
    before = {replica.edition() for replica in office.replicas}
    assert len(before) == 1
    table = office.data / "attributes" / "variables.csv"
    text = table.read_text("utf-8")
    assert "贫困县,poor counties," in text
    named = text.replace("贫困县,poor counties,", "贫困县,poor counties here,")
    table.write_text(named, "utf-8")

    until(
        lambda: (
            len({*before, *(one.edition() for one in office.replicas)}) == 2
            and office.replicas[0].edition() == office.replicas[1].edition()
        )
    )

    for page in readers:
        live(page, "/?all=poor_county&lang=en")
        legend = page.locator(".atlas-legend").first
        expect(legend).to_contain_text("Poor counties here")


def test_a_replica_that_is_killed_is_taken_over_by_the_other(office, readers):
    page = readers[0]
    live(page)
    choose_prefecture(page, 0)
    assert replica_of(page) == "1"

    office.replicas[0].kill()

    until(lambda: replica_of(page) == "2", 60)
    selected = page.locator("path.atlas-county.atlas-selected")
    before = selected.count()
    choose_prefecture(page, 3)
    expect(selected).not_to_have_count(before)
    # A new reader of the replica that is gone is answered, too.
    assert live(page).endswith(f":{office.replicas[1].port}")


def test_who_was_taken_over_stays_when_the_first_is_there_again(office, readers):
    page = readers[0]
    office.replicas[0].start()
    until(
        lambda: office.get("/health", Cookie="atlas_replica=1")[2].endswith(
            f":{office.replicas[0].port}"
        )
    )

    page.goto(f"{ADDRESS}/own")
    page.locator("input[type=file]").set_input_files(
        {"name": "收入.csv", "mimeType": "text/csv", "buffer": INCOME.encode()}
    )

    # The upload goes to where the session lives, not where the hash would lead.
    expect(page.get_by_text(re.compile("共3行：已匹配2行"))).to_be_visible(
        timeout=90_000
    )
    assert replica_of(page) == "2"
