"""One Chromium driven through its DevTools pipe: real keys, real clicks, real paper."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import select
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
)
TIMEOUT = 400.0  # seconds for any one answer: axe reads every element of a page
KEYS = {
    "Enter": {"code": "Enter", "windowsVirtualKeyCode": 13, "text": "\r"},
    " ": {"code": "Space", "windowsVirtualKeyCode": 32, "text": " "},
    "Tab": {"code": "Tab", "windowsVirtualKeyCode": 9},
}


class DevTools:
    """A browser that answers commands of the Chrome DevTools Protocol, over two pipes."""

    def __init__(self, path: str, profile: Path) -> None:
        theirs_in, ours_out = os.pipe()
        ours_in, theirs_out = os.pipe()
        # The browser reads commands from descriptor 3 and answers on descriptor 4.
        start = f'exec "$0" "$@" 3<&{theirs_in} 4>&{theirs_out}'
        self._child = subprocess.Popen(
            ["bash", "-c", start, path, *FLAGS, f"--user-data-dir={profile}", "about:blank"],
            pass_fds=(theirs_in, theirs_out),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(theirs_in)
        os.close(theirs_out)
        self._out, self._in = ours_out, ours_in
        self._rest = b""
        self._last = 0
        self.events: list[dict[str, Any]] = []

    def call(self, method: str, session: str | None = None, **parameters: Any) -> dict[str, Any]:
        """A command, and its answer; what the browser tells meanwhile is kept in ``events``."""
        self._last += 1
        command = {"id": self._last, "method": method, "params": parameters}
        if session is not None:
            command["sessionId"] = session
        os.write(self._out, json.dumps(command).encode() + b"\0")
        while (said := self._next()).get("id") != self._last:
            self.events.append(said)
        if "error" in said:
            raise RuntimeError(f"{method}: {said['error']['message']}")
        found: dict[str, Any] = said["result"]
        return found

    def wait_for(self, method: str, session: str) -> dict[str, Any]:
        """The next event of this name, also one that has already come."""
        while True:
            for at, event in enumerate(self.events):
                if event.get("method") == method and event.get("sessionId") == session:
                    return self.events.pop(at)
            self.events.append(self._next())

    def tab(self, width: int = 1280, height: int = 900) -> Tab:
        """A new tab of this width, with nothing in it."""
        context = self.call("Target.createBrowserContext")["browserContextId"]
        target = self.call("Target.createTarget", url="about:blank", browserContextId=context)["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        tab = Tab(self, session, target)
        for domain in ("Page", "Runtime", "Log", "Network"):
            tab.call(f"{domain}.enable")
        tab.resize(width, height)
        return tab

    def close(self) -> None:
        """End the browser."""
        with contextlib.suppress(OSError, RuntimeError):
            self.call("Browser.close")
        self._child.wait(timeout=TIMEOUT)
        os.close(self._out)
        os.close(self._in)

    def _next(self) -> dict[str, Any]:
        until = time.monotonic() + TIMEOUT
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._in], [], [], max(until - time.monotonic(), 0))
            chunk = os.read(self._in, 1 << 20) if ready else b""
            if not chunk:
                raise RuntimeError("the browser does not answer")
            self._rest += chunk
        line, _, self._rest = self._rest.partition(b"\0")
        found: dict[str, Any] = json.loads(line)
        return found


@dataclass
class Tab:
    """One page in a browser, in a profile of its own."""

    browser: DevTools
    session: str
    target: str
    said: list[str] = field(default_factory=list)

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """A command about this tab."""
        return self.browser.call(method, self.session, **parameters)

    def open(self, address: str) -> None:
        """Go to a page, and wait until it has loaded."""
        self.call("Page.navigate", url=address)
        self.browser.wait_for("Page.loadEventFired", self.session)

    def run(self, script: str) -> Any:
        """What a function body returns or promises, run beside the page whatever its policy forbids it."""
        found = self.call(
            "Runtime.evaluate",
            expression=f"(async () => {{ {script} }})()",
            awaitPromise=True,
            returnByValue=True,
            userGesture=True,
        )
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def press(self, key: str, *, shift: bool = False) -> None:
        """A key, down and up, as a person presses it."""
        more = {"key": key, **KEYS[key], "modifiers": 8 if shift else 0}
        text = more.pop("text", None)
        self.call("Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown", **more, text=text or "")
        self.call("Input.dispatchKeyEvent", type="keyUp", **more)

    def resize(self, width: int, height: int = 900) -> None:
        """A window of this width, however narrow."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )

    def theme(self, name: str) -> None:
        """The theme the reader's system asks for: light or dark."""
        self.media("", {"prefers-color-scheme": name})

    def media(self, kind: str, features: dict[str, str] | None = None) -> None:
        """The medium, ``print`` or ``screen``, and what the reader prefers."""
        asked = [{"name": name, "value": value} for name, value in (features or {}).items()]
        self.call("Emulation.setEmulatedMedia", media=kind, features=asked)

    def printed(self) -> bytes:
        """The page on paper, as PDF, in the sizes its style sheet asks for."""
        found = self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=False)
        return base64.b64decode(found["data"])

    def picture(self, x: float, y: float, width: float, height: float) -> bytes:
        """A part of the page as PNG, of any height."""
        clip = {"x": x, "y": y, "width": width, "height": height, "scale": 1}
        found = self.call("Page.captureScreenshot", clip=clip, captureBeyondViewport=True)
        return base64.b64decode(found["data"])

    def complaints(self) -> list[str]:
        """What the console said, what threw, and what was asked of the network since the last call."""
        self.run("return null")
        found = [_complaint(event) for event in self.browser.events if event.get("sessionId") == self.session]
        self.browser.events = [e for e in self.browser.events if e.get("sessionId") != self.session]
        return [words for words in found if words]

    def close(self) -> None:
        """Close the tab."""
        self.browser.call("Target.closeTarget", targetId=self.target)


def _complaint(event: dict[str, Any]) -> str:
    """A message of the console, an exception, or a request for anything but a file and data of its own."""
    method, told = event["method"], event["params"]
    if method == "Log.entryAdded":
        return str(told["entry"]["text"])
    if method == "Runtime.consoleAPICalled":
        return " ".join(str(one.get("value", one.get("description"))) for one in told["args"])
    if method == "Runtime.exceptionThrown":
        return json.dumps(told["exceptionDetails"])
    if method == "Network.requestWillBeSent":
        address = str(told["request"]["url"])
        return "" if address.startswith(("file:", "data:", "blob:")) else f"asked for {address}"
    if method == "Page.javascriptDialogOpening":
        return f"a dialog: {told['message']}"
    return ""
