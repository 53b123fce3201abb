/** The journal: what the bot asked of Telegram lately, and what it was told. */

import { make } from "./dom.js";
import { isOpen } from "./drawer.js";
import { onSettings, word, zone } from "./settings.js";
import { stage } from "./stage.js";
import { hourAndMinute, shortDay } from "./times.js";
import { phoneById } from "./state.js";

const KEPT = 300;
const WAIT = 20;
const PAUSE = 250;

export class JournalPanel {
  key = "journal";
  #last = 0;
  #rows = [];
  #reading = false;

  constructor() {
    this.method = make("select", { "aria-label": "method", onchange: () => this.#filter() }, make("option", { value: "", "data-word": "journalAll" }));
    this.errorsOnly = make("input", { type: "checkbox", onchange: () => this.#filter() });
    this.list = make("ol", { class: "journal", "data-testid": "journal-entries" });
    this.empty = make("p", { class: "faint", "data-word": "journalEmpty" });
    this.element = make("div", { class: "panel" },
      make("div", { class: "filters" }, this.method, make("label", { class: "check" }, this.errorsOnly, make("span", { "data-word": "journalErrors" }))),
      this.empty, this.list);
    onSettings(() => this.#redraw());
  }

  /** Listens for as long as the drawer is open: many calls of the bot change nothing on the phones. */
  async opened() {
    if (this.#reading) return;
    this.#reading = true;
    while (isOpen(this)) {
      const answer = await stage.journal({ since: this.#last, timeout: WAIT }).catch(() => null);
      if (answer) this.#receive(answer.entries);
      await new Promise((resolve) => setTimeout(resolve, answer ? PAUSE : WAIT * 100));
    }
    this.#reading = false;
  }

  forget() {
    this.#rows = [];
    this.list.replaceChildren();
    this.empty.hidden = false;
  }

  #receive(entries) {
    for (const entry of entries.filter(({ seq }) => seq > this.#last).slice(-KEPT)) {
      this.#last = entry.seq;
      this.#offer(entry.method);
      this.#rows.push({ entry, node: row(entry) });
      this.list.prepend(this.#rows.at(-1).node);
    }
    for (const { node } of this.#rows.splice(0, this.#rows.length - KEPT)) node.remove();
    this.empty.hidden = this.#rows.length > 0;
    this.#filter();
  }

  #offer(method) {
    if ([...this.method.options].some((option) => option.value === method)) return;
    this.method.append(make("option", { value: method }, method));
  }

  #filter() {
    for (const { entry, node } of this.#rows) {
      const otherMethod = this.method.value && entry.method !== this.method.value;
      node.hidden = Boolean(otherMethod) || (this.errorsOnly.checked && entry.ok);
    }
  }

  #redraw() {
    for (const drawn of this.#rows) {
      const fresh = row(drawn.entry);
      drawn.node.replaceWith(fresh);
      drawn.node = fresh;
    }
    this.#filter();
  }
}

function row(entry) {
  const at = new Date(entry.at);
  const who = phoneById(entry.params?.chat_id)?.name ?? entry.params?.chat_id;
  const more = make("details", { ontoggle: () => more.open && more.childElementCount === 1 && more.append(json(entry)) },
    make("summary", {},
      make("time", { datetime: entry.at, title: shortDay(at, zone(), "en") }, hourAndMinute(at, zone())),
      make("strong", {}, entry.method),
      who !== undefined && make("span", { class: "to" }, `→ ${who}`),
      make("span", { class: "outcome" }, outcome(entry))));
  return make("li", { class: entry.ok ? "entry" : "entry failed", "data-seq": entry.seq }, more);
}

function outcome(entry) {
  const fault = entry.fault ? ` · ${entry.fault.kind ?? entry.fault}` : "";
  return (entry.ok ? "ok" : `${entry.error_code ?? entry.status ?? word("none")} ${entry.description ?? ""}`) + fault;
}

function json(entry) {
  return make("pre", { tabindex: "0" }, JSON.stringify(entry, null, 2));
}
