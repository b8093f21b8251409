// Prints the members of every type that packages declare, as JSON:
// {package: {type: {member: {required, values}}}}; values are those of a
// choice of literals, and null of anything else.
import { fileURLToPath } from "node:url";
import ts from "typescript";

const entries = {
  slack: "@slack/types/dist/index.d.ts",
  discord: "discord-api-types/v10.d.ts",
  googlechat: "@googleapis/chat/build/v1.d.ts",
};

function members(checker, type) {
  const found = {};
  for (const symbol of checker.getPropertiesOfType(type)) {
    const declared = checker.getTypeOfSymbol(symbol);
    const parts = declared.isUnion() ? declared.types : [declared];
    const real = parts.filter((t) => !(t.flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Null)));
    const literal = real.length > 0 && real.every((t) => t.isLiteral());
    found[symbol.name] = {
      required: !(symbol.flags & ts.SymbolFlags.Optional),
      values: literal ? real.map((t) => t.value).sort() : null,
    };
  }
  return found;
}

const result = {};
for (const [name, entry] of Object.entries(entries)) {
  const file = fileURLToPath(new URL("node_modules/" + entry, import.meta.url));
  const program = ts.createProgram([file], { skipLibCheck: true, strict: true, moduleResolution: ts.ModuleResolutionKind.NodeNext, module: ts.ModuleKind.NodeNext });
  const checker = program.getTypeChecker();
  const types = (result[name] = {});
  for (const source of program.getSourceFiles()) {
    if (!source.fileName.includes(entry.split("/").slice(0, entry.startsWith("@") ? 2 : 1).join("/"))) continue;
    const visit = (node) => {
      if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) {
        const type = checker.getTypeAtLocation(node.name);
        if (!type.isUnion() && type.flags & ts.TypeFlags.Object || type.isIntersection()) types[node.name.text] ??= members(checker, type);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
}
console.log(JSON.stringify(result));
