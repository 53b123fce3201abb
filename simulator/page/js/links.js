/** Following links: those of the bot open a chat on a phone of the page, others open in the browser. */

import { askChoice } from "./dialog.js";
import { make } from "./dom.js";
import { word } from "./settings.js";
import { stage } from "./stage.js";
import { phoneById, state } from "./state.js";
import { attempt } from "./toast.js";

const SAFE = ["http:", "https:", "mailto:", "tel:"];
const TELEGRAM = ["t.me", "telegram.me", "www.t.me"];

/** A link in a text; an address that no browser should follow stays plain words. */
export function linkNode(children, address, reader) {
  const url = parsed(address);
  if (!url || !SAFE.includes(url.protocol)) return make("span", {}, children);
  return make("a", {
    href: url.href,
    target: "_blank",
    rel: "noopener noreferrer",
    onclick: (event) => {
      if (!isOfBot(url)) return;
      event.preventDefault();
      openOnPhone(url, reader.phoneId);
    },
  }, children);
}

/** A link button under a message. */
export function followLink(address, phoneId) {
  const url = parsed(address);
  if (url && isOfBot(url)) openOnPhone(url, phoneId);
  else if (url && SAFE.includes(url.protocol)) window.open(url.href, "_blank", "noopener,noreferrer");
}

export function showPhone(id) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const element = document.querySelector(`[data-phone-id="${Number(id)}"]`);
  element?.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "nearest", inline: "center" });
}

export function isOfBot(url) {
  const name = url.pathname.slice(1).replace(/\/$/, "").toLowerCase();
  return TELEGRAM.includes(url.hostname) && state().bots.some((bot) => bot.username.toLowerCase() === name);
}

async function openOnPhone(url, phoneId) {
  const id = await askChoice(word("openWhere"), phonesFrom(phoneId).map(asChoice));
  if (id === null) return;
  showPhone(id);
  await attempt(stage.open(id, `https://t.me${url.pathname}${url.search}`));

  function asChoice(phone) {
    const here = phone.id === phoneId ? ` · ${word("openHere")}` : "";
    return { value: phone.id, text: phone.name, detail: `${phone.label ?? ""}${here}` };
  }
}

function phonesFrom(phoneId) {
  const others = state().phones.filter((phone) => phone.id !== phoneId && !phone.deactivated);
  return [phoneById(phoneId), ...others];
}

function parsed(address) {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}
