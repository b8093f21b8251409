// Starts hooktool's language server for templates and for YAML with webhooks.
const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

/** @type {LanguageClient | undefined} */
let client;

/** Starts the server according to the settings. */
async function start() {
  const settings = vscode.workspace.getConfiguration("hooktool");
  const options = { command: settings.get("path", "hooktool"), args: ["lsp", ...settings.get("arguments", [])] };
  client = new LanguageClient("hooktool", "hooktool", options, {
    documentSelector: [{ language: "hooktool" }, { language: "yaml" }],
    middleware: { executeCommand },
  });
  try {
    await client.start();
  } catch (error) {
    client = undefined;
    const open = "Open settings";
    const chosen = await vscode.window.showErrorMessage(`${options.command} lsp does not start: ${error}`, open);
    if (chosen === open) {
      await vscode.commands.executeCommand("workbench.action.openSettings", "hooktool.path");
    }
  }
}

/**
 * Runs a command of the server. A rendered body is shown in an editor to the side.
 * @param {string} command
 * @param {any[]} args
 * @param {(command: string, args: any[]) => any} next
 */
async function executeCommand(command, args, next) {
  const result = await next(command, args);
  if (command === "hooktool.render" && typeof result === "string") {
    const document = await vscode.workspace.openTextDocument({ content: result, language: isJSON(result) ? "json" : "plaintext" });
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: true, preserveFocus: true });
  }
  return result;
}

/** @param {string} text */
function isJSON(text) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** @param {vscode.ExtensionContext} context */
async function activate(context) {
  const restart = async () => {
    await client?.stop();
    await start();
  };
  context.subscriptions.push(
    vscode.commands.registerCommand("hooktool.restart", restart),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("hooktool.path") || event.affectsConfiguration("hooktool.arguments")) {
        void restart();
      }
    }),
  );
  await start();
}

function deactivate() {
  return client?.stop();
}

module.exports = { activate, deactivate };
