/** How this visitor looks at the page: its language and the zone in which hours are shown. */

import { make } from "./dom.js";
import { LANGUAGES, nearest, wordIn } from "./words.js";

const ZONES = ["Asia/Ho_Chi_Minh", "Asia/Shanghai", "UTC"];
const asked = new URLSearchParams(location.search);
const listeners = [];

const settings = {
  language: nearest(asked.get("lang") ?? navigator.language),
  zone: knownZone(asked.get("zone")) ?? ZONES[0],
};

export const language = () => settings.language;
export const zone = () => settings.zone;
export const word = (key, values) => wordIn(settings.language, key, values);
export const onSettings = (listener) => listeners.push(listener);

/** Fills in everything below `root` that carries `data-word` (its text) or `data-word-label` (its name). */
export function translate(root) {
  for (const node of root.querySelectorAll("[data-word]")) node.textContent = word(node.dataset.word);
  for (const node of root.querySelectorAll("[data-word-label]")) {
    node.setAttribute("aria-label", word(node.dataset.wordLabel));
    if (node.matches("button")) node.title = word(node.dataset.wordLabel);
  }
}

export function applySettings() {
  document.documentElement.lang = settings.language === "zh" ? "zh-Hans" : settings.language;
  document.title = `Cradle · ${word("title")}`;
  translate(document);
  for (const listener of listeners) listener();
}

export function settingSelectors() {
  const zones = [...new Set([settings.zone, ...ZONES])].map((name) => [name, name.split("/").pop().replaceAll("_", " ")]);
  return [selector("zone", zones), selector("language", Object.entries(LANGUAGES))];
}

function selector(name, choices) {
  const options = choices.map(([value, text]) => make("option", { value, selected: value === settings[name] }, text));
  return make("select", {
    class: "quiet",
    "data-testid": name,
    "data-word-label": name,
    onchange: (event) => {
      settings[name] = event.target.value;
      applySettings();
    },
  }, options);
}

function knownZone(name) {
  try {
    return name && new Intl.DateTimeFormat("en", { timeZone: name }) && name;
  } catch {
    return null;
  }
}
