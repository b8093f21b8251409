// The script of the live page and of the playground. It requests parts
// of the page from the server, or from the playground's worker, and replaces the old
// ones; it makes no HTML itself.
"use strict";

const $ = (id) => document.getElementById(id);
const text = $("text"), eventBox = $("event"), live = $("live");
const playground = document.body.hasAttribute("data-playground");
let original = valueOf(document, "original"); // the template as it was loaded
let template = new URLSearchParams(location.search).get("template") || currentTemplate();
let fixedText = "";
let asked = 0; // number of the newest request for the view; answers to older ones are dropped
let wanted = ""; // the sample that was chosen but is not shown yet

function currentTemplate() {
  const link = document.querySelector(".list a[aria-current]");
  return link ? link.dataset.template : "";
}

const edited = () => text.value !== original;

function form() {
  const data = new FormData();
  data.set("template", template);
  data.set("sample", wanted || ($("sample") ? $("sample").value : ""));
  data.set("text", text.value);
  data.set("event", eventBox.value);
  if (edited()) data.set("edited", "1");
  return data;
}

// ask returns a part of the page: from the server, or from the worker that the
// playground's boot.js started.
async function ask(part, data) {
  return new DOMParser().parseFromString(await (window.hooktoolAsk || fetchPart)(part, data), "text/html");
}

async function fetchPart(part, data) {
  const answer = await fetch(part, { method: "POST", body: data });
  const html = await answer.text();
  if (!answer.ok) throw new Error(html);
  return html;
}

// put replaces the parts that differ, so that nothing else loses its focus, its
// selection or its scroll position.
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
  if (options.sample) wanted = options.sample; // also for a request in between, such as when a file changes
  try {
    const doc = await ask("view", form());
    if (turn !== asked) return;
    wanted = "";
    put(doc);
    if (!edited() || options.load) {
      original = valueOf(doc, "original");
      if (text.value !== original) text.value = original;
      lay();
    }
    if ($("sample")?.value !== "edited" && document.activeElement !== eventBox) eventBox.value = valueOf(doc, "event");
    buttons();
    check(turn);
  } catch (error) {
    lost(error);
  }
}

async function check(turn) {
  if (playground) await new Promise((done) => setTimeout(done, 250)); // the worker does one thing at a time, and typing goes first
  if (turn !== asked) return;
  try {
    const doc = await ask("check", form());
    if (turn !== asked) return;
    put(doc);
    found();
    markList();
    if ($("fix")) $("fix").disabled = !document.querySelector("#check [data-fixable]");
  } catch (error) {
    lost(error);
  }
}

function lost(error) {
  if (error.name === "AbortError") return; // a newer request replaced it
  live.textContent = error instanceof TypeError ? "hooktool does not answer" : error.message;
  live.classList.add("lost");
}

function buttons() {
  $("revert").disabled = !edited();
  if ($("save")) $("save").disabled = !edited();
}

function choose(id) {
  if (edited() && !confirm("Leave the edits to this template?")) {
    $("pick").value = template;
    return;
  }
  template = id;
  text.value = original = "";
  $("outcome").replaceChildren();
  history.replaceState(null, "", "?template=" + encodeURIComponent(id));
  if ($("sample")) $("sample").value = "";
  refresh({ load: true, sample: " " }).then(() => { text.scrollTop = 0; });
}

// offset returns the offset of a line and a column in the template. Both start at 1,
// and columns count code points.
function offset(lines, line, column) {
  let at = 0;
  for (let i = 0; i < line - 1 && i < lines.length; i++) at += lines[i].length + 1;
  return at + [...(lines[line - 1] || "")].slice(0, column - 1).join("").length;
}

// place returns where a finding is in the template. A finding at its end gets the
// last character, so that there is something to underline.
function place(button, lines) {
  const { line, column, endLine, endColumn } = button.dataset;
  const start = Math.max(0, Math.min(offset(lines, +line, +column), text.value.length - 1));
  return { start, end: Math.max(start, offset(lines, +endLine, +endColumn)) };
}

// select selects the place of a finding in the editor.
function select(button) {
  const { start, end } = place(button, text.value.split("\n"));
  text.focus();
  text.setSelectionRange(start, end);
  text.scrollTop = (button.dataset.line - 4) * parseFloat(getComputedStyle(text).lineHeight);
}

// The editor is a textarea with two layers: line numbers next to it, and beneath it
// the same text, transparent, with the findings underlined.
let laid = ""; // the text in the layers
let underlined = []; // {start, end, severity}, in order

// found underlines the findings of a check.
function found() {
  const lines = text.value.split("\n");
  underlined = [...document.querySelectorAll("#check .found > li")].map((item) => ({ ...place(item.querySelector("[data-line]"), lines), severity: item.className }));
  underlined.sort((a, b) => a.start - b.start);
  lay(true);
}

