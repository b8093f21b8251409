// The script of the live page and of the playground. It asks the server, or the
// playground's worker, for parts of the page and puts them in the place of the old
// ones; it makes no HTML itself.
"use strict";

const $ = (id) => document.getElementById(id);
const text = $("text"), eventBox = $("event"), live = $("live");
const playground = document.body.hasAttribute("data-playground");
let original = valueOf(document, "original"); // the template as it was found
let template = new URLSearchParams(location.search).get("template") || currentTemplate();
let fixedText = "";
let asked = 0; // requests for the view so far; an answer to an older one is dropped

function currentTemplate() {
  const link = document.querySelector(".list a[aria-current]");
  return link ? link.dataset.template : "";
}

const edited = () => text.value !== original;

function form(sample) {
  const data = new FormData();
  data.set("template", template);
  data.set("sample", sample || ($("sample") ? $("sample").value : ""));
  data.set("text", text.value);
  data.set("event", eventBox.value);
  if (edited()) data.set("edited", "1");
  return data;
}

// ask returns a part of the page: from the server, or from the worker that boot.js
// of the playground has started.
async function ask(part, data) {
  return new DOMParser().parseFromString(await (window.hooktoolAsk || fetchPart)(part, data), "text/html");
}

async function fetchPart(part, data) {
  const answer = await fetch(part, { method: "POST", body: data });
  const html = await answer.text();
  if (!answer.ok) throw new Error(html);
  return html;
}

// put replaces the parts that are different, so that nothing else loses its
// focus, its selection or its place.
function put(doc) {
  for (const part of doc.querySelectorAll("[data-part]")) {
    const old = document.querySelector(`[data-part="${part.dataset.part}"]`);
    if (!old || old.source === part.innerHTML) continue;
    const focus = document.activeElement && old.contains(document.activeElement) ? focusKey(document.activeElement) : "";
    old.source = part.innerHTML;
    old.replaceChildren(...part.childNodes);
    if (focus) old.querySelector(focus)?.focus({ preventScroll: true });
  }
  drawCards();
}

function focusKey(element) {
  if (element.id) return "#" + CSS.escape(element.id);
  if (element.dataset.template) return `[data-template="${CSS.escape(element.dataset.template)}"]`;
  if (element.dataset.sample) return `[data-sample="${CSS.escape(element.dataset.sample)}"]`;
  return "";
}

function valueOf(doc, name) {
  return doc.querySelector(`[data-value="${name}"]`).value;
}

async function refresh(options = {}) {
  const turn = ++asked;
  try {
    const doc = await ask("view", form(options.sample));
    if (turn !== asked) return;
    put(doc);
    if (!edited() || options.load) {
      original = valueOf(doc, "original");
      if (text.value !== original) text.value = original;
    }
    if ($("sample")?.value !== "edited" && document.activeElement !== eventBox) eventBox.value = valueOf(doc, "event");
    buttons();
    check(turn);
  } catch (error) {
    lost(error);
  }
}

async function check(turn) {
  if (playground) await new Promise((done) => setTimeout(done, 250)); // the worker does one thing at a time: typing goes first
  if (turn !== asked) return;
  try {
    const doc = await ask("check", form());
    if (turn !== asked) return;
    put(doc);
    if ($("fix")) $("fix").disabled = !document.querySelector("#check [data-fixable]");
  } catch (error) {
    lost(error);
  }
}

function lost(error) {
  if (error.name === "AbortError") return; // a newer question was asked
  live.textContent = error instanceof TypeError ? "hooktool does not answer" : error.message;
  live.classList.add("lost");
}

function buttons() {
  $("revert").disabled = !edited();
  if ($("save")) $("save").disabled = !edited();
}

function choose(id) {
  if (edited() && !confirm("Leave the edits to this template?")) return;
  template = id;
  text.value = original = "";
  $("outcome").replaceChildren();
  history.replaceState(null, "", "?template=" + encodeURIComponent(id));
  if ($("sample")) $("sample").value = "";
  refresh({ load: true, sample: " " }).then(() => { text.scrollTop = 0; });
}

// select marks a place in the template: lines and columns start at 1, columns
// count code points.
function select(button) {
  const offset = (line, column) => {
    const lines = text.value.split("\n");
    let at = 0;
    for (let i = 0; i < line - 1 && i < lines.length; i++) at += lines[i].length + 1;
    return at + [...(lines[line - 1] || "")].slice(0, column - 1).join("").length;
  };
  const { line, column, endLine, endColumn } = button.dataset;
  const start = offset(+line, +column);
  text.focus();
  text.setSelectionRange(start, Math.max(start, offset(+endLine, +endColumn)));
  text.scrollTop = (line - 4) * parseFloat(getComputedStyle(text).lineHeight);
}

let timer;
function soon() {
  buttons();
  clearTimeout(timer);
  timer = setTimeout(refresh, 120);
}

