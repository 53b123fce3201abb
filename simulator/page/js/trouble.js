/** For developers: faults that the bot's next calls meet, Telegram's limits, and emptying the world. */

import { askForm, field } from "./dialog.js";
import { make } from "./dom.js";
import { isOpen } from "./drawer.js";
import { onSettings, word } from "./settings.js";
import { stage } from "./stage.js";
import { state } from "./state.js";
import { attempt, toast } from "./toast.js";

const KINDS = [
  "retry_after", "blocked", "deactivated", "chat_not_found", "migrated",
  "server_error", "timeout_before", "timeout_after", "disconnect_after",
];
const METHODS = [
  "sendMessage", "sendPhoto", "sendVoice", "sendDocument", "sendChatAction", "editMessageText", "editMessageReplyMarkup",
  "deleteMessage", "answerCallbackQuery", "getUpdates", "getMe", "getFile", "setMyCommands", "setWebhook",
];
const EXTRA = { retry_after: ["retry_after"], timeout_before: ["seconds"], timeout_after: ["seconds"], migrated: ["new_chat_id"] };
const NUMBERS = ["chat_id", "times", "after", "retry_after", "seconds", "new_chat_id"];

export class TroublePanel {
  key = "trouble";

  constructor(onReset) {
    this.onReset = onReset;
    this.element = make("div", { class: "panel" });
    onSettings(() => this.#draw());
  }

  opened() {
    this.#draw();
    this.refresh();
  }

  async refresh() {
    if (!isOpen(this)) return;
    const answer = await attempt(stage.faults());
    if (answer) this.#list(answer.faults ?? answer);
  }

  #draw() {
    this.waiting = make("ul", { class: "faults" });
    this.element.replaceChildren(
      make("p", { class: "faint" }, word("troubleText")), this.#form(),
      make("section", {}, make("h3", {}, word("faultsNow")), this.waiting, button(word("clear"), () => this.#clear())),
      make("section", {}, this.#limits()),
      make("section", {}, this.#deactivate(), button(word("reset"), () => this.#reset(), "danger")));
    this.refresh();
  }

  #form() {
    const kind = select("kind", KINDS.map((name) => [name, name]));
    const extra = Object.fromEntries(["retry_after", "seconds", "new_chat_id"].map((name) => [name, numberField(name)]));
    const showExtra = () => {
      for (const [name, label] of Object.entries(extra)) label.hidden = !(EXTRA[kind.value] ?? []).includes(name);
    };
    kind.addEventListener("change", showExtra);
    showExtra();
    return make("form", { class: "fault-form", onsubmit: (event) => this.#inject(event) },
      field(word("kind"), kind),
      field(word("method"), select("method", [["", word("anyMethod")], ...METHODS.map((name) => [name, name])])),
      field(word("toPhone"), select("chat_id", [["", word("anyMethod")], ...state().phones.map(({ id, name }) => [id, name])])),
      numberField("times", 1), numberField("after", 0), Object.values(extra),
      make("button", { type: "submit", class: "primary", "data-testid": "inject" }, word("inject")));
  }

  async #inject(event) {
    event.preventDefault();
    if (await attempt(stage.addFault(fault(new FormData(event.target))))) this.refresh();
  }

  async #clear() {
    if (await attempt(stage.clearFaults())) this.refresh();
  }

  #limits() {
    const box = make("input", {
      type: "checkbox", "data-testid": "limits", checked: Boolean(state().limits),
      onchange: async () => {
        if (!(await attempt(stage.limits(box.checked)))) box.checked = !box.checked;
      },
    });
    return make("label", { class: "check" }, box, make("span", {}, word("limits")));
  }

  #deactivate() {
    const who = select("who", state().phones.map(({ id, name }) => [id, name]));
    const run = () => who.value && attempt(stage.deactivate(who.value));
    return make("div", { class: "with-button" }, who, button(word("deactivate"), run, "danger"));
  }

  async #reset() {
    const sure = await askForm(word("reset"), [make("p", {}, word("resetSure"))], word("reset"));
    if (!sure || !(await attempt(stage.reset()))) return;
    this.onReset();
    toast(word("done"));
  }

  #list(faults) {
    const rows = faults.map((one) => make("li", {}, make("code", {}, summary(one))));
    this.waiting.replaceChildren(...(rows.length ? rows : [make("li", { class: "faint" }, word("none"))]));
  }
}

function fault(form) {
  const filled = [...form].filter(([, value]) => value !== "");
  return Object.fromEntries(filled.map(([name, value]) => [name, NUMBERS.includes(name) ? Number(value) : value]));
}

function summary({ kind, method, chat_id: chat, times }) {
  return [kind, method, chat && `→ ${chat}`, times && `× ${times}`].filter(Boolean).join(" ");
}

function select(name, choices) {
  return make("select", { name, "aria-label": name, "data-testid": `fault-${name}` },
    choices.map(([value, text]) => make("option", { value }, text)));
}

function numberField(name, value) {
  const text = { times: "times", after: "after", new_chat_id: "newChat" }[name] ?? "seconds";
  return field(word(text), make("input", { type: "number", name, value }));
}

function button(text, run, kind = "plain") {
  return make("button", { type: "button", class: kind, onclick: run }, text);
}
