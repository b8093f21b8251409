// Draws Adaptive Cards with Microsoft's own renderer, as Teams does.
//
// Its input comes from outside. The server makes the markup and escapes it; images
// are not loaded; an action opens a page or does nothing.
import { AdaptiveCard, HostConfig, OpenUrlAction } from "adaptivecards";

const placeholder = "data:image/svg+xml," + encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="64"><rect width="120" height="64" rx="6" fill="#8884"/><text x="60" y="37" font-size="13" font-family="sans-serif" text-anchor="middle" fill="#888">image</text></svg>');

// tame removes what would load something from elsewhere.
function tame(node) {
  if (Array.isArray(node)) return node.map(tame);
  if (node === null || typeof node !== "object") return node;
  const copy = {};
  for (const [key, value] of Object.entries(node)) {
    if (key === "backgroundImage" || key === "iconUrl" || key === "poster" || key === "sources" || key === "authentication" || key === "refresh") continue;
    copy[key] = tame(value);
  }
  if (copy.type === "Image" && "url" in copy) copy.url = placeholder;
  else if ("url" in copy && !/^https?:\/\//i.test(String(copy.url))) delete copy.url; // of a selectAction it would become a link
  return copy;
}

// The sizes and colours are those of Teams' own host config.
function hostConfig(dark) {
  const color = (light, night) => ({ default: dark ? night : light, subtle: dark ? night : light });
  const foregroundColors = {
    default: { default: dark ? "#ffffff" : "#242424", subtle: dark ? "#adadad" : "#616161" },
    dark: color("#242424", "#ffffff"), light: color("#616161", "#d6d6d6"), accent: color("#5b5fc7", "#9299f7"),
    good: color("#237b4b", "#92c353"), warning: color("#835c00", "#fdda70"), attention: color("#c4314b", "#fa6278"),
  };
  const style = (light, night) => ({ backgroundColor: dark ? night : light, foregroundColors });
  return new HostConfig({
    fontFamily: '"Segoe UI", system-ui, Roboto, Arial, sans-serif',
    fontSizes: { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 },
    fontWeights: { lighter: 200, default: 400, bolder: 600 },
    spacing: { small: 4, default: 8, medium: 12, large: 20, extraLarge: 32, padding: 12 },
    separator: { lineThickness: 1, lineColor: dark ? "#404040" : "#e0e0e0" },
    imageSizes: { small: 32, medium: 52, large: 100 },
    containerStyles: {
      default: style("#ffffff", "#292929"), emphasis: style("#f0f0f0", "#1f1f1f"), accent: style("#e8ebfa", "#2f2f4a"),
      good: style("#e7f2da", "#17301f"), attention: style("#fcf4f6", "#3e1f25"), warning: style("#fbf6d9", "#3a3110"),
    },
    actions: { maxActions: 6, spacing: "default", buttonSpacing: 8, actionsOrientation: "horizontal", actionAlignment: "left", showCard: { actionMode: "inline", inlineTopMargin: 12 } },
    factSet: { title: { weight: "bolder", wrap: true, maxWidth: 250 }, value: { wrap: true }, spacing: 12 },
    textStyles: { heading: { size: "large", weight: "bolder", color: "default", isSubtle: false } },
    supportsInteractivity: true,
  });
}

function open(action) {
  if (!(action instanceof OpenUrlAction)) return;
  let url;
  try { url = new URL(action.url || ""); } catch { return; }
  if (url.protocol === "https:" || url.protocol === "http:") window.open(url, "_blank", "noopener,noreferrer");
}

// drawAdaptiveCard returns the element of a card, or null if it cannot be drawn.
// markdown maps each text to its markup as HTML.
window.drawAdaptiveCard = function (payload, markdown, dark) {
  AdaptiveCard.onProcessMarkdown = (text, result) => {
    if (Object.hasOwn(markdown, text)) {
      result.outputHtml = markdown[text];
      result.didProcess = true;
    }
  };
  try {
    const card = new AdaptiveCard();
    card.hostConfig = hostConfig(dark);
    card.onExecuteAction = open;
    card.parse(tame(payload));
    return card.render() || null;
  } catch {
    return null;
  }
};
