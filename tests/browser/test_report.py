"""What a reader can do with the report, by mouse and by keyboard."""

import pytest
from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from summarizer import CitedSentence, Passage, Summary, summarize

from .conftest import Open
from .page import background, focused, in_view, press

TEXTS = ("The mayor closed the old bridge on Monday.", "Divers found rust in two of the piers.")


@pytest.mark.parametrize("width", [1440, 900, 390])
def test_citation_leads_to_its_passage_and_back(
    chrome: Chrome, show: Open, summary: Summary, width: int
) -> None:
    show(width=width)
    for number, quote in enumerate(summary.sentences, 1):
        passages: list[CitedSentence | Passage] = [quote, *quote.agreeing]
        for place, passage in enumerate(passages):
            links = chrome.find_elements(By.CSS_SELECTOR, f"#s{number} > p .cite")
            chrome.execute_script("arguments[0].scrollIntoView({block: 'center'})", links[place])
            links[place].click()
            mark = focused(chrome)
            if mark.tag_name == "span":
                # Two passages begin here; the mark has the name of one and is part of both.
                mark = mark.find_element(By.XPATH, "following-sibling::mark")
                assert passage.text.startswith(mark.get_property("textContent"))
            else:
                assert mark.get_property("textContent") == passage.text
            assert mark.tag_name == "mark"
            assert in_view(chrome, mark)
            others = chrome.find_elements(By.CSS_SELECTOR, "mark:not(:target)")
            plain = next(other for other in others if other != mark)
            assert background(mark) != background(plain)
            ActionChains(chrome).move_to_element_with_offset(mark, 0, 0).click().perform()
            assert focused(chrome).get_attribute("id") == f"s{number}"
            assert in_view(chrome, focused(chrome))


def test_click_on_a_sentence_shows_where_it_stands_and_who_else_says_so(
    chrome: Chrome, show: Open, summary: Summary
) -> None:
    show()
    number, quote = next((n, q) for n, q in enumerate(summary.sentences, 1) if q.agreeing)
    (evidence,) = chrome.find_elements(
        By.XPATH, f"//li[@id='s{number}']//details[contains(summary, 'others say')]"
    )
    assert evidence.get_attribute("open") is None
    ActionChains(chrome).move_to_element_with_offset(
        chrome.find_element(By.CSS_SELECTOR, f"#s{number} > p .quote"), 0, 0
    ).click().perform()
    assert focused(chrome).get_property("textContent") == quote.text
    assert in_view(chrome, focused(chrome))
    assert evidence.get_attribute("open") is not None
    for passage in quote.agreeing:
        assert " ".join(passage.text.split()) in evidence.text
    (current,) = chrome.find_elements(By.CLASS_NAME, "current")
    assert current.get_attribute("id") == f"s{number}"
    mine = {
        mark.get_property("textContent") for mark in chrome.find_elements(By.CLASS_NAME, "mine")
    }
    assert mine == {quote.text, *(passage.text for passage in quote.passages)}
    chrome.find_element(By.CSS_SELECTOR, f"#s{number - 1 or 2} .cite").click()
    (current,) = chrome.find_elements(By.CLASS_NAME, "current")
    assert current.get_attribute("id") == f"s{number - 1 or 2}"


def test_selecting_words_of_a_sentence_leads_nowhere(chrome: Chrome, show: Open) -> None:
    show()
    before = chrome.current_url
    quote = chrome.find_element(By.CSS_SELECTOR, "#s1 > p .quote")
    chrome.execute_script(
        "getSelection().selectAllChildren(arguments[0]); arguments[0].click()", quote
    )
    assert chrome.current_url == before
    chrome.execute_script("getSelection().removeAllRanges(); arguments[0].click()", quote)
    assert chrome.current_url != before


def test_reader_sees_in_which_source_a_passage_stands(
    chrome: Chrome, show: Open, summary: Summary
) -> None:
    show(summarize([" ".join(["Ferries sail."] * 400) + f" {text}" for text in TEXTS]).to_html())
    for link in chrome.find_elements(By.CSS_SELECTOR, ".quotes > li > .cites .cite"):
        link.click()
        mark = focused(chrome)
        heading = mark.find_element(By.XPATH, "ancestor::article/h3")
        assert in_view(chrome, heading)
        assert heading.location["y"] < mark.location["y"]
        assert heading.text.split()[0] == (link.text.split()[0])


def test_arrow_behind_a_passage_leads_back(chrome: Chrome, show: Open) -> None:
    show()
    arrow = chrome.find_element(By.CSS_SELECTOR, ".back")
    wanted = arrow.get_attribute("href") or ""
    arrow.click()
    assert wanted.endswith("#" + (focused(chrome).get_attribute("id") or "?"))


def test_same_citation_twice_and_the_browsers_own_way_back(chrome: Chrome, show: Open) -> None:
    show()
    link = chrome.find_element(By.CSS_SELECTOR, "#s2 .cite")
    link.click()
    mark = focused(chrome)
    chrome.execute_script("document.getElementById('sources').scrollTop = 1e6")
    link.click()
    assert focused(chrome) == mark
    assert in_view(chrome, mark)
    chrome.find_element(By.CSS_SELECTOR, "#s1 .cite").click()
    assert focused(chrome) != mark
    chrome.back()
    assert chrome.current_url.endswith(mark.get_attribute("id") or "?")


