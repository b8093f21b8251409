// Prints what Microsoft's library says of each card in cards.json, as JSON:
// {name: [message]}.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const { AdaptiveCard, SerializationContext } = createRequire(import.meta.url)("adaptivecards/dist/adaptivecards.js");
const cards = JSON.parse(readFileSync(new URL("cards.json", import.meta.url), "utf8"));

const result = {};
for (const [name, json] of Object.entries(cards)) {
  const card = new AdaptiveCard();
  const context = new SerializationContext();
  card.parse(json, context);
  const said = [];
  for (let i = 0; i < context.eventCount; i++) said.push(context.getEventAt(i).message);
  for (const event of card.validateProperties().validationEvents) said.push(event.message);
  result[name] = said;
}
console.log(JSON.stringify(result));
