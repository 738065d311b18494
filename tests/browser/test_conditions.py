"""The report under all conditions: hostile sources, no scripts, any screen, on paper."""

from typing import Any

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from summarizer import Document, summarize
from tests.test_html import HOSTILE, hostile_summary

from .conftest import Open
from .page import CONTRASTS, FITS, background


def test_hostile_sources_run_nothing(chrome: Chrome, show: Open) -> None:
    show(hostile_summary().to_html(explain=True))
    for opener in chrome.find_elements(By.TAG_NAME, "summary"):
        opener.click()
    for link in chrome.find_elements(By.CSS_SELECTOR, "a[href^='#']"):
        chrome.execute_script(
            "arguments[0].focus(); arguments[0].dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}))",
            link,
        )
    chrome.find_element(By.ID, "find-text").send_keys("</script>")
    assert chrome.execute_script("return window.hacked") is None
    assert len(chrome.find_elements(By.TAG_NAME, "script")) == 1
    assert chrome.find_elements(By.CSS_SELECTOR, "img, iframe, [onload], [onerror]") == []
    shown = str(chrome.find_element(By.ID, "d1").get_property("textContent"))
    start = HOSTILE.split("\x07")[0]
    assert start in shown


def test_policy_stops_what_would_get_in_all_the_same(chrome: Chrome, show: Open) -> None:
    show(complains=True)
    chrome.execute_script("""
        window.broken = [];
        addEventListener("securitypolicyviolation", (e) => broken.push(e.effectiveDirective));
        const script = document.createElement("script");
        script.textContent = "window.hacked = 1";
        document.body.append(script);
        const image = new Image();
        image.src = "https://example.invalid/x.png";
        document.body.append(image);
        document.body.insertAdjacentHTML("beforeend", "<p onclick='window.hacked = 1' id='evil'>");
        document.getElementById("evil").click();
        const style = document.createElement("style");
        style.textContent = "body { display: none }";
        document.body.append(style);
    """)
    found: Any = chrome.execute_async_script(
        "setTimeout(arguments[0], 200, 0)"
    ) or chrome.execute_script("return [window.hacked ?? null, broken.sort()]")
    assert found == [None, ["img-src", "script-src-attr", "script-src-elem", "style-src-elem"]]


def test_without_scripts_links_still_lead(chrome: Chrome, show: Open) -> None:
    chrome.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        show()
        link = chrome.find_element(By.CSS_SELECTOR, "#s2 .cite")
        target = link.get_attribute("href") or ""
        link.click()
        assert chrome.current_url == target
        mark = chrome.find_element(By.CSS_SELECTOR, "mark:target")
        assert background(mark) != background(
            chrome.find_element(By.CSS_SELECTOR, "mark:not(:target)")
        )
        assert not chrome.find_element(By.ID, "find").is_displayed()
    finally:
        chrome.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


@pytest.mark.parametrize("width", [1440, 390])
def test_many_sources_that_say_the_same_fit(chrome: Chrome, show: Open, width: int) -> None:
    documents = [
        Document(f"{n}.txt", f"The mayor closed the old bridge on Monday. Note {n} is here too.")
        for n in range(120)
    ]
    show(summarize(documents, words=20).to_html(explain=True), width=width)
    assert "more" in chrome.find_element(By.CSS_SELECTOR, "#s1 .cites").text
    assert chrome.execute_script(FITS) == [0]
    chrome.find_element(By.TAG_NAME, "summary").click()
    assert len(chrome.find_elements(By.CSS_SELECTOR, "#s1 details .cite")) == 119
    assert chrome.execute_script(FITS) == [0]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 900, 390, 320])
def test_fits_the_screen_and_has_contrast(
    chrome: Chrome, show: Open, scheme: str, width: int
) -> None:
    show(width=width, scheme=scheme)
    for opener in chrome.find_elements(By.TAG_NAME, "summary"):
        chrome.execute_script("arguments[0].click()", opener)
    chrome.execute_script("arguments[0].click()", chrome.find_element(By.CLASS_NAME, "cite"))
    assert chrome.execute_script(CONTRASTS) == []
    assert chrome.execute_script(FITS) == [0]
    dark = chrome.execute_script("return getComputedStyle(document.body).backgroundColor")
    assert (dark == "rgb(255, 255, 255)") == (scheme == "light")


def test_print_shows_the_summary_alone(chrome: Chrome, show: Open) -> None:
    show(media="print", scheme="dark")
    assert not chrome.find_element(By.ID, "sources").is_displayed()
    assert chrome.find_element(By.ID, "s1").is_displayed()
    assert chrome.find_element(By.CLASS_NAME, "sources").is_displayed()
    assert background(chrome.find_element(By.TAG_NAME, "body")) == "rgba(255, 255, 255, 1)"


def test_landmarks_and_language(chrome: Chrome, show: Open) -> None:
    show()
    assert chrome.execute_script("return document.documentElement.lang") == "en"
    assert [len(chrome.find_elements(By.TAG_NAME, name)) for name in ("main", "aside", "h1")] == [
        *(1, 1, 1)
    ]
    tree: Any = chrome.execute_cdp_cmd("Accessibility.getFullAXTree", {})
    roles = {node["role"]["value"] for node in tree["nodes"] if not node.get("ignored")}
    assert {"main", "complementary", "search", "article", "list", "searchbox", "mark"} <= roles
    for node in tree["nodes"]:
        if not node.get("ignored") and node["role"]["value"] in {"link", "button", "searchbox"}:
            assert node["name"]["value"].strip()


def test_page_of_a_script_from_right_to_left(chrome: Chrome, show: Open) -> None:
    text = (
        "أعلنت الحكومة يوم الاثنين إغلاق الجسر القديم. وقال رئيس البلدية إن الكابلات صدئة في الجسر."
    )
    show(summarize([Document("ar", text)], ratio=1.0).to_html())
    assert chrome.execute_script("return document.documentElement.lang") == "ar"
    quote = chrome.find_element(By.CLASS_NAME, "quote")
    assert quote.value_of_css_property("direction") == "rtl"
