/** The two keyboards of Telegram: buttons under a message, and keys below the text box. */

import { answerTo } from "./answers.js";
import { showAlert } from "./dialog.js";
import { make } from "./dom.js";
import { icon } from "./icons.js";
import { followLink } from "./links.js";
import { word } from "./settings.js";
import { stage } from "./stage.js";
import { state } from "./state.js";
import { attempt, toast } from "./toast.js";

export function inlineKeyboard(message, reader) {
  const rows = message.reply_markup?.inline_keyboard ?? [];
  if (!rows.length) return null;
  return make("div", { class: "inline-keyboard" }, rows.map((row, rowIndex) =>
    make("div", { class: "row" }, row.map((button, column) =>
      inlineButton(button, { message_id: message.message_id, row: rowIndex, column }, reader)))));
}

function inlineButton(button, place, reader) {
  const element = make("button", {
    type: "button",
    "data-testid": "inline-button",
    "data-row": place.row,
    "data-column": place.column,
    onclick: () => press(element, button, place, reader),
  }, make("span", {}, button.text), button.url && icon("link"));
  return element;
}

async function press(element, button, place, reader) {
  if (button.url) return followLink(button.url, reader.phoneId);
  if (button.copy_text) return copy(button.copy_text.text);
  // The message may be drawn anew before the bot answers; the screen it stands on remains.
  const screen = element.closest(".screen");
  element.classList.add("waiting");
  const tap = await attempt(stage.tap(reader.phoneId, place));
  if (tap?.callback_query_id) show(await attempt(answerTo(tap.callback_query_id)), screen);
  element.classList.remove("waiting");
  if (tap) element.classList.add("tapped");
  return undefined;
}

function show(answer, screen) {
  if (!answer?.text) return;
  if (String(answer.show_alert).toLowerCase() === "true") showAlert(state().bots[0]?.name ?? "", answer.text);
  else toast(answer.text, "bot", screen);
}

async function copy(text) {
  await navigator.clipboard?.writeText(text);
  toast(word("copied"));
}

export function replyKeyboard(keyboard, phoneId) {
  const kind = keyboard.resize_keyboard ? "reply-keyboard" : "reply-keyboard tall";
  return make("div", { class: kind, role: "group" }, keyboard.keyboard.map((row, rowIndex) =>
    make("div", { class: "row" }, row.map((key, column) =>
      make("button", {
        type: "button",
        "data-testid": "key",
        onclick: () => attempt(stage.key(phoneId, { row: rowIndex, column })),
      }, key.request_contact && icon("person"), make("span", {}, key.text ?? key))))));
}
