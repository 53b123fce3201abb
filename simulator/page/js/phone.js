/** One phone: above it who holds it, inside it the chat with the bot. */

import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { make, setText } from "./dom.js";
import { icon } from "./icons.js";
import { startScan } from "./scan.js";
import { onSettings, translate, word, zone } from "./settings.js";
import { stage } from "./stage.js";
import { hourAndMinute } from "./times.js";
import { attempt } from "./toast.js";
import { nearest, wordIn } from "./words.js";

const CHINESE = { hant: "zh-Hant", tw: "zh-Hant", hk: "zh-Hant" };

export class PhoneView {
  #inWindow = false;

  constructor(phone, onUnread) {
    this.id = phone.id;
    this.name = phone.name;
    this.language = nearest(phone.language_code);
    const say = (text) => attempt(stage.text(this.id, text));
    const shared = { phoneId: this.id, name: phone.name, language: this.language, say };
    this.conversation = new Conversation({ ...shared, onUnread: (count) => this.#unread(count, onUnread) });
    this.composer = new Composer(shared);
    this.#build(phone);
    this.#watchWindow();
    onSettings(() => this.#nameFold());
  }

  update(phone, bot, now) {
    this.phone = phone;
    setText(this.hour, now ? hourAndMinute(now, zone()) : "");
    setText(this.botName, bot?.name ?? "");
    setText(this.initial, (bot?.name ?? "?").slice(0, 1));
    setText(this.status, wordIn(this.language, phone.action ? "typing" : "bot"));
    this.status.classList.toggle("active", Boolean(phone.action));
    setText(this.about, phone.description || bot?.short_description || "");
    this.welcome.hidden = phone.chat_open || phone.messages.length > 0 || !this.about.textContent;
    this.#updateBlock(phone);
    this.composer.update(phone, phone.commands ?? bot?.commands ?? []);
    this.conversation.update(phone.messages);
  }

  #build(phone) {
    this.hour = make("span", { class: "hour" });
    this.botName = make("strong", {});
    this.initial = make("span", { class: "avatar", "aria-hidden": "true" });
    this.status = make("span", { class: "status" });
    this.about = make("p", {});
    this.welcome = make("div", { class: "welcome" }, make("strong", {}, wordIn(this.language, "canDo")), this.about);
    this.conversation.element.append(this.welcome);
    const header = make("div", { class: "chat-header" }, this.initial, make("div", { class: "who" }, this.botName, this.status));
    const notch = make("div", { class: "status-bar" }, this.hour, make("span", { class: "battery", "aria-hidden": "true" }));
    const screen = make("div", { class: "screen", lang: languageTag(phone.language_code) },
      notch, header, this.conversation.element, this.composer.element);
    this.element = make("section", {
      class: "phone", "data-phone-id": phone.id, "data-phone-label": phone.label ?? "", "aria-label": `${phone.label ?? ""} ${phone.name}`.trim(),
    }, this.#strip(phone), this.#caption(phone), make("div", { class: "case" }, screen));
    translate(this.element);
  }

  #caption(phone) {
    this.block = make("button", {
      type: "button", class: "icon-button", "data-testid": "block", "data-word-label": "block", onclick: () => this.#toggleBlock(),
    }, icon("block"));
    return make("header", { class: "caption" },
      make("div", { class: "holder", lang: languageTag(phone.language_code) }, phone.label && make("span", { class: "label" }, phone.label), make("h2", {}, phone.name)),
      make("button", {
        type: "button", class: "icon-button", "data-testid": "scan", "data-word-label": "scan", "aria-pressed": "false",
        onclick: () => startScan(this.id),
      }, icon("camera")),
      this.block,
      make("button", {
        type: "button", class: "icon-button fold", "data-testid": "fold", "data-word-label": "fold", onclick: () => this.#fold(true),
      }, icon("fold")));
  }

  /** What remains of a folded phone: a strip with the name and what is unread. */
  #strip(phone) {
    this.badge = make("span", { class: "unread-badge" });
    this.strip = make("button", { type: "button", class: "strip", "data-testid": "unfold", onclick: () => this.#fold(false) },
      icon("unfold"), this.badge, make("span", { class: "strip-name" }, [phone.label, phone.name].filter(Boolean).join(" · ")));
    this.#nameFold();
    return this.strip;
  }

  #nameFold() {
    this.strip.setAttribute("aria-label", word("unfold", { name: this.name }));
    if (this.phone) this.#updateBlock(this.phone);
  }

  #fold(folded) {
    this.element.classList.toggle("folded", folded);
    this.#tellView();
  }

  #toggleBlock() {
    return attempt(this.phone.blocked ? stage.unblock(this.id) : stage.block(this.id));
  }

  #updateBlock(phone) {
    const label = phone.blocked ? "unblock" : "block";
    this.block.dataset.wordLabel = label;
    this.block.setAttribute("aria-label", word(label));
    this.block.title = word(label);
    this.block.setAttribute("aria-pressed", phone.blocked);
    this.block.disabled = phone.deactivated || !phone.chat_open;
    this.element.classList.toggle("is-blocked", phone.blocked);
  }

  #unread(count, onUnread) {
    setText(this.badge, count ? String(count) : "");
    onUnread(this.id, count);
  }

  #watchWindow() {
    const watcher = new IntersectionObserver(([entry]) => {
      this.#inWindow = entry.isIntersecting;
      this.#tellView();
    }, { threshold: 0.5 });
    watcher.observe(this.element);
  }

  #tellView() {
    this.conversation.setInView(this.#inWindow && !this.element.classList.contains("folded"));
  }
}

function languageTag(code) {
  const [primary, rest] = String(code ?? "en").toLowerCase().split(/[-_]/);
  return primary === "zh" ? CHINESE[rest] ?? "zh-Hans" : primary;
}
