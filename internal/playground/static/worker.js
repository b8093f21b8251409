// Runs hooktool outside the page's thread, so that no check of a template blocks
// typing. A service worker would also do, but browsers end an idle one, and the next
// request would have to wait until the program is compiled again.
"use strict";

importScripts("wasm_exec.js");

self.hooktoolReady = () => postMessage({ ready: true });

addEventListener("message", async ({ data: { id, part, form } }) => {
  postMessage({ id, ...await self.hooktoolAnswer(part, form) });
});

// counted reports to the page how much has arrived.
function counted(response) {
  let loaded = 0;
  const counter = new TransformStream({
    transform(chunk, controller) {
      loaded += chunk.byteLength;
      postMessage({ loaded });
      controller.enqueue(chunk);
    },
  });
  return new Response(response.body.pipeThrough(counter), { headers: { "Content-Type": "application/wasm" } });
}

(async () => {
  try {
    const response = await fetch("app.wasm");
    if (!response.ok) throw new Error("the server answers " + response.status);
    const go = new Go();
    const { instance } = await WebAssembly.instantiateStreaming(counted(response), go.importObject);
    await go.run(instance); // it runs as long as the page is open
    throw new Error("it has ended; load the page again");
  } catch (error) {
    postMessage({ failed: error.message });
  }
})();
