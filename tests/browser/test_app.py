"""``summarize serve`` in Chromium: from files to a saved report, at three widths, by keyboard."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_core_python.selenium import Axe
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from ..app.test_command import serving
from ..builders import EXAMPLE
from ..render.test_hostile import TEXTS
from .page import focused, press

WIDTHS = (1440, 900, 390)
WIDE = """
const page = document.documentElement;
return [...document.querySelectorAll("main *, #result > *")].filter((element) => {
  const box = element.getBoundingClientRect();
  return box.width && !element.matches(".hidden, #files") && (box.right > innerWidth + 1 || box.left < -1);
}).map((e) => e.outerHTML.slice(0, 90)).concat(page.scrollWidth > page.clientWidth ? ["page"] : []);
"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving("--port", "0") as (_, host, port, token):
        yield f"http://{host}:{port}/?token={token}"


@pytest.fixture
def app(chrome: Chrome, address: str) -> Iterator[Chrome]:
    """Open the page; in the end nothing was complained about and nobody else was asked."""
    look(chrome, 1440, "light")
    chrome.get("about:blank")
    for kind in ("browser", "performance"):
        chrome.get_log(kind)  # type: ignore[no-untyped-call, unused-ignore]
    chrome.get(address)
    yield chrome
    assert chrome.get_log("browser") == []  # type: ignore[no-untyped-call, unused-ignore]
    events = [
        json.loads(entry["message"])["message"]
        for entry in chrome.get_log("performance")  # type: ignore[no-untyped-call, unused-ignore]
    ]
    asked = {
        event["params"]["request"]["url"]
        for event in events
        if event["method"] == "Network.requestWillBeSent"
    }
    own = address.partition("?")[0]
    assert {one for one in asked if not one.startswith((own, "data:,"))} == set()


def look(chrome: Chrome, width: int, scheme: str) -> None:
    """Set the width of the window and its colours."""
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
    chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    colours = [{"name": "prefers-color-scheme", "value": scheme}]
    chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": colours})


def told(chrome: Chrome, part: str, before: str = "") -> str:
    """Wait until the page says something."""
    end = time.monotonic() + 60
    status: str = ""
    while time.monotonic() < end:
        # In one step: between two, the page may be loaded anew.
        status = chrome.execute_script(
            "return document.getElementById('status')?.textContent || ''"
        )
        if part in status and status != before:
            return status
        time.sleep(0.05)
    raise AssertionError(status)


def add_files(chrome: Chrome) -> str:
    """Choose the example sources; return what the page says."""
    files = "\n".join(map(str, sorted(EXAMPLE.iterdir())))
    chrome.find_element(By.ID, "files").send_keys(files)
    return told(chrome, "words in")


def report(chrome: Chrome) -> str:
    """Return the text of the report."""
    (frame,) = chrome.find_elements(By.TAG_NAME, "iframe")
    chrome.switch_to.frame(frame)
    text: str = chrome.find_element(By.TAG_NAME, "main").text
    chrome.switch_to.default_content()
    return text


def show(chrome: Chrome, kind: str) -> None:
    """Choose what is shown."""
    chrome.find_element(By.CSS_SELECTOR, f"input[value={kind}]").click()


def test_from_files_to_reports(app: Chrome) -> None:
    first = add_files(app)
    assert first.endswith("from 4 of 4 sources")
    assert "The flight of Apollo 11" in report(app)
    slider = app.find_element(By.ID, "length")
    slider.send_keys(*[Keys.ARROW_LEFT] * 8)
    short = told(app, "words in", first)
    while int(short.split()[0]) > 70:
        short = told(app, "words in", short)
    assert app.find_element(By.ID, "words").text == "70"
    app.find_element(By.ID, "query").send_keys("Who stayed in orbit?", Keys.ENTER)
    told(app, "words in", short)
    assert "Who stayed in orbit?" in report(app)
    show(app, "timeline")
    told(app, "days")
    show(app, "differences")
    told(app, "difference")
    show(app, "check")
    told(app, "Paste or choose")
    app.find_element(By.ID, "draft").send_keys("Apollo 11 was the first flight to land on Mars.")
    app.find_element(By.ID, "check").click()
    told(app, "1 sentence:")
    assert "land on Mars" in report(app)
    layouts = [link.text for link in app.find_elements(By.CSS_SELECTOR, "#save a")]
    assert layouts == ["HTML", "JSON"]
    app.refresh()
    told(app, "words in")
    app.find_element(By.ID, "forget").click()
    told(app, "Add two or more")
    assert app.find_elements(By.CSS_SELECTOR, "#documents li") == []


def test_results_are_saved(app: Chrome, tmp_path: Path) -> None:
    folder = {"behavior": "allow", "downloadPath": str(tmp_path)}
    app.execute_cdp_cmd("Browser.setDownloadBehavior", folder)
    add_files(app)
    links = app.find_elements(By.CSS_SELECTOR, "#save a")
    wanted = {f"summary.{ending}" for ending in ("md", "docx", "html", "json", "ris", "bib")}
    for link in links:
        link.click()
    end = time.monotonic() + 60
    while {file.name for file in tmp_path.iterdir()} != wanted | {"summary.csl.json"}:
        assert time.monotonic() < end, [*tmp_path.iterdir()]
        time.sleep(0.05)
    words = json.loads((tmp_path / "summary.json").read_text())["words"]
    assert app.find_element(By.ID, "status").text.startswith(f"{words} words in")


