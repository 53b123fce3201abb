/** On narrow screens: whose phone is before you, and who has something unread. */

import { arrange, make, setText } from "./dom.js";
import { showPhone } from "./links.js";
import { word } from "./settings.js";

export class Tabs {
  #tabs = new Map();

  constructor(element) {
    this.element = element;
  }

  update(phones) {
    arrange(this.element, phones.map((phone) => this.#tab(phone).element));
    for (const id of this.#tabs.keys()) if (!phones.some((phone) => phone.id === id)) this.#tabs.delete(id);
  }

  setUnread(id, count) {
    const tab = this.#tabs.get(id);
    if (!tab) return;
    setText(tab.dot, count ? String(count) : "");
    tab.dot.setAttribute("aria-label", count ? word("unread", { count }) : "");
  }

  /** `shown` are the ids of the phones that are on the screen now. */
  setShown(shown) {
    for (const [id, { element }] of this.#tabs) {
      if (shown.has(id)) element.setAttribute("aria-current", "true");
      else element.removeAttribute("aria-current");
    }
  }

  #tab(phone) {
    if (!this.#tabs.has(phone.id)) this.#tabs.set(phone.id, this.#draw(phone));
    return this.#tabs.get(phone.id);
  }

  #draw(phone) {
    const dot = make("span", { class: "unread-badge" });
    const element = make("button", { type: "button", "data-tab": phone.id, onclick: () => showPhone(phone.id) },
      make("span", { class: "tab-name" }, phone.name), make("small", {}, phone.label ?? ""), dot);
    return { element, dot };
  }
}