text.addEventListener("input", soon);
eventBox.addEventListener("input", () => {
  asked++; // an answer that is on its way would put the chosen event back
  const sample = $("sample");
  if (sample && sample.value !== "edited") {
    sample.append(new Option("edited here", "edited", true, true));
    sample.value = "edited";
  }
  soon();
});

// An event of one's own, from a file: it stays in the page.
$("event-file").addEventListener("change", async (e) => {
  const file = e.target.files[0];
  if (!file) return;
  eventBox.value = await file.text();
  eventBox.dispatchEvent(new Event("input"));
  e.target.value = ""; // the same file can be opened again
});

document.addEventListener("change", (e) => {
  if (e.target.id === "sample") refresh();
  if (e.target.name === "theme" || e.target.name === "width") looks();
});

document.addEventListener("click", async (e) => {
  const target = e.target.closest("a[data-template], button");
  if (!target) return;
  if (target.dataset.template && !e.ctrlKey && !e.metaKey && !e.shiftKey) {
    e.preventDefault();
    choose(target.dataset.template);
  } else if (target.dataset.sample) {
    await refresh({ sample: target.dataset.sample });
    $("stage").scrollIntoView({ block: "nearest" });
  } else if (target.dataset.line) {
    select(target);
  } else if (target.id === "revert") {
    text.value = original;
    soon();
  } else if (target.id === "fix") {
    target.disabled = true;
    await repair();
    target.disabled = false;
  } else if (target.id === "share") {
    await share();
  } else if (target.id === "copy-link") {
    await copyLink();
  } else if (target.id === "take-fix") {
    text.value = fixedText;
    clearOutcome();
    soon();
    text.focus();
  } else if (target.id === "drop-fix") {
    clearOutcome();
  } else if (target.id === "save") {
    try {
      const data = form();
      data.set("loaded", original);
      const doc = await ask("save", data);
      if (doc.querySelector("#saved")) original = text.value;
      if (doc.querySelector("#changed")) original = valueOf(doc, "theirs"); // both are shown: the next time it is meant
      put(doc);
      buttons();
    } catch (error) { lost(error); }
  }
});

async function repair() {
  try {
    const doc = await ask("fix", form());
    fixedText = valueOf(doc, "fixed");
    put(doc);
  } catch (error) { lost(error); }
}

// share makes a link that carries the template and the event.
async function share() {
  try {
    put(await ask("share", form()));
    const shown = $("share-link");
    if (!shown) return;
    shown.value = location.origin + location.pathname + "#" + shown.dataset.link;
    shown.select();
  } catch (error) { lost(error); }
}

async function copyLink() {
  $("share-link").select();
  try {
    await navigator.clipboard.writeText($("share-link").value);
    $("copy-link").textContent = "Copied";
  } catch { /* it is selected: the keyboard can copy it */ }
}

function clearOutcome() {
  const outcome = $("outcome");
  outcome.replaceChildren();
  outcome.source = undefined;
}

document.addEventListener("keydown", (e) => {
  if ((e.ctrlKey || e.metaKey) && e.key === "s" && $("save")) {
    e.preventDefault();
    $("save").click();
  }
});

// looks applies the theme of messages; the page itself follows the system.
function looks() {
  const chosen = document.querySelector("input[name=theme]:checked").value;
  const dark = chosen === "dark" || chosen === "auto" && matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.classList.toggle("dark", dark);
  drawCards();
}
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", looks);

// drawCards lets Microsoft's renderer draw the Adaptive Cards of the message in
// the place of the server's own drawing.
function drawCards() {
  const data = document.querySelector("#stage .card-data");
  if (!data) return;
  if (!window.drawAdaptiveCard) {
    if (!$("teams-script")) {
      const script = document.createElement("script");
      script.id = "teams-script";
      script.src = "assets/teams.js";
      script.addEventListener("load", drawCards);
      document.head.append(script);
    }
    return;
  }
  const { cards, markdown } = JSON.parse(data.textContent);
  const shown = document.querySelectorAll("#stage .msg .blocks > .card");
  cards.forEach((card, i) => {
    const drawn = window.drawAdaptiveCard(card, markdown, document.documentElement.classList.contains("dark"));
    if (!drawn || !shown[i]) return;
    shown[i].classList.add("by-microsoft");
    shown[i].replaceChildren(drawn);
  });
}

function follow() {
  const changes = new EventSource("changes");
  let first = true;
  changes.addEventListener("open", () => {
    live.textContent = "following the files";
    live.classList.remove("lost");
    if (!first) refresh(); // what was saved in between was missed
    first = false;
  });
  changes.addEventListener("change", () => refresh());
  changes.addEventListener("error", () => lost(new TypeError()));
}

looks();
buttons();
document.querySelector(".list a[aria-current]")?.scrollIntoView({ block: "nearest" });
if (playground) {
  // What breaks and how it is repaired are seen at once.
  check(asked).then(() => { if (!edited() && document.querySelector("#check [data-fixable]")) repair(); });
} else {
  check(asked);
  follow();
}
