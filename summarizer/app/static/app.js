// The page asks for one thing at a time. What is asked for meanwhile is asked for next, and only the
// last of it, so that a slider that moves does not fill a queue.

const byId = (id) => document.getElementById(id);
const LAYOUTS = {
  summary: { md: "Markdown", docx: "Word", html: "HTML", json: "JSON", ris: "RIS", bib: "BibTeX", csl: "CSL-JSON" },
  timeline: { md: "Markdown", html: "HTML", json: "JSON" },
  differences: { html: "HTML", json: "JSON" },
  check: { html: "HTML", json: "JSON" },
};
let files = [];
let asking = false;
let waiting = false;
let typing = 0;

const counted = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
const ask = () => byId("ask").elements;
const kind = () => ask().kind.value;
const sources = () => files.filter((file) => file.role === "source");

function make(tag, text = "", properties = {}) {
  const element = Object.assign(document.createElement(tag), properties);
  element.textContent = text;
  return element;
}

function say(text, failed = false) {
  byId("status").textContent = text;
  byId("status").classList.toggle("failed", failed);
}

async function request(address, options = {}) {
  let answer;
  try {
    answer = await fetch(address, options);
  } catch {
    throw new Error("summarize serve does not answer; is it still running?");
  }
  if (answer.ok) return answer.status === 204 ? null : answer.json();
  const problem = await answer.json().catch(() => ({}));
  throw new Error(problem.detail || `the answer was ${answer.status}`);
}

// What is shown

function told(kind, made) {
  if (kind === "summary") {
    const cited = made.sources.filter((source) => source.cited).length;
    const of = counted(made.sources.length, "source");
    return `${counted(made.words, "word")} in ${counted(made.sentences.length, "sentence")} from ${cited} of ${of}`;
  }
  if (kind === "timeline") return counted(made.days.length, "day");
  if (kind === "differences") {
    const found = [counted(made.disagreements.length, "difference"), counted(made.series.length, "value")];
    return `${found.join(" and ")} that moved; there may be more`;
  }
  const verdicts = new Map();
  for (const { verdict } of made.sentences) verdicts.set(verdict, (verdicts.get(verdict) || 0) + 1);
  const parts = [...verdicts].map(([verdict, count]) => `${count} ${verdict}`);
  return `${counted(made.sentences.length, "sentence")}: ${parts.join(", ")}`;
}

function asked() {
  const options = new URLSearchParams();
  if (kind() === "summary") {
    options.set("words", byId("length").value);
    if (byId("query").value.trim()) options.set("query", byId("query").value.trim());
  }
  return options;
}

function open(address) {
  return new Promise((resolve) => {
    const frame = make("iframe", "", { title: "Report", className: "coming" });
    frame.setAttribute("sandbox", "allow-scripts allow-popups allow-popups-to-escape-sandbox");
    frame.addEventListener("load", () => {
      for (const old of [...byId("report").children]) if (old !== frame) old.remove();
      frame.classList.remove("coming");
      resolve();
    });
    frame.src = address;
    byId("report").append(frame);
  });
}

async function update() {
  if (asking) {
    waiting = true;
    return;
  }
  asking = true;
  do {
    waiting = false;
    await show();
  } while (waiting);
  asking = false;
}

async function show() {
  const of = kind();
  const ready = sources().length && (of !== "check" || files.some((file) => file.role === "draft"));
  if (!ready) {
    clear();
    say(sources().length ? "Paste or choose the text to check." : "Add two or more documents about one subject.");
    return;
  }
  const options = asked();
  const slow = setTimeout(() => say("Working …"), 400);
  try {
    const made = await request(`${of}.json?${options}`);
    clearTimeout(slow);
    await open(`${of}.html?${options}`);
    say(told(of, made));
    byId("warnings").replaceChildren(...made.warnings.map((line) => make("li", line)));
    offer(of, options);
  } catch (error) {
    clearTimeout(slow);
    clear();
    say(error.message, true);
  }
}

function clear() {
  byId("report").replaceChildren();
  byId("warnings").replaceChildren();
  byId("saving").hidden = true;
}

function offer(of, options) {
  const links = Object.entries(LAYOUTS[of]).map(([layout, name]) => {
    const item = make("li");
    const link = make("a", name, { href: `${of}.${layout}?${options}&download`, download: "" });
    // What is saved is what is asked now, even where the page has not shown it yet.
    link.addEventListener("click", () => {
      link.href = `${of}.${layout}?${asked()}&download`;
    });
    item.append(link);
    return item;
  });
  byId("save").replaceChildren(...links);
  byId("saving").hidden = false;
}