// lay updates the layers. Until the next check, underlines move with the text around
// them, and one whose text has changed is removed.
function lay(checked) {
  const now = text.value;
  if (now === laid && !checked) return;
  if (now !== laid) {
    let front = 0, back = 0;
    const most = Math.min(now.length, laid.length);
    while (front < most && now[front] === laid[front]) front++;
    while (back < most - front && now[now.length - 1 - back] === laid[laid.length - 1 - back]) back++;
    const moved = now.length - laid.length;
    if (!checked) underlined = underlined.flatMap((u) => u.end <= front ? [u] : u.start >= laid.length - back ? [{ ...u, start: u.start + moved, end: u.end + moved }] : []);
    laid = now;
    $("gutter").textContent = Array.from(now.split("\n"), (_, i) => i + 1).join("\n");
  }
  const parts = [];
  let at = 0;
  for (const { start, end, severity } of underlined) {
    const from = Math.max(start, at), to = Math.max(end, start + 1);
    if (to <= from) continue;
    const mark = document.createElement("mark");
    mark.className = severity;
    mark.textContent = now.slice(from, to);
    parts.push(now.slice(at, from), mark);
    at = to;
  }
  parts.push(now.slice(at) + "\n");
  $("under").replaceChildren(...parts);
  scrollLayers();
}

function scrollLayers() {
  $("gutter").scrollTop = $("under").scrollTop = text.scrollTop;
  $("under").scrollLeft = text.scrollLeft;
}
text.addEventListener("scroll", scrollLayers);

// markList checks the templates of the list, one after another while nothing else is
// requested, so that each shows how many mistakes it has.
let marking = false, busyUntil = 0;
async function markList() {
  if (marking) return;
  marking = true;
  try {
    for (let link; (link = document.querySelector(".list a[data-template]:not([data-marked])"));) {
      while (document.hidden || Date.now() < busyUntil) await new Promise((done) => setTimeout(done, 500));
      const data = new FormData();
      data.set("template", link.dataset.template);
      const count = (await ask("mark", data)).querySelector(".count");
      link = document.querySelector(`.list a[data-template="${CSS.escape(link.dataset.template)}"]`);
      if (!link) continue;
      link.setAttribute("data-marked", "");
      if (count && !link.querySelector(".count")) link.append(count);
    }
  } catch (error) { lost(error); }
  marking = false;
}

let timer;
function soon() {
  buttons();
  lay();
  busyUntil = Date.now() + 1500;
  clearTimeout(timer);
  timer = setTimeout(refresh, 120);
}

text.addEventListener("input", soon);
eventBox.addEventListener("input", () => {
  asked++; // a pending answer would bring the chosen event back
  wanted = "";
  const sample = $("sample");
  if (sample && sample.value !== "edited") {
    sample.append(new Option("edited here", "edited", true, true));
    sample.value = "edited";
  }
  soon();
});

// An event of your own, from a file: it stays in the page.
$("event-file").addEventListener("change", async (e) => {
  const file = e.target.files[0];
  if (!file) return;
  eventBox.value = await file.text();
  eventBox.dispatchEvent(new Event("input"));
  e.target.value = ""; // the same file can be opened again
});

document.addEventListener("change", (e) => {
  if (e.target.id === "sample") refresh({ sample: e.target.value });
  if (e.target.id === "pick") choose(e.target.value);
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
  } else if ("try" in target.dataset) {
    eventBox.value = target.parentElement.querySelector("[data-event]").value;
    eventBox.closest("details").open = true;
    eventBox.dispatchEvent(new Event("input"));
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
      if (doc.querySelector("#changed")) original = valueOf(doc, "theirs"); // both are shown, so saving again is intentional
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

// share makes a link that contains the template and the event.
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
  } catch { /* the link is selected, so the keyboard can copy it */ }
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

// looks applies the theme to messages; the page itself follows the system.
function looks() {
  const chosen = document.querySelector("input[name=theme]:checked").value;
  const dark = chosen === "dark" || chosen === "auto" && matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.classList.toggle("dark", dark);
  document.documentElement.classList.toggle("light", !dark);
  drawCards();
}
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", looks);

// drawCards replaces the server's drawing of a message's Adaptive Cards by that of
// Microsoft's renderer.
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
    if (!first) refresh(); // saves in between were missed
    first = false;
  });
  changes.addEventListener("change", () => refresh());
  changes.addEventListener("error", () => lost(new TypeError()));
}

looks();
buttons();
lay();
document.querySelector(".list a[aria-current]")?.scrollIntoView({ block: "nearest" });
if (playground) {
  // Show at once what breaks and how to repair it.
  check(asked).then(() => { if (!edited() && document.querySelector("#check [data-fixable]")) repair(); });
} else {
  check(asked);
  follow();
}
