/** The drawer at the side: the journal or the trouble, one at a time, closed by default. */

import { make } from "./dom.js";
import { icon } from "./icons.js";
import { onSettings, translate } from "./settings.js";

const element = document.getElementById("drawer");
let opened = null;

/** A button that opens `panel`: `{key, element, opened()}`; the key names it and its words. */
export function drawerButton(panel, picture) {
  const button = make("button", {
    type: "button", class: "tool", "data-testid": panel.key, "data-word-label": panel.key, "aria-expanded": "false",
    "aria-controls": "drawer", onclick: () => (opened?.panel === panel ? close() : open(panel, button)),
  }, icon(picture), make("span", { "data-word": panel.key }));
  return button;
}

export function isOpen(panel) {
  return opened?.panel === panel;
}

function open(panel, button) {
  close();
  opened = { panel, button };
  button.setAttribute("aria-expanded", "true");
  element.replaceChildren(
    make("header", {}, make("h2", { "data-word": panel.key }),
      make("button", { type: "button", class: "icon-button", "data-word-label": "close", onclick: close }, icon("close"))),
    panel.element);
  element.hidden = false;
  translate(element);
  panel.opened();
}

function close() {
  if (!opened) return;
  element.hidden = true;
  opened.button.setAttribute("aria-expanded", "false");
  opened.button.focus();
  opened = null;
}

element.addEventListener("keydown", (event) => event.key === "Escape" && close());
onSettings(() => translate(element));
