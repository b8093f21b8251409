// Drives a language server as an editor does and prints, as JSON, what it said.
// node lsp.mjs COMMAND FOLDER
import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import rpc from "vscode-languageserver-protocol/node";

const [command, folder] = process.argv.slice(2);
const server = spawn(command, ["lsp", "--stdio"], { cwd: folder, stdio: ["pipe", "pipe", "inherit"] });
const exited = new Promise((resolve) => server.on("exit", resolve));
const connection = rpc.createProtocolConnection(new rpc.StreamMessageReader(server.stdout), new rpc.StreamMessageWriter(server.stdin));
const waiting = [];
const shown = [];
connection.onNotification(rpc.PublishDiagnosticsNotification.type, (p) => {
  for (const entry of waiting.splice(0)) {
    if (entry.uri === p.uri && entry.version === p.version) entry.resolve(p.diagnostics);
    else waiting.push(entry);
  }
});
connection.onRequest(rpc.RegistrationRequest.type, () => {});
connection.onRequest(rpc.ShowDocumentRequest.type, (p) => {
  shown.push(p.uri);
  return { success: true };
});
connection.listen();

const diagnostics = (uri, version) => new Promise((resolve) => waiting.push({ uri, version, resolve }));
const rootUri = pathToFileURL(folder).href;
const { capabilities } = await connection.sendRequest(rpc.InitializeRequest.type, {
  processId: process.pid,
  rootUri,
  workspaceFolders: [{ uri: rootUri, name: "test" }],
  capabilities: {
    window: { showDocument: { support: true } },
    workspace: { workspaceEdit: { documentChanges: true }, didChangeWatchedFiles: { dynamicRegistration: true } },
    textDocument: { completion: { completionItem: { snippetSupport: true } } },
  },
});
await connection.sendNotification(rpc.InitializedNotification.type, {});

const file = path.join(folder, "alert.tmpl");
const uri = pathToFileURL(file).href;
let text = fs.readFileSync(file, "utf8");
let soon = diagnostics(uri, 1);
await connection.sendNotification(rpc.DidOpenTextDocumentNotification.type, { textDocument: { uri, languageId: "hooktool", version: 1, text } });
const found = await soon;
const textDocument = { uri };
const line = text.split("\n").findIndex((l) => l.includes(".Summary"));
const position = { line, character: text.split("\n")[line].indexOf(".Summary") + 3 };
const hover = await connection.sendRequest(rpc.HoverRequest.type, { textDocument, position });
const completion = await connection.sendRequest(rpc.CompletionRequest.type, { textDocument, position });
const range = { start: { line: 0, character: 0 }, end: { line: 100, character: 0 } };
const actions = await connection.sendRequest(rpc.CodeActionRequest.type, { textDocument, range, context: { diagnostics: found } });
const repair = actions.find((a) => a.isPreferred);

const offset = (p) => text.split("\n").slice(0, p.line).reduce((n, l) => n + l.length + 1, 0) + p.character;
for (const edit of [...repair.edit.documentChanges[0].edits].reverse()) {
  text = text.slice(0, offset(edit.range.start)) + edit.newText + text.slice(offset(edit.range.end));
}
soon = diagnostics(uri, 2);
await connection.sendNotification(rpc.DidChangeTextDocumentNotification.type, { textDocument: { uri, version: 2 }, contentChanges: [{ text }] });
const left = await soon;
fs.writeFileSync(file, text);
await connection.sendNotification(rpc.DidSaveTextDocumentNotification.type, { textDocument });

const lenses = await connection.sendRequest(rpc.CodeLensRequest.type, { textDocument });
const results = [];
for (const lens of lenses) {
  results.push(await connection.sendRequest(rpc.ExecuteCommandRequest.type, lens.command));
}
const page = await (await fetch(shown[0])).text();
const symbols = await connection.sendRequest(rpc.DocumentSymbolRequest.type, { textDocument });
await connection.sendRequest(rpc.ShutdownRequest.type);
await connection.sendNotification(rpc.ExitNotification.type);
const code = await exited;
console.log(JSON.stringify({
  encoding: capabilities.positionEncoding, found: found.map((d) => d.code), hover: hover.contents.value,
  completion: completion.items.map((i) => i.label), repaired: text, left: left.map((d) => d.code), lenses: lenses.map((l) => l.command.title),
  body: results.at(-1), page: page.includes("alert.tmpl"), symbols: symbols.length, code,
}));
process.exit(0);
