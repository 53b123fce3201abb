/** A small menu above the text box: opens from a button, is walked with the arrows and closes by itself. */

import { make } from "./dom.js";

/** `entries()` gives `{node, run}` at the moment of opening; `place` is where the menu appears. */
export function popupButton(button, place, entries) {
  button.setAttribute("aria-haspopup", "menu");
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", () => {
    const open = button.getAttribute("aria-expanded") === "true";
    if (!open) openPopup(button, place, entries());
  });
}

function openPopup(button, place, entries) {
  const items = entries.map(({ node, run }) =>
    make("button", { type: "button", role: "menuitem", class: "entry", "data-testid": "menu-entry", onclick: () => finish(run) }, node));
  const menu = make("div", { class: "popup", role: "menu", onkeydown: walk }, items);
  button.setAttribute("aria-expanded", "true");
  place.append(menu);
  items[0]?.focus();
  // The click that opened it is still on its way up and must not close it.
  setTimeout(() => document.addEventListener("click", outside));

  function walk(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") finish();
    if (!step) return;
    event.preventDefault();
    const at = items.indexOf(document.activeElement);
    items.at((at + step + items.length) % items.length).focus();
  }

  function outside(event) {
    if (!menu.contains(event.target)) finish();
  }

  function finish(run) {
    document.removeEventListener("click", outside);
    menu.remove();
    button.setAttribute("aria-expanded", "false");
    button.focus();
    run?.();
  }
}
