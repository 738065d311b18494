"""A headless Chromium that reports what it asks for and complains about."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

from summarizer import Document, Summary, summarize

Open = Callable[..., None]


@pytest.fixture(scope="session")
def chrome() -> Iterator[Chrome]:
    options = ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for argument in ("--headless=new", "--disable-gpu", "--force-prefers-reduced-motion"):
        options.add_argument(argument)
    if os.geteuid() == 0:
        options.add_argument("--no-sandbox")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = Chrome(options, Service(shutil.which("chromedriver") or ""))
    driver.set_window_size(1440, 1000)
    yield driver
    driver.quit()


@pytest.fixture(scope="session")
def summary(example: list[Document]) -> Summary:
    return summarize(example, words=150)


@pytest.fixture
def show(chrome: Chrome, summary: Summary, tmp_path: Path) -> Iterator[Open]:
    """Open a page; in the end nothing else was asked for and nothing was complained about."""
    pages: list[str] = []
    quiet = True

    def open_page(
        html: str = "",
        *,
        width: int = 1440,
        height: int = 1000,
        complains: bool = False,
        **media: str,
    ) -> None:
        nonlocal quiet
        quiet = not complains
        file = tmp_path / f"{len(pages)}.html"
        file.write_text(html or summary.to_html(explain=True), encoding="utf-8")
        pages.append(file.as_uri())
        features = [{"name": "prefers-color-scheme", "value": media.get("scheme", "light")}]
        chrome.execute_cdp_cmd(
            "Emulation.setEmulatedMedia", {"media": media.get("media", ""), "features": features}
        )
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
        chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        chrome.get("about:blank")
        for kind in ("browser", "performance"):
            chrome.get_log(kind)  # type: ignore[no-untyped-call, unused-ignore]
        chrome.get(pages[-1])

    yield open_page
    events = [
        json.loads(entry["message"])["message"]
        for entry in chrome.get_log("performance")  # type: ignore[no-untyped-call, unused-ignore]
    ]
    stopped = {
        event["params"]["requestId"]
        for event in events
        if event["method"] == "Network.loadingFailed"
        and event["params"].get("blockedReason") == "csp"
    }
    asked = [
        event["params"]["request"]["url"]
        for event in events
        if event["method"] == "Network.requestWillBeSent"
        and event["params"]["requestId"] not in stopped
    ]
    assert {address.split("#")[0] for address in asked} <= set(pages)
    assert not quiet or chrome.get_log("browser") == []  # type: ignore[no-untyped-call, unused-ignore]
