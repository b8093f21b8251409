// Starts the worker in which hooktool runs, and replaces this page by the one that
// the worker draws. page.js then asks the worker instead of a server.
"use strict";

{
  const size = Number(document.currentScript.dataset.size);
  const status = document.getElementById("boot-text"), progress = document.getElementById("boot-progress");

  // fail shows why there is no page, or why there are no more answers.
  const fail = (message) => {
    const live = document.getElementById("live");
    if (live) {
      live.textContent = message;
      live.classList.add("lost");
      return;
    }
    progress.remove();
    const note = document.createElement("p");
    note.className = "note error";
    note.setAttribute("role", "alert");
    note.textContent = message + " You can install hooktool instead: see github.com/hooktool/hooktool.";
    status.replaceWith(note);
  };

  const asked = new Map(); // requests that wait for an answer, by number
  let worker, count = 0, busy = false;
  const waiting = new Map(); // the newest request for each part that was not sent to the worker yet

  // next sends the worker one request at a time, so that it never works on one that a
  // newer one has replaced.
  const next = () => {
    if (busy) return;
    const [part] = waiting.keys();
    if (part === undefined) return;
    const question = waiting.get(part);
    waiting.delete(part);
    busy = true;
    asked.set(++count, question);
    worker.postMessage({ id: count, part, form: question.form });
  };

  // ask returns the HTML of a part of the page. A request that a newer one for the same
  // part replaces fails with an AbortError.
  const ask = (part, form) => new Promise((resolve, reject) => {
    waiting.get(part)?.reject(new DOMException("overtaken", "AbortError"));
    waiting.set(part, { form: new URLSearchParams(form).toString(), resolve, reject });
    next();
  });

  const answered = ({ id, html, error }) => {
    const question = asked.get(id);
    asked.delete(id);
    busy = false;
    if (error !== undefined) question.reject(new Error(error));
    else question.resolve(html);
    next();
  };

  // isLink distinguishes a shared link from an anchor in the page.
  const isLink = () => /^#\d+\./.test(location.hash);

  // open draws the page: for the template in the URL, or for a link in the URL's
  // fragment, which is never sent.
  const open = async () => {
    const query = new URLSearchParams(location.search);
    if (isLink()) query.set("link", location.hash.slice(1));
    const page = new DOMParser().parseFromString(await ask("", query), "text/html");
    window.hooktoolAsk = ask;
    document.body.replaceWith(page.body);
    const script = document.createElement("script");
    script.src = "assets/page.js";
    document.head.append(script);
    performance.mark("hooktool-page");
  };

  const start = () => {
    if (typeof WebAssembly !== "object" || typeof Worker !== "function") {
      fail("This browser has no WebAssembly, which the playground needs.");
      return;
    }
    worker = new Worker("worker.js");
    worker.addEventListener("error", () => fail("hooktool could not be started."));
    worker.addEventListener("message", ({ data }) => {
      if (data.loaded !== undefined) progress.value = Math.min(data.loaded / size, 1);
      else if (data.failed !== undefined) fail("hooktool does not run: " + data.failed + ".");
      else if (data.ready) open().catch((error) => fail("hooktool could not draw the page: " + error.message + "."));
      else answered(data);
    });
  };

  // Opening a link in the same window only changes the fragment of the URL.
  addEventListener("hashchange", () => { if (isLink()) location.reload(); });
  start();
}
