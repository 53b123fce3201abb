/** What a message carries besides words: photos, sound, files and contacts. */

import { showPicture } from "./dialog.js";
import { make } from "./dom.js";
import { icon } from "./icons.js";
import { isScanning, scanMessage } from "./scan.js";
import { fileAddress } from "./stage.js";
import { wordIn } from "./words.js";

const KNOWN = ["text", "photo", "voice", "document", "contact"];

/** The part of the bubble above its words, or null when the message is words only. */
export function media(message, reader) {
  if (message.photo && message.file) return photo(message, reader);
  if (message.voice && message.file) return voice(message, reader);
  if (message.document && message.file) return documentCard(message, reader);
  if (message.contact) return contactCard(message.contact);
  if (KNOWN.some((kind) => kind in message)) return null;
  return make("p", { class: "other-kind" }, wordIn(reader.language, "otherKind"));
}

function photo(message, reader) {
  const size = message.photo.at(-1);
  const description = message.caption || wordIn(reader.language, "photo");
  const picture = make("img", { src: fileAddress(message.file), alt: description, width: size.width, height: size.height });
  return make("button", {
    type: "button",
    class: "photo scannable",
    "data-testid": "photo",
    "aria-label": `${wordIn(reader.language, "enlarge")}: ${description}`,
    onclick: () => pickOr(message, reader, () => showPicture(fileAddress(message.file), description)),
  }, picture);
}

function voice(message, reader) {
  const label = wordIn(reader.language, "voice");
  return make("div", { class: "voice" }, icon("voice"),
    make("audio", { controls: true, preload: "metadata", src: fileAddress(message.file), "aria-label": label }));
}

function documentCard(message, reader) {
  const { file_name: name, mime_type: type } = message.file;
  const isPicture = String(type).startsWith("image/");
  const title = name ?? wordIn(reader.language, "document");
  const card = make("a", { class: "document", href: fileAddress(message.file), download: title },
    make("span", { class: "badge" }, icon("document")),
    make("span", { class: "file-name" }, title, make("small", {}, fileSize(message.document.file_size))));
  if (isPicture) card.classList.add("scannable");
  card.addEventListener("click", (event) => {
    if (isPicture && pickOr(message, reader, () => {})) event.preventDefault();
  });
  return card;
}

function contactCard(contact) {
  const name = [contact.first_name, contact.last_name].filter(Boolean).join(" ");
  return make("div", { class: "contact" },
    make("span", { class: "badge" }, icon("person")),
    make("span", { class: "file-name" }, name, make("small", {}, contact.phone_number)));
}

/** True when the camera of another phone is waiting for a picture: then this is the one. */
function pickOr(message, reader, otherwise) {
  const wanted = isScanning() && scanMessage(reader.phoneId, message.message_id);
  if (!wanted) otherwise();
  return wanted;
}

function fileSize(bytes) {
  if (!bytes) return "";
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