def test_dropped_and_pasted_texts_and_addresses(app: Chrome) -> None:
    app.execute_script(
        "const dataTransfer = new DataTransfer();"
        "dataTransfer.items.add(new File(['The mayor closed the bridge on Monday.'], 'a.txt'));"
        "for (const type of ['dragenter', 'dragover', 'drop'])"
        "  document.body.dispatchEvent(new DragEvent(type, {dataTransfer, bubbles: true}));"
    )
    first = told(app, "words in")
    for opener in app.find_elements(By.CSS_SELECTOR, "main summary"):
        opener.click()
    app.find_element(By.ID, "paste-text").send_keys("The port of Harle sold its ferries in May.")
    app.find_element(By.CSS_SELECTOR, "#paste button").click()
    told(app, "2 sources", first)
    names = [name.text for name in app.find_elements(By.CSS_SELECTOR, "#documents .name")]
    assert names == ["a.txt", "Pasted text 2"]
    assert app.find_element(By.ID, "paste-text").get_property("value") == ""
    app.find_element(By.ID, "addresses").send_keys("ftp://a.example/b")
    app.find_element(By.CSS_SELECTOR, "#fetch button").click()
    assert "starts with https://" in told(app, "ftp://a.example/b: is not an address")
    (complaint,) = app.get_log("browser")  # type: ignore[no-untyped-call, unused-ignore]
    assert "422" in complaint["message"]


def test_only_what_is_new_and_without_a_file(app: Chrome) -> None:
    first = add_files(app)
    box = app.find_element(By.CSS_SELECTOR, "#documents li:nth-child(2) input")
    box.send_keys(Keys.SPACE)
    told(app, "words in", first)
    assert focused(app).get_attribute("type") == "checkbox"
    assert focused(app).is_selected()
    # Each is awaited: a summary that is asked for while documents go may find none.
    for said in ("of 3 sources", "of 2 sources", "of 1 source", "Add two or more"):
        app.find_element(By.CSS_SELECTOR, "#documents button").click()
        told(app, said)
    assert app.find_elements(By.CSS_SELECTOR, "#documents li") == []
    assert app.find_elements(By.TAG_NAME, "iframe") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_page_fits_and_axe_finds_nothing(app: Chrome, width: int, scheme: str) -> None:
    look(app, width, scheme)
    add_files(app)
    for opener in app.find_elements(By.CSS_SELECTOR, "main summary"):
        app.execute_script("arguments[0].click()", opener)
    assert app.execute_script(WIDE) == []
    found = Axe().run(app)
    told = [(v["id"], [node["html"][:90] for node in v["nodes"]]) for v in found["violations"]]
    assert told == []


def test_everything_is_reached_by_keyboard_and_named(app: Chrome) -> None:
    add_files(app)
    app.execute_script("document.activeElement.blur()")
    seen = set()
    for _ in range(60):
        press(app, Keys.TAB)
        element = focused(app)
        if element.tag_name in {"body", "iframe"}:
            break
        seen.add(element.get_attribute("id") or element.tag_name)
        outlined = element if element.get_attribute("id") != "files" else None
        assert outlined is None or element.value_of_css_property("outline-style") != "none"
    assert {"files", "length", "query", "forget", "summary", "input", "button", "a"} <= seen
    tree: Any = app.execute_cdp_cmd("Accessibility.getFullAXTree", {})
    roles = {"button", "checkbox", "link", "radio", "searchbox", "slider", "textbox", "Iframe"}
    for node in tree["nodes"]:
        if not node.get("ignored") and node["role"]["value"] in roles:
            assert node["name"]["value"].strip(), node


def test_hostile_names_and_texts_do_nothing(app: Chrome) -> None:
    for number, text in enumerate(TEXTS.values(), 1):
        body = f"The mayor said {text} on Monday. The bridge number {number} was closed."
        options = json.dumps({"name": text, "body": body}).encode("utf-8", "replace").decode()
        app.execute_async_script(
            "const {name, body} = JSON.parse(arguments[0]); const done = arguments[1];"
            "fetch('files?' + new URLSearchParams({name}), {method: 'POST', body}).then(done, done)",
            options,
        )
    app.refresh()
    told(app, "words in")
    assert len(app.find_elements(By.CSS_SELECTOR, "#documents li")) == len(TEXTS)
    assert app.find_elements(By.CSS_SELECTOR, "#documents img, #documents script") == []
    assert app.execute_script(WIDE) == []


def test_report_cannot_reach_the_page(app: Chrome) -> None:
    add_files(app)
    (frame,) = app.find_elements(By.TAG_NAME, "iframe")
    app.switch_to.frame(frame)
    reached = app.execute_script(
        "try { return parent.document.title; } catch (error) { return error.name; }"
    )
    cookies = app.execute_script("try { return document.cookie; } catch (e) { return e.name; }")
    app.switch_to.default_content()
    assert (reached, cookies) == ("SecurityError", "SecurityError")


def test_page_of_another_site_gets_nothing(chrome: Chrome, address: str, tmp_path: Path) -> None:
    chrome.get(address)
    own = address.partition("?")[0]
    stranger = tmp_path / "stranger.html"
    stranger.write_text(f"<iframe src='{own}'></iframe>")
    chrome.get(stranger.as_uri())
    for options in ("{}", "{method: 'POST', body: '{}', credentials: 'include', mode: 'no-cors'}"):
        script = (
            f"const done = arguments[0]; fetch('{own}api/summaries', {options})"
            ".then((answer) => done(answer.type), () => done('refused'))"
        )
        assert chrome.execute_async_script(script) in {"refused", "opaque"}
    chrome.switch_to.frame(0)
    assert chrome.find_elements(By.ID, "files") == []
    chrome.switch_to.default_content()