// Documents

function list(answer) {
  files = answer.files;
  const items = files.map((file) => {
    const item = make("li");
    const about = make("div");
    about.append(make("div", file.name, { className: "name", dir: "auto" }));
    if (file.role === "draft") {
      about.append(make("span", "The text to check", { className: "muted" }));
    } else {
      const label = make("label");
      const box = make("input", "", { type: "checkbox", checked: file.role === "earlier" });
      box.addEventListener("change", () => change(file.number, "PATCH", `?role=${box.checked ? "earlier" : "source"}`));
      label.append(box, " I have read this");
      label.append(make("span", ` (${file.name})`, { className: "hidden" }));
      about.append(label);
    }
    if (file.documents > 1) about.append(make("span", counted(file.documents, "document"), { className: "muted" }));
    const remove = make("button", "×", { type: "button", ariaLabel: `Remove ${file.name}` });
    remove.addEventListener("click", () => change(file.number, "DELETE"));
    item.append(about, remove);
    for (const line of file.skipped) item.append(make("p", line, { className: "skipped" }));
    return item;
  });
  const focused = [...byId("documents").querySelectorAll("input, button")].indexOf(document.activeElement);
  byId("documents").replaceChildren(...items);
  const left = byId("documents").querySelectorAll("input, button");
  if (focused >= 0) (left[Math.min(focused, left.length - 1)] || byId("files")).focus();
  byId("forget").hidden = !files.length;
  byId("ask").hidden = !files.length;
}

async function change(number, method, options = "") {
  try {
    await begun;
    list(await request(`files/${number}${options}`, { method }));
    update();
  } catch (error) {
    say(error.message, true);
  }
}

// Adds one after the other, and goes on behind one that cannot be read.
async function add(given) {
  const failed = [];
  await begun;
  for (const [place, { body, ...options }] of given.entries()) {
    say(`Reading ${place + 1} of ${given.length} …`);
    try {
      list(await request(`files?${new URLSearchParams(options)}`, { method: "POST", body }));
    } catch (error) {
      failed.push(error.message);
    }
  }
  await update();
  if (failed.length) say(failed.join("; "), true);
  return !failed.length;
}

const sent = (list, role) => [...list].map((file) => ({ name: file.name, role, body: file }));

byId("files").addEventListener("change", async ({ target }) => {
  await add(sent(target.files, "source"));
  target.value = "";
});

let over = 0;
for (const type of ["dragenter", "dragover", "dragleave", "drop"]) {
  document.addEventListener(type, (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    over += { dragenter: 1, dragleave: -1 }[type] || 0;
    if (type === "drop") {
      over = 0;
      add(sent(event.dataTransfer.files, "source"));
    }
    byId("drop").classList.toggle("over", over > 0);
  });
}

byId("paste").addEventListener("submit", async (event) => {
  event.preventDefault();
  const name = byId("paste-name").value.trim() || `Pasted text ${files.length + 1}`;
  if (await add([{ name, role: "source", body: byId("paste-text").value }])) event.target.reset();
});

byId("fetch")?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const lines = byId("addresses").value.split("\n").map((line) => line.trim()).filter(Boolean);
  if (await add(lines.map((address) => ({ address, role: "source" })))) event.target.reset();
});

byId("check").addEventListener("click", async () => {
  const [file] = byId("draft-file").files;
  const text = byId("draft").value;
  if (text.trim()) await add([{ name: "My text", role: "draft", body: text }]);
  else if (file) await add(sent([file], "draft"));
  else byId("draft").focus();
});

byId("forget").addEventListener("click", async () => {
  await request("", { method: "DELETE" });
  location.assign("/");
});

// Choices

byId("ask").addEventListener("submit", (event) => event.preventDefault());
byId("ask").addEventListener("change", ({ target }) => {
  if (target.name !== "kind") return;
  for (const part of byId("ask").querySelectorAll("[data-for]")) part.hidden = part.dataset.for !== kind();
  update();
});
byId("length").addEventListener("input", () => {
  byId("words").textContent = byId("length").value;
  update();
});
byId("query").addEventListener("change", () => {
  clearTimeout(typing);
  update();
});
byId("query").addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(update, 1000);
});

// What is added meanwhile waits for this, lest an older list replace a newer one.
const begun = request("files").then(list, (error) => say(error.message, true));
await begun;
if (files.length) update();
