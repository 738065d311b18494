"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const line = (text) => text.replace(/\s+/g, " ").trim();
  let origin = "";
  let gone = "";

  const choose = (number) => {
    origin = number;
    for (const old of document.querySelectorAll(".current, .mine")) old.classList.remove("current", "mine");
    byId("s" + number).classList.add("current");
    for (const mark of document.querySelectorAll("mark[data-backs~='" + number + "']")) mark.classList.add("mine");
  };
  const arrive = () => {
    const found = byId(location.hash.slice(1));
    if (!found) return;
    const number = /^s(\d+)$/.exec(found.id);
    if (number) choose(number[1]);
    found.tabIndex = -1;
    found.focus({ preventScroll: true });
    found.scrollIntoView({ block: found.matches("article, aside") ? "start" : "center" });
  };
  // The event of a change comes late, when the focus may have moved on.
  const go = (hash) => {
    gone = location.hash === hash ? "" : hash;
    location.hash = hash;
    arrive();
  };
  const back = (mark) => {
    const backs = mark.dataset.backs.split(" ");
    go("#s" + (backs.includes(origin) ? origin : backs[0]));
  };

  const names = new Map();
  for (const heading of document.querySelectorAll("h3")) names.set(heading.id.slice(1), line(heading.textContent));
  const nameOf = (number) => "Source " + (names.get(number) || number).replace(" ", ": ");
  for (const link of document.querySelectorAll(".cite")) {
    const [number, ...place] = link.textContent.trim().split(" ");
    link.title = [nameOf(number), place.join(" ")].filter(Boolean).join(", ");
    link.setAttribute("aria-label", link.title);
  }
  for (const point of document.querySelectorAll(".timeline a")) {
    const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
    title.textContent = nameOf(point.getAttribute("href").slice(2)) + point.getAttribute("aria-label").replace(/^[^,]*/, "");
    point.setAttribute("aria-label", title.textContent);
    point.prepend(title);
  }
  for (const mark of document.querySelectorAll("mark")) {
    const next = mark.nextSibling;
    const goesOn = next && next.nodeName === "MARK" ? next.dataset.backs.split(" ") : [];
    let last = mark;
    for (const number of mark.dataset.backs.split(" ").filter((number) => !goesOn.includes(number))) {
      const arrow = Object.assign(document.createElement("a"), { className: "back", href: "#s" + number, lang: "en", title: "Back to sentence " + number + " of the summary" });
      arrow.setAttribute("aria-label", arrow.title);
      last.after(arrow);
      last = arrow;
    }
  }
  document.documentElement.classList.add("active");
  const tools = document.querySelector(".tools");
  new ResizeObserver(() => byId("sources").style.setProperty("--tools", tools.offsetHeight + "px")).observe(tools);

  addEventListener("hashchange", () => {
    if (location.hash !== gone) arrive();
    gone = "";
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const sentence = event.target.closest(".quotes > li");
    if (link) {
      if (sentence) choose(sentence.id.slice(1));
      if (!(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)) {
        event.preventDefault();
        go(link.getAttribute("href"));
      }
      return;
    }
    if (!getSelection().isCollapsed) return;
    const mark = event.target.closest("mark[data-backs]");
    if (mark) back(mark);
    if (sentence && event.target.closest(".quotes > li > p > .quote")) {
      choose(sentence.id.slice(1));
      const others = sentence.querySelector("details:has(.cite)");
      if (others) others.open = true;
      go(sentence.querySelector(".cite").getAttribute("href"));
    }
  });
  document.addEventListener("keydown", (event) => {
    const mark = event.target.closest("mark[data-backs]");
    if (mark && (event.key === "Enter" || event.key === "Escape")) back(mark);
  });

  const field = byId("find-text");
  const count = byId("find-count");
  const marked = typeof Highlight === "function" && CSS.highlights;
  const most = 2000;
  let matches = [];
  let current = -1;

  const search = () => {
    const wanted = field.value.trim().replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&").replace(/\s+/g, "\\s+");
    matches = [];
    current = -1;
    if (wanted) {
      const pattern = new RegExp(wanted, "giu");
      for (const text of document.querySelectorAll(".text")) find(text, pattern);
    }
    if (marked) {
      CSS.highlights.set("found", new Highlight(...matches));
      CSS.highlights.delete("found-now");
    }
    tellCount(wanted);
  };
  const find = (text, pattern) => {
    const nodes = [];
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    let length = 0;
    while (walker.nextNode()) {
      nodes.push([length, walker.currentNode]);
      length += walker.currentNode.length;
    }
    const whole = text.textContent;
    const place = (range, offset, isEnd, from) => {
      let at = from;
      while (at + 1 < nodes.length && nodes[at + 1][0] + (isEnd ? 1 : 0) <= offset) at += 1;
      range[isEnd ? "setEnd" : "setStart"](nodes[at][1], offset - nodes[at][0]);
      return at;
    };
    let from = 0;
    for (const match of whole.matchAll(pattern)) {
      if (matches.length === most) return;
      const range = new Range();
      from = place(range, match.index, false, from);
      place(range, match.index + match[0].length, true, from);
      matches.push(range);
    }
  };
  const tellCount = (wanted) => {
    if (!wanted) count.textContent = "";
    else if (!matches.length) count.textContent = "no match";
    else if (current >= 0) count.textContent = current + 1 + " of " + total();
    else count.textContent = total() + (matches.length === 1 ? " match" : " matches");
  };
  const total = () => matches.length + (matches.length === most ? " or more" : "");
  const step = (by) => {
    if (!matches.length) return;
    current = current < 0 ? (by > 0 ? 0 : matches.length - 1) : (current + by + matches.length) % matches.length;
    const range = matches[current];
    if (marked) CSS.highlights.set("found-now", Object.assign(new Highlight(range), { priority: 1 }));
    else getSelection().setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
    range.startContainer.parentElement.closest("article").scrollIntoView({ block: "nearest", behavior: "instant" });
    const pane = byId("sources");
    const scroller = pane.scrollHeight > pane.clientHeight + 1 && getComputedStyle(pane).overflowY === "auto" ? pane : window;
    scroller.scrollBy({ top: range.getBoundingClientRect().top - innerHeight / 2, behavior: "instant" });
    tellCount(true);
  };
  field.addEventListener("input", search);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") step(event.shiftKey ? -1 : 1);
    if (event.key === "Escape") { field.value = ""; search(); }
  });
  byId("find-next").addEventListener("click", () => step(1));
  byId("find-previous").addEventListener("click", () => step(-1));
  byId("find").hidden = false;

  if (location.hash) arrive();
})();
