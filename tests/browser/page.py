"""What the tests ask of a page."""

from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.remote.webelement import WebElement

IN_VIEW = """
const box = arguments[0].getBoundingClientRect();
const tools = document.querySelector(".tools").getBoundingClientRect();
const heading = arguments[0].closest("article > *:not(h3)")?.parentElement.querySelector("h3");
const bars = [tools, ...(heading ? [heading.getBoundingClientRect()] : [])];
const above = arguments[0].closest("aside") && !arguments[0].closest(".tools") ? bars : [];
const covered = Math.max(0, ...above.filter((bar) => bar.top <= box.top).map((bar) => bar.bottom));
return box.top >= covered - 1 && box.top < innerHeight && box.left >= 0 && box.right <= innerWidth;
"""
FITS = """
const wide = [...document.querySelectorAll("main *, aside *")].filter((element) => {
  const box = element.getBoundingClientRect();
  const pane = element.closest("main, aside").getBoundingClientRect();
  return box.width && (box.right > pane.right + 1 || box.left < pane.left - 1);
});
const page = document.documentElement;
return [...wide.map((e) => e.outerHTML.slice(0, 90)), page.scrollWidth - page.clientWidth];
"""
CONTRASTS = """
const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
const light = ([r, g, b]) => {
  const part = (v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
};
const behind = (element) => {
  for (let e = element; e; e = e.parentElement) {
    const colour = rgb(getComputedStyle(e).backgroundColor);
    if (colour.length === 3 || colour[3] === 1) return colour;
  }
  return [255, 255, 255];
};
const poor = [];
for (const element of document.querySelectorAll("body *:not(script, svg title)")) {
  if (![...element.childNodes].some((n) => n.nodeType === 3 && n.data.trim())) continue;
  const svg = element.closest("svg");
  const circle = svg && element.closest("a")?.querySelector("circle");
  const style = getComputedStyle(element);
  const front = light(rgb(svg ? style.fill : style.color));
  const back = light(circle ? rgb(getComputedStyle(circle).fill) : behind(element));
  const ratio = (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05);
  if (ratio < 4.5) poor.push([element.outerHTML.slice(0, 90), ratio]);
}
return poor;
"""


STROKES = """
const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
const light = ([r, g, b]) => {
  const part = (v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
};
const ratio = (a, b) => {
  const [low, high] = [light(rgb(a)), light(rgb(b))].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
};
const of = (selector, property) => getComputedStyle(document.querySelector(selector))[property];
const page = of("body", "backgroundColor");
const pane = of("aside", "backgroundColor");
return {
  day: ratio(of(".timeline .cited circle", "fill"), page),
  share: ratio(of(".bar .on", "stroke"), page),
  rest: ratio(of(".bar .on", "stroke"), of(".bar .off", "stroke")),
  field: ratio(of("#find-text", "borderTopColor"), pane),
  focus: Math.min(ratio(of("a", "color"), page), ratio(of("a", "color"), pane)),
  here: ratio(of("mark:target", "outlineColor"), of("mark:target", "backgroundColor")),
};
"""


def focused(chrome: Chrome) -> WebElement:
    """Return what has the focus."""
    return chrome.switch_to.active_element


def press(chrome: Chrome, *keys: str) -> None:
    """Press keys, one after the other."""
    ActionChains(chrome).send_keys(*keys).perform()


def in_view(chrome: Chrome, element: WebElement) -> bool:
    """Tell whether a reader sees where an element begins."""
    found: bool = chrome.execute_script(IN_VIEW, element)
    return found


def background(element: WebElement) -> str:
    """Return the colour behind the text of an element."""
    colour: str = element.value_of_css_property("background-color")
    return colour
