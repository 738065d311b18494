"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const target = () => byId(location.hash.slice(1));
  let origin = "";

  const arrive = () => {
    for (const old of document.querySelectorAll("mark.here")) old.classList.remove("here");
    const found = target();
    if (!found) return;
    found.focus({ preventScroll: true });
    found.scrollIntoView({ block: found.matches("article, aside") ? "start" : "center" });
  };
  const go = (hash) => {
    if (location.hash === hash) arrive();
    else location.hash = hash;
  };
  const back = (mark) => {
    const backs = mark.dataset.backs.split(" ");
    go("#s" + (backs.includes(origin) ? origin : backs[0]));
  };

  for (const link of document.querySelectorAll(".cite, .back")) link.title = link.getAttribute("aria-label");
  addEventListener("hashchange", arrive);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link) {
      const sentence = link.closest(".quotes > li");
      if (sentence) origin = sentence.id.slice(1);
      if (link.getAttribute("href") === location.hash) {
        event.preventDefault();
        arrive();
      }
      return;
    }
    const mark = event.target.closest("mark[data-backs]");
    if (mark && getSelection().isCollapsed) back(mark);
  });
  document.addEventListener("keydown", (event) => {
    const mark = event.target.closest("mark[data-backs]");
    if (mark && (event.key === "Enter" || event.key === "Escape")) back(mark);
  });

  const map = document.querySelector("svg.map");
  if (map) {
    const readout = byId("readout");
    const points = [...map.querySelectorAll("a")];
    const tell = (point) => {
      const passage = byId(point.getAttribute("href").slice(1));
      const label = point.getAttribute("aria-label");
      const number = label.slice(0, label.indexOf(":"));
      readout.lang = passage ? passage.closest(".text").lang || document.documentElement.lang : "en";
      readout.textContent = passage ? number + ": " + passage.textContent : label;
    };
    const centre = (point) => {
      const circle = point.querySelector("circle");
      return [circle.cx.baseVal.value, circle.cy.baseVal.value];
    };
    const toward = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
    const nearest = (from, [dx, dy]) => {
      const [x, y] = centre(from);
      let best = null;
      let least = Infinity;
      for (const point of points) {
        const [px, py] = centre(point);
        const along = (px - x) * dx + (py - y) * dy;
        const aside = Math.abs((px - x) * dy) + Math.abs((py - y) * dx);
        if (point !== from && along > 0 && along + 2 * aside < least) {
          least = along + 2 * aside;
          best = point;
        }
      }
      return best;
    };
    const enter = (point) => {
      for (const other of points) other.setAttribute("tabindex", other === point ? "0" : "-1");
    };
    enter(points[points.length - 1]);
    for (const point of points) {
      point.addEventListener("pointerenter", () => tell(point));
      point.addEventListener("focus", () => { enter(point); tell(point); });
    }
    map.addEventListener("keydown", (event) => {
      const from = event.target.closest("a");
      const way = toward[event.key];
      let next = from && way ? nearest(from, way) : null;
      if (event.key === "Home") next = points[0];
      if (event.key === "End") next = points[points.length - 1];
      if (way || next) event.preventDefault();
      if (next) next.focus();
    });
  }

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
