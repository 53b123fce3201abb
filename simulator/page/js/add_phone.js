/** Adding people: one by a small form, or the usual four at once. */

import { askForm, field } from "./dialog.js";
import { make } from "./dom.js";
import { icon } from "./icons.js";
import { showPhone } from "./links.js";
import { language, word } from "./settings.js";
import { stage } from "./stage.js";
import { refresh } from "./state.js";
import { attempt } from "./toast.js";
import { LANGUAGES } from "./words.js";

const CODES = { en: "en", vi: "vi", zh: "zh-hans" };
const FOUR = {
  vi: [["volunteer", "Minh"], ["mother", "Lan"], ["father", "Tuấn"], ["nurse", "Hoa"]],
  zh: [["volunteer", "小敏"], ["mother", "兰"], ["father", "建国"], ["nurse", "华"]],
};

export function addPhoneButton() {
  return make("button", {
    type: "button", class: "tool", "data-testid": "add-phone", "data-word-label": "addPhoneTitle", onclick: addPhone,
  }, icon("plus"), make("span", { "data-word": "addPhone" }));
}

export function emptyRoom() {
  return make("div", { class: "empty" },
    make("h2", { "data-word": "emptyTitle" }), make("p", { "data-word": "emptyText" }),
    make("button", { type: "button", class: "primary", "data-testid": "add-four", "data-word": "addFour", onclick: addFour }));
}

async function addPhone() {
  const languages = Object.entries(LANGUAGES).map(([tag, name]) =>
    make("option", { value: CODES[tag], selected: tag === language() }, name));
  const answers = await askForm(word("addPhoneTitle"), [
    field(word("name"), make("input", { name: "name", required: true, maxlength: "64", autocomplete: "off" })),
    field(word("label"), make("input", { name: "label", maxlength: "40", autocomplete: "off" }), word("optional")),
    field(word("phoneLanguage"), make("select", { name: "language_code" }, languages)),
    field(word("phoneNumber"), make("input", { name: "phone_number", type: "tel", autocomplete: "off" }), word("optional")),
  ], word("add"));
  if (!answers) return;
  const filled = Object.fromEntries([...answers].filter(([, value]) => value !== ""));
  const phone = await attempt(stage.addPhone(filled));
  if (!phone) return;
  await refresh();
  showPhone(phone.id);
}

async function addFour() {
  const place = language() === "zh" ? "zh" : "vi";
  for (const [label, name] of FOUR[place]) {
    await attempt(stage.addPhone({ name, label: word(label), language_code: CODES[place] }));
  }
}
