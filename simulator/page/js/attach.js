/** The paper clip: photos, voice messages, documents and contacts that a phone sends. */

import { askChoice, askForm, field } from "./dialog.js";
import { make } from "./dom.js";
import { icon } from "./icons.js";
import { word } from "./settings.js";
import { stage } from "./stage.js";
import { phoneById, state } from "./state.js";
import { attempt } from "./toast.js";
import { wordIn } from "./words.js";

const ACCEPT = { photo: "image/*", voice: "audio/*,.ogg,.oga,.opus", document: "" };

export function attachments(phoneId, language) {
  const kinds = Object.keys(ACCEPT).map((kind) => entry(kind, language, () => sendFile(phoneId, kind)));
  return [...kinds, entry("contact", language, () => shareContact(phoneId))];
}

function entry(kind, language, run) {
  const picture = icon(kind === "contact" ? "person" : kind);
  return { node: make("span", { class: "with-icon", "data-attach": kind }, picture, wordIn(language, kind)), run };
}

async function sendFile(phoneId, kind) {
  const answers = await askForm(word(kind), [
    field(word("choose"), make("input", { type: "file", name: "file", accept: ACCEPT[kind], required: true })),
    field(word("caption"), make("input", { name: "caption", maxlength: "1024", autocomplete: "off" }), word("optional")),
  ], word("send"));
  if (answers) await attempt(stage.file(phoneId, { kind, file: answers.get("file"), caption: answers.get("caption") }));
}

async function shareContact(phoneId) {
  const whose = await askChoice(word("whose"), [
    { value: "own", text: phoneById(phoneId).name, detail: word("own") },
    ...state().phones.filter((phone) => phone.id !== phoneId).map((phone) =>
      ({ value: phone.id, text: phone.name, detail: phone.label })),
    { value: "stranger", text: word("stranger") },
  ]);
  if (whose === null) return;
  const person = whose === "stranger" ? {} : phoneById(whose === "own" ? phoneId : whose);
  const contact = person.phone_number ? known(person) : await askContact(person);
  if (contact) await attempt(stage.contact(phoneId, contact));
}

function known(person) {
  return { phone_number: person.phone_number, first_name: person.name, user_id: person.id };
}

async function askContact(person) {
  const answers = await askForm(word("contact"), [
    field(word("name"), make("input", { name: "first_name", required: true, value: person.name, autocomplete: "off" })),
    field(word("phoneNumber"), make("input", { name: "phone_number", type: "tel", required: true, autocomplete: "off" })),
  ], word("send"));
  return answers && { ...Object.fromEntries(answers), ...(person.id ? { user_id: person.id } : {}) };
}
