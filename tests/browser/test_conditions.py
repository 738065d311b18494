"""The report under all conditions: hostile sources, no scripts, any screen, on paper."""

from base64 import b64decode
from typing import Any

import pytest
from axe_core_python.selenium import Axe
from pypdfium2 import PdfDocument
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from summarizer import Document, Summary, summarize
from tests.render.test_page import HOSTILE, hostile_summary
from tests.render.test_page_size import place_name, various

from .conftest import Open
from .page import CONTRASTS, FITS, STROKES, background, focused, in_view


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
        Document(
            f"{n}.txt",
            "The mayor closed the old bridge on Monday. "
            f"Paper{n} sent reporter{n} with editor{n} to quay{n} near mill{n} for hour{n} of day{n}.",
        )
        for n in range(120)
    ]
    show(summarize(documents, words=8).to_html(explain=True), width=width)
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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_no_text_has_contrast(chrome: Chrome, show: Open, scheme: str) -> None:
    show(scheme=scheme)
    chrome.find_element(By.CSS_SELECTOR, "#s2 .cite").click()
    ratios: dict[str, float] = chrome.execute_script(STROKES)
    assert {name: ratio for name, ratio in ratios.items() if ratio < 3} == {}


def test_print_shows_the_summary_and_names_its_sources(
    chrome: Chrome, show: Open, summary: Summary
) -> None:
    show(media="print", scheme="dark")
    assert not any(text.is_displayed() for text in chrome.find_elements(By.CLASS_NAME, "text"))
    assert chrome.find_element(By.ID, "s1").is_displayed()
    assert background(chrome.find_element(By.TAG_NAME, "body")) == "rgba(255, 255, 255, 1)"
    page = chrome.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    document = PdfDocument(b64decode(page["data"]))
    printed = " ".join(page.get_textpage().get_text_range() for page in document)
    joined = "".join(printed.split())
    assert len(document) <= 3
    for quote in summary.sentences:
        assert "".join(quote.text.split()) in joined
    for source in summary.sources:
        assert "".join(source.title.split()) in joined
        assert "".join(str(source.path).split()) in joined
    unquoted = summary.documents[0].text[-60:]
    assert "".join(unquoted.split()) not in joined


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_to_complain_about(
    chrome: Chrome, show: Open, scheme: str, width: int
) -> None:
    show(width=width, scheme=scheme)
    for opener in chrome.find_elements(By.TAG_NAME, "summary"):
        chrome.execute_script("arguments[0].click()", opener)
    chrome.execute_script("arguments[0].click()", chrome.find_element(By.CLASS_NAME, "cite"))
    found = Axe().run(chrome)
    assert found["testEngine"]["name"] == "axe-core"
    assert len(found["passes"]) > 20
    told = [(v["id"], [node["html"][:90] for node in v["nodes"]]) for v in found["violations"]]
    assert told == []


@pytest.mark.parametrize("width", [1440, 900, 390])
def test_very_long_words_stay_on_the_screen(chrome: Chrome, show: Open, width: int) -> None:
    word = "Donaudampfschifffahrt" * 20
    document = Document(
        *("a", f"The mayor closed {word} on Monday. A ferry sails."),
        *(word, "2023-05-12", f"{word}/{word}", f"https://{'x' * 60}.example/{word}", word, word),
    )
    show(
        summarize([document, f"The {word} council praised {word}."], ratio=1.0).to_html(),
        width=width,
    )
    for opener in chrome.find_elements(By.TAG_NAME, "summary"):
        chrome.execute_script("arguments[0].click()", opener)
    assert chrome.execute_script(FITS) == [0]


def test_large_page_leads_where_it_should(chrome: Chrome, show: Open) -> None:
    summary = summarize(various(300, 100), words=150)
    show(summary.to_html())
    for number, quote in enumerate(summary.sentences, 1):
        link = chrome.find_element(By.CSS_SELECTOR, f"#s{number} .cite")
        chrome.execute_script("arguments[0].scrollIntoView({block: 'center'})", link)
        link.click()
        assert focused(chrome).get_property("textContent") == quote.text
        assert in_view(chrome, focused(chrome))
    field = chrome.find_element(By.ID, "find-text")
    wanted = f"near {place_name(299, 99)}"
    field.send_keys(wanted)
    assert chrome.find_element(By.ID, "find-count").text == "1 match"
    field.send_keys(Keys.ENTER)
    place = (
        "const [range] = CSS.highlights.get('found-now');"
        "const box = range.getBoundingClientRect();"
        "return [range.toString().trim(), box.top > 60 && box.bottom < innerHeight]"
    )
    assert chrome.execute_script(place) == [wanted.strip(), True]


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
