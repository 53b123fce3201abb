/** Telegram's entities as elements: offsets count UTF-16 units, just as strings do here. */

import { make } from "./dom.js";
import { linkNode } from "./links.js";
import { wordIn } from "./words.js";

const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code" };
const ADDRESS = /(?:https?:\/\/|\bt\.me\/)[\w\-./?=&#%+:~@!$,;]*[\w/=#%-]/gi;

/** Nodes for a text with its entities; `reader` is `{phoneId, language, say}`: who reads and how she sends a command. */
export function richText(text, entities, reader) {
  const ordered = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return section(text, { start: 0, end: text.length }, ordered, reader);
}

function section(text, { start, end }, entities, reader) {
  const nodes = [];
  let at = start;
  let rest = entities;
  while (rest.length) {
    const [first, ...others] = rest;
    const from = Math.max(first.offset, at);
    const to = Math.min(first.offset + first.length, end);
    const inner = others.filter((other) => other.offset < to);
    rest = others.filter((other) => other.offset >= to);
    if (to <= from) continue;
    nodes.push(...plain(text.slice(at, from), reader));
    nodes.push(styled(first, text, { start: from, end: to }, inner, reader));
    at = to;
  }
  return [...nodes, ...plain(text.slice(at, end), reader)];
}

function styled(entity, text, range, inner, reader) {
  const words = text.slice(range.start, range.end);
  if (entity.type === "url") return linkNode(words, absolute(words), reader);
  const children = isVerbatim(entity) ? [words] : section(text, range, inner, reader);
  if (entity.type in TAGS) return make(TAGS[entity.type], {}, children);
  return special(entity, words, children, reader);
}

function special(entity, words, children, reader) {
  switch (entity.type) {
    case "text_link": return linkNode(children, entity.url, reader);
    case "email": return linkNode(words, `mailto:${words}`, reader);
    case "phone_number": return linkNode(words, `tel:${words.replace(/[^+\d]/g, "")}`, reader);
    case "bot_command": return make("button", { type: "button", class: "in-text", onclick: () => reader.say(words) }, words);
    case "spoiler": return spoiler(children, reader);
    case "pre": return make("pre", { "data-language": entity.language }, make("code", {}, words));
    case "blockquote":
    case "expandable_blockquote": return make("blockquote", {}, children);
    default: return make("span", { class: entity.type.replaceAll("_", "-") }, children);
  }
}

function isVerbatim(entity) {
  return ["code", "pre", "bot_command", "email", "phone_number"].includes(entity.type);
}

function spoiler(children, reader) {
  const reveal = () => {
    cover.classList.add("revealed");
    for (const name of ["role", "tabindex", "aria-label"]) cover.removeAttribute(name);
  };
  const cover = make("span", {
    class: "spoiler",
    role: "button",
    tabindex: "0",
    "aria-label": wordIn(reader.language, "reveal"),
    onclick: reveal,
    onkeydown: (event) => (event.key === "Enter" || event.key === " ") && reveal(),
  }, make("span", {}, children));
  return cover;
}

/** Text without entities; addresses in it may still be followed. */
function plain(text, reader) {
  const nodes = [];
  let at = 0;
  for (const match of text.matchAll(ADDRESS)) {
    nodes.push(text.slice(at, match.index), linkNode(match[0], absolute(match[0]), reader));
    at = match.index + match[0].length;
  }
  nodes.push(text.slice(at));
  return nodes.filter((node) => node !== "");
}

function absolute(words) {
  return /^[a-z][a-z\d+.-]*:/i.test(words) ? words : `https://${words}`;
}
