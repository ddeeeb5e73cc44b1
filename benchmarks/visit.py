"""One visit of a browser to an application: what it paints, when, and what it got.

Times are taken inside the page, so that the speed of this script does not count.
"""

from __future__ import annotations

import base64
import time
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Final

from playwright.sync_api import Browser, Locator, Page
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

PAINT_MS: Final = 30_000
SETTLE_SECONDS: Final = 30.0
QUIET_SECONDS: Final = 0.25
LOOK_MS: Final = 25

WATCH: Final = """
(() => {
  if (window !== window.top) return;
  const read = (doc) => { %s };
  const now = () => performance.timeOrigin + performance.now();
  const painting = window.painting = {
    shown: null, clicked: null, changed: null, framed: null,
    arm() { this.clicked = this.changed = this.framed = null; },
  };
  addEventListener("click", (event) => {
    painting.clicked ??= performance.timeOrigin + event.timeStamp;
  }, true);
  const look = (doc) => {
    const value = read(doc);
    if (value === null || value === painting.shown) return;
    painting.shown = value;
    if (painting.changed !== null) return;
    painting.changed = now();
    requestAnimationFrame(() => {
      const after = new MessageChannel();
      after.port1.onmessage = () => { painting.framed = now(); };
      after.port2.postMessage(null);
    });
  };
  const watched = new WeakSet();
  const watch = (doc) => {
    if (!doc || watched.has(doc)) return;
    watched.add(doc);
    new MutationObserver(() => look(doc)).observe(doc, {
      subtree: true, childList: true, characterData: true, attributes: true,
      attributeFilter: ["d", "fill", "style", "class", "data-painted"],
    });
    look(doc);
  };
  // A component's frame keeps its window but changes its document once it is there,
  // so the documents are looked for, long before anything is drawn in them.
  const seek = () => {
    watch(document);
    for (const frame of document.querySelectorAll("iframe")) {
      watch(frame.contentDocument);
    }
    requestAnimationFrame(seek);
  };
  seek();
})();
"""
"""Runs in the page before anything else; `%s` reads what is shown, or null.

`changed` is the moment at which the document holds what is new; `framed` the end of
the frame that shows it.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """One change: milliseconds until it was in the document, and on the screen.

    Attributes
    ----------
    changed, framed : float
        From the click (or the start of the navigation) to the change of the document,
        and to the end of the frame that shows it.
    messages : tuple of bytes
        What came over the socket, inflated, until the server had finished.
    fetched : int
        Bytes of the answers to all other requests in that time, heads included, as
        they came over the wire; what the browser had in its cache counts nothing.
    """

    changed: float
    framed: float
    messages: tuple[bytes, ...] = field(repr=False)
    fetched: int

    @property
    def size(self) -> int:
        """Bytes over the socket and of what was fetched beside it."""
        return sum(map(len, self.messages)) + self.fetched


class Visit:
    """A fresh browser context with one page of an application.

    Parameters
    ----------
    browser : playwright.sync_api.Browser
        Chromium.
    address : str
        Of the application.
    read : str
        Body of a JavaScript function of `doc` that returns what is shown, as text, or
        null while it is not there.
    """

    def __init__(self, browser: Browser, address: str, read: str) -> None:
        self._context = browser.new_context(viewport={"width": 1280, "height": 900})
        self.page: Page = self._context.new_page()
        self.page.add_init_script(WATCH % read)
        self._frames: list[dict[str, Any]] = []
        self._fetched = 0
        self._last = time.monotonic()
        self.extensions = ""
        devtools = self._context.new_cdp_session(self.page)
        devtools.on("Network.webSocketFrameReceived", self._received)
        devtools.on("Network.loadingFinished", self._loaded)
        devtools.on("Network.webSocketHandshakeResponseReceived", self._shaken)
        devtools.send("Network.enable")
        self.page.goto(address, wait_until="commit")
        self.first_paint = self._timing("performance.timeOrigin")

    def __enter__(self) -> Visit:
        """Return the visit; leaving the block closes its context."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the context."""
        self._context.close()

    def press(self, target: Locator) -> Timing:
        """Click and wait until the change is shown and the server has finished."""
        target.wait_for()
        self._frames.clear()
        self._fetched = 0
        self.page.evaluate("painting.arm()")
        target.click()
        return self._timing("painting.clicked")

    def _timing(self, start: str) -> Timing:
        try:
            self.page.wait_for_function(
                "() => globalThis.painting && painting.framed !== null",
                polling=50,
                timeout=PAINT_MS,
            )
        except PlaywrightTimeout:
            raise TimeoutError(f"nothing new was painted: {self._state()}") from None
        began, changed, framed = self.page.evaluate(
            f"[{start}, painting.changed, painting.framed]"
        )
        return Timing(
            changed=changed - began,
            framed=framed - began,
            messages=self._settled(),
            fetched=self._fetched,
        )

    def _settled(self) -> tuple[bytes, ...]:
        deadline = time.monotonic() + SETTLE_SECONDS
        while time.monotonic() < deadline:
            if time.monotonic() - self._last > QUIET_SECONDS:
                messages = tuple(_payload(frame) for frame in self._frames)
                if _is_finished(messages):
                    return messages
            self.page.wait_for_timeout(LOOK_MS)  # lets events in between two looks
        raise TimeoutError(f"the server did not finish its run: {self._state()}")

    def _state(self) -> str:
        messages = [describe(_payload(frame)) for frame in self._frames]
        painting = self.page.evaluate("globalThis.painting")
        text = self.page.locator("body").inner_text().splitlines()
        # A page that failed says so among much else; one that did not says little.
        told = [line for line in text if "Error" in line] or text[:20]
        return f"{self.page.url}: {told}, {painting}, messages: {messages}"

    def _received(self, event: dict[str, Any]) -> None:
        self._frames.append(event["response"])
        self._last = time.monotonic()

    def _loaded(self, event: dict[str, Any]) -> None:
        self._fetched += int(event["encodedDataLength"])
        self._last = time.monotonic()

    def _shaken(self, event: dict[str, Any]) -> None:
        headers = {k.lower(): v for k, v in event["response"]["headers"].items()}
        self.extensions = headers.get("sec-websocket-extensions", "")


def _payload(frame: dict[str, Any]) -> bytes:
    text: str = frame["payloadData"]
    return base64.b64decode(text) if frame["opcode"] == 2 else text.encode()


def _is_finished(messages: tuple[bytes, ...]) -> bool:
    """Whether a run of the script has begun and none is still under way."""
    kinds = [ForwardMsg.FromString(message).WhichOneof("type") for message in messages]
    marks = [kind for kind in kinds if kind in {"new_session", "script_finished"}]
    return marks[-1:] == ["script_finished"]


def describe(message: bytes) -> str:
    """Say what a message from the server is for: its kind, element and place."""
    parsed = ForwardMsg.FromString(message)
    kind = parsed.WhichOneof("type") or "empty"
    if kind != "delta":
        return kind
    delta = parsed.delta
    what = delta.WhichOneof("type") or ""
    if what == "new_element":
        element = delta.new_element.WhichOneof("type") or ""
        what = element
        if element == "bidi_component":
            what += f" {delta.new_element.bidi_component.component_name}"
    place = ".".join(map(str, parsed.metadata.delta_path))
    return f"{what} at {place}"
