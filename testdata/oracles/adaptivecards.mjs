// Prints what Microsoft's library knows of Adaptive Cards, as JSON:
// {type: {since, members: {name: {since, values}}}}; values are those of a choice,
// and null of anything else.
import { createRequire } from "node:module";

const cards = createRequire(import.meta.url)("adaptivecards/dist/adaptivecards.js");

function members(object) {
  const found = {};
  const schema = object.getSchema();
  for (let i = 0; i < schema.getCount(); i++) {
    const p = schema.getItemAt(i);
    const values = p.enumType ? Object.keys(p.enumType).filter((name) => isNaN(name)) : p.values ? p.values.map((v) => v.value) : null;
    found[p.name] = { since: p.targetVersion.toString(), values };
  }
  return found;
}

const result = {};
for (const registry of [cards.GlobalRegistry.defaultElements, cards.GlobalRegistry.defaultActions]) {
  for (let i = 0; i < registry.getItemCount(); i++) {
    const item = registry.getItemAt(i);
    result[item.typeName] = { since: item.schemaVersion.toString(), members: members(new item.objectType()) };
  }
}
for (const name of ["AdaptiveCard", "Column", "TableRow", "TableCell", "CarouselPage"]) {
  result[name] = { since: "1.0", members: members(new cards[name]()) };
}
console.log(JSON.stringify(result));
