/** The foot of a phone: text box and keys in an open chat, or the one large button that opens it. */

import { attachments } from "./attach.js";
import { make, setText } from "./dom.js";
import { icon } from "./icons.js";
import { replyKeyboard } from "./keyboards.js";
import { popupButton } from "./popup.js";
import { stage } from "./stage.js";
import { attempt } from "./toast.js";
import { wordIn } from "./words.js";

export class Composer {
  #commands = [];
  #keyboard = "null";
  #folded = false;

  constructor({ phoneId, language, say }) {
    Object.assign(this, { phoneId, language, say });
    this.box = make("textarea", {
      rows: "1", "data-testid": "compose", "aria-label": this.#word("compose"), autocomplete: "off",
      onkeydown: (event) => this.#key(event),
    });
    this.keysToggle = this.#button("keys", "showKeys", { hidden: true, onclick: () => this.#fold() });
    this.keys = make("div", { class: "keys" });
    this.popups = make("div", { class: "popups" });
    this.row = make("form", { class: "composer", onsubmit: (event) => this.#submit(event) },
      this.#menuButton(), this.#clipButton(), this.box, this.keysToggle,
      this.#button("send", "send", { type: "submit", class: "icon-button send", "data-testid": "send" }));
    this.large = make("button", { type: "button", class: "large", onclick: () => this.#pressLarge() });
    this.gone = make("p", { class: "gone" }, this.#word("gone"));
    this.element = make("div", { class: "foot" }, this.popups, this.row, this.keys, this.large, this.gone);
  }

  update(phone, commands) {
    this.#commands = commands;
    const isOpen = phone.chat_open && !phone.blocked && !phone.deactivated;
    this.blocked = phone.blocked;
    this.row.hidden = !isOpen;
    this.gone.hidden = !phone.deactivated;
    this.large.hidden = isOpen || phone.deactivated;
    this.#updateLarge(phone.blocked);
    this.#updateKeys(isOpen ? phone.keyboard : null);
  }

  #updateLarge(blocked) {
    setText(this.large, this.#word(blocked ? "restart" : "start"));
    if (this.large.hidden) delete this.large.dataset.testid;
    else this.large.dataset.testid = blocked ? "unblock" : "start";
  }

  #word(key) {
    return wordIn(this.language, key);
  }

  #button(picture, label, attributes) {
    return make("button", { type: "button", class: "icon-button", "aria-label": this.#word(label), title: this.#word(label), ...attributes },
      icon(picture));
  }

  #menuButton() {
    const button = make("button", { type: "button", class: "menu-button", "data-testid": "commands", "aria-label": this.#word("commands") },
      icon("menu"));
    popupButton(button, this.popups, () => this.#commandEntries());
    return button;
  }

  #clipButton() {
    const button = this.#button("clip", "attach", { "data-testid": "attach" });
    popupButton(button, this.popups, () => attachments(this.phoneId, this.language));
    return button;
  }

  #commandEntries() {
    if (!this.#commands.length) return [{ node: this.#word("noCommands"), run: () => {} }];
    return this.#commands.map(({ command, description }) => ({
      node: make("span", { class: "command" }, make("strong", {}, `/${command}`), make("span", {}, description)),
      run: () => this.say(`/${command}`),
    }));
  }

  /** Enter sends, but not the Enter that ends a Vietnamese or Chinese input method's word. */
  #key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.row.requestSubmit();
  }

  async #submit(event) {
    event.preventDefault();
    const text = this.box.value;
    if (!text.trim()) return;
    this.box.value = "";
    const sent = await this.say(text);
    if (!sent && !this.box.value) this.box.value = text;
  }

  #pressLarge() {
    return this.blocked ? attempt(stage.unblock(this.phoneId)) : this.say("/start");
  }

  #updateKeys(keyboard) {
    this.box.placeholder = keyboard?.input_field_placeholder || this.#word("compose");
    const looks = JSON.stringify(keyboard ?? null);
    if (looks === this.#keyboard) return;
    this.#keyboard = looks;
    this.#folded = false;
    this.keys.replaceChildren(...(keyboard?.keyboard ? [replyKeyboard(keyboard, this.phoneId)] : []));
    this.#showKeys();
  }

  #fold() {
    this.#folded = !this.#folded;
    this.#showKeys();
  }

  #showKeys() {
    const any = this.keys.childElementCount > 0;
    this.keysToggle.hidden = !any;
    this.keysToggle.setAttribute("aria-expanded", any && !this.#folded);
    this.keys.hidden = !any || this.#folded;
  }
}
