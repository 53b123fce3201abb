/** One message as people see it: bubble, words, hour, and its buttons. */

import { make } from "./dom.js";
import { richText } from "./entities.js";
import { inlineKeyboard } from "./keyboards.js";
import { media } from "./media.js";
import { hourAndMinute } from "./times.js";
import { wordIn } from "./words.js";

/** `reader` is `{phoneId, language, zone, say}`; `find` gives an earlier message of the same chat. */
export function bubble(message, reader, find) {
  const carried = media(message, reader);
  const body = make("div", { class: message.photo ? "bubble with-photo" : "bubble" },
    forwardedFrom(message, reader), quote(message, find), carried, words(message, reader), signature(message, reader));
  return make("li", { class: message.outgoing ? "message bot" : "message own", "data-message-id": message.message_id },
    body, inlineKeyboard(message, reader));
}

function words(message, reader) {
  const text = message.text ?? message.caption;
  if (!text) return null;
  const entities = message.text ? message.entities : message.caption_entities;
  return make("div", { class: "words", dir: "auto" }, richText(text, entities, reader));
}

function signature(message, reader) {
  const sent = new Date(message.date * 1000);
  return make("span", { class: "signature" },
    message.edited && make("span", { class: "edited" }, wordIn(reader.language, "edited")),
    make("time", { datetime: sent.toISOString() }, hourAndMinute(sent, reader.zone)));
}

function forwardedFrom(message, reader) {
  return message.forward_origin ? make("p", { class: "forwarded" }, wordIn(reader.language, "forwarded")) : null;
}

function quote(message, find) {
  const id = message.reply_to_message?.message_id;
  const earlier = id && (find(id) ?? message.reply_to_message);
  if (!earlier) return null;
  return make("p", { class: "quote" }, earlier.text ?? earlier.caption ?? "…");
}
