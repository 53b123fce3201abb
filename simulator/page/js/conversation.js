/** The messages of one chat: kept in order, redrawn only where they changed, never losing the reader's place. */

import { bubble } from "./bubble.js";
import { arrange, make, setText } from "./dom.js";
import { icon } from "./icons.js";
import { zone } from "./settings.js";
import { dayKey, dayTitle } from "./times.js";
import { wordIn } from "./words.js";

const NEAR = 48;

export class Conversation {
  #drawn = new Map();
  #messages = [];
  #atEnd = true;
  #seen = null;
  #inView = false;
  #top = 0;

  constructor({ phoneId, name, language, say, onUnread }) {
    this.reader = { phoneId, language, say, zone: zone() };
    this.onUnread = onUnread;
    this.list = make("ol");
    this.scroller = make("div", {
      class: "scroller", tabindex: "0", role: "log", "aria-label": wordIn(language, "conversation", { name }),
      onscroll: () => this.#scrolled(),
    }, this.list);
    this.count = make("span", { class: "count" });
    this.down = make("button", {
      type: "button", class: "to-newest", hidden: true, "aria-label": wordIn(language, "toNewest"), onclick: () => this.toEnd(),
    }, icon("down"), this.count);
    this.element = make("div", { class: "conversation" }, this.scroller, this.down);
    const sizes = new ResizeObserver(() => this.#settle());
    sizes.observe(this.scroller);
    sizes.observe(this.list);
  }

  update(messages) {
    this.reader = { ...this.reader, zone: zone() };
    this.#messages = messages.filter((message) => !message.deleted);
    this.#seen ??= this.#messages.at(-1)?.message_id ?? 0;
    arrange(this.list, this.#rows());
    this.#settle();
  }

  toEnd() {
    this.#atEnd = true;
    this.#settle();
  }

  /** Whether somebody can see this chat now: folded or scrolled away it gathers unread messages. */
  setInView(inView) {
    this.#inView = inView;
    this.#settle();
  }

  #rows() {
    const rows = [];
    const keep = new Map();
    let day = null;
    for (const message of this.#messages) {
      const sent = new Date(message.date * 1000);
      const its = dayKey(sent, this.reader.zone);
      if (its !== day) rows.push(this.#row(keep, `day ${its}`, its, () => this.#separator(sent)));
      day = its;
      const looks = JSON.stringify([message, this.reader.zone]);
      rows.push(this.#row(keep, message.message_id, looks, () => bubble(message, this.reader, (id) => this.#find(id))));
    }
    this.#drawn = keep;
    return rows;
  }

  #row(keep, key, looks, draw) {
    const before = this.#drawn.get(key);
    const row = before?.looks === looks ? before : { looks, node: redrawn(before?.node, draw()) };
    keep.set(key, row);
    return row.node;
  }

  #separator(sent) {
    return make("li", { class: "separator" }, make("span", {}, dayTitle(sent, this.reader.zone, this.reader.language)));
  }

  #find(id) {
    return this.#messages.find((message) => message.message_id === id);
  }

  #scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    if (clientHeight === 0) return;
    // A scroll that only followed a change of layout says nothing about where she wants to be: moving up does.
    if (scrollHeight - scrollTop - clientHeight < NEAR) this.#atEnd = true;
    else if (scrollTop < this.#top) this.#atEnd = false;
    this.#top = scrollTop;
    this.#countUnread();
  }

  #settle() {
    if (this.#atEnd) this.scroller.scrollTop = this.scroller.scrollHeight;
    this.#countUnread();
  }

  #countUnread() {
    const newest = this.#messages.at(-1)?.message_id ?? 0;
    if (this.#atEnd && this.#inView) this.#seen = newest;
    const unread = this.#messages.filter((message) => message.outgoing && message.message_id > this.#seen).length;
    setText(this.count, unread ? String(unread) : "");
    this.down.hidden = this.#atEnd;
    this.onUnread(unread);
  }
}

/** Puts a new drawing in the old one's place, with the focus on the same button as before. */
function redrawn(old, fresh) {
  if (!old) return fresh;
  const focused = old.contains(document.activeElement) ? document.activeElement.dataset : null;
  old.replaceWith(fresh);
  if (focused?.row) fresh.querySelector(`[data-row="${focused.row}"][data-column="${focused.column}"]`)?.focus();
  fresh.classList.add("still");
  return fresh;
}