def test_everything_is_reached_by_keyboard_and_seen_there(chrome: Chrome, show: Open) -> None:
    show()
    press(chrome, Keys.TAB)
    assert focused(chrome).text == "Skip to the sources"
    assert in_view(chrome, focused(chrome))
    seen: list[str] = []
    for _ in range(300):
        press(chrome, Keys.TAB)
        element = focused(chrome)
        if element.tag_name == "body":
            break
        assert chrome.execute_script("return arguments[0].matches(':focus-visible')", element)
        assert in_view(chrome, element), element.get_attribute("outerHTML")
        if chrome.execute_script("return Boolean(arguments[0].closest('svg'))", element):
            circle = element.find_element(By.TAG_NAME, "circle")
            assert circle.value_of_css_property("stroke-width") == "3px"
        else:
            assert element.value_of_css_property("outline-style") != "none"
        assert chrome.execute_script(
            "const e = arguments[0];"
            "return Boolean(e.ariaLabel || e.textContent.trim() || e.labels?.length)",
            element,
        )
        parent = element.find_element(By.XPATH, "..").get_attribute("class") or ""
        seen.append(f"{parent} {element.tag_name} {element.get_attribute('class') or ''}".strip())
    wanted = {"cites a cite", "timeline a cited", "text a back", "a", "input", "button"}
    assert wanted | {"summary"} <= set(seen)


def test_keys_lead_to_a_passage_and_back(chrome: Chrome, show: Open) -> None:
    show()
    link = chrome.find_element(By.CSS_SELECTOR, "#s3 .cite")
    chrome.execute_script("arguments[0].focus()", link)
    press(chrome, Keys.ENTER)
    mark = focused(chrome)
    assert "3" in (mark.get_attribute("data-backs") or "").split()
    press(chrome, Keys.ESCAPE)
    assert focused(chrome).get_attribute("id") == "s3"
    press(chrome, Keys.TAB)
    assert focused(chrome) == link


def test_timeline_leads_to_sources(chrome: Chrome, show: Open, summary: Summary) -> None:
    show()
    points = chrome.find_elements(By.CSS_SELECTOR, "svg.timeline > a")
    assert len(points) == sum(source.date is not None for source in summary.sources)
    points[-1].find_element(By.TAG_NAME, "circle").click()
    assert focused(chrome).tag_name == "article"
    assert in_view(chrome, focused(chrome))


@pytest.mark.parametrize("width", [1440, 390])
def test_search_finds_in_all_sources(
    chrome: Chrome, show: Open, summary: Summary, width: int
) -> None:
    show(width=width)
    field = chrome.find_element(By.ID, "find-text")
    count = chrome.find_element(By.ID, "find-count")
    wanted = sum(document.text.lower().count("armstrong") for document in summary.documents)
    field.send_keys("ARMSTRONG")
    assert count.text == f"{wanted} matches"
    place = (
        "const [range] = CSS.highlights.get('found-now');"
        "const box = range.getBoundingClientRect();"
        "return [range.toString(), box.top > 60 && box.bottom < innerHeight]"
    )
    for number in (1, 2, 3):
        field.send_keys(Keys.ENTER)
        assert count.text == f"{number} of {wanted}"
        assert chrome.execute_script(place) == ["Armstrong", True]
    chrome.find_element(By.ID, "find-previous").click()
    assert count.text == f"2 of {wanted}"
    field.send_keys(Keys.ESCAPE)
    assert (count.text, field.get_property("value")) == ("", "")
    for odd in ("(", "[", "\\", "^$.*+?{}|/-", "no such words"):
        field.clear()
        field.send_keys(odd)
        assert count.text == "no match" or "match" in count.text


def test_search_counts_up_to_a_limit(chrome: Chrome, show: Open) -> None:
    text = "The mayor closed the old bridge on Monday. " * 2100
    show(summarize([text, "The council praised the plan."], words=20).to_html())
    chrome.find_element(By.ID, "find-text").send_keys("bridge")
    assert chrome.find_element(By.ID, "find-count").text == "2000 or more matches"


def test_search_goes_across_marks(chrome: Chrome, show: Open, summary: Summary) -> None:
    show()
    quote = summary.sentences[0]
    text = summary.documents[quote.source - 1].text
    across = " ".join(text[max(quote.start - 30, 0) : quote.start + 30].split())
    chrome.find_element(By.ID, "find-text").send_keys(across)
    assert chrome.find_element(By.ID, "find-count").text == "1 match"


def test_full_texts_reach_the_screen_to_the_letter(
    chrome: Chrome, show: Open, summary: Summary
) -> None:
    show()
    texts = chrome.find_elements(By.CLASS_NAME, "text")
    for element, document in zip(texts, summary.documents, strict=True):
        assert element.get_property("textContent") == document.text
