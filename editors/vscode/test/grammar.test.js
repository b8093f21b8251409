// Checks the scopes that the grammar gives to the parts of a template.
const assert = require("node:assert");
const fs = require("node:fs");
const path = require("node:path");
const test = require("node:test");
const oniguruma = require("vscode-oniguruma");
const textmate = require("vscode-textmate");

const wasm = fs.readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm"));
const registry = new textmate.Registry({
  onigLib: oniguruma.loadWASM(wasm.buffer).then(() => ({
    createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
    createOnigString: (text) => new oniguruma.OnigString(text),
  })),
  loadGrammar: async () => {
    const file = path.join(__dirname, "..", "syntaxes", "hooktool.tmLanguage.json");
    return textmate.parseRawGrammar(fs.readFileSync(file, "utf8"), file);
  },
});

test("the grammar", async () => {
  const grammar = await registry.loadGrammar("text.hooktool");
  const line = '{"a": "x {{- if eq .Status "OK" }}{{ json $x.Name | len }}{{ end -}}", "b": true} {{/* hooktool:ignore ping */}}';
  const tokens = grammar.tokenizeLine(line, textmate.INITIAL).tokens;
  const scopeOf = (text) => {
    const at = line.indexOf(text);
    return tokens.find((token) => token.startIndex <= at && at < token.endIndex).scopes.at(-1);
  };
  for (const [text, scope] of Object.entries({
    if: "keyword.control.hooktool",
    eq: "support.function.hooktool",
    ".Status": "variable.other.property.hooktool",
    'OK"': "string.quoted.double.hooktool",
    json: "support.function.hooktool",
    "$x": "variable.other.hooktool",
    len: "support.function.hooktool",
    end: "keyword.control.hooktool",
    true: "constant.language.json.hooktool",
    "hooktool:ignore": "keyword.other.directive.hooktool",
    "x {{": "string.quoted.double.json.hooktool",
  })) {
    assert.strictEqual(scopeOf(text), scope, text);
  }
});
