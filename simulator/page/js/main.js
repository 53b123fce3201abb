/** Puts the page together: bar, phones, tabs and drawer, all drawn from the one state. */

import { addPhoneButton, emptyRoom } from "./add_phone.js";
import { ClockView } from "./clock.js";
import { arrange, make } from "./dom.js";
import { drawerButton } from "./drawer.js";
import { icon } from "./icons.js";
import { JournalPanel } from "./journal.js";
import { PhoneView } from "./phone.js";
import { applySettings, onSettings, settingSelectors, translate, word } from "./settings.js";
import { follow, onConnection, onState, redraw } from "./state.js";
import { Tabs } from "./tabs.js";
import { TroublePanel } from "./trouble.js";

const room = document.getElementById("phones");
const views = new Map();
const shown = new Set();
const tabs = new Tabs(document.getElementById("tabs"));
const clock = new ClockView();
const journal = new JournalPanel();
const trouble = new TroublePanel(() => journal.forget());
const empty = emptyRoom();
const lost = make("p", { class: "lost", role: "status", hidden: true });

const watcher = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) shown[isIntersecting ? "add" : "delete"](Number(target.dataset.phoneId));
  tabs.setShown(shown);
}, { root: room, threshold: 0.6 });

function view(phone) {
  if (!views.has(phone.id)) {
    const fresh = new PhoneView(phone, (id, count) => tabs.setUnread(id, count));
    views.set(phone.id, fresh);
    watcher.observe(fresh.element);
  }
  return views.get(phone.id);
}

function forgetOthers(phones) {
  for (const [id, { element }] of views) {
    if (phones.some((phone) => phone.id === id)) continue;
    watcher.unobserve(element);
    views.delete(id);
    shown.delete(id);
  }
}

function draw({ clock: time, bots, phones }) {
  forgetOthers(phones);
  tabs.update(phones);
  arrange(room, phones.length ? phones.map((phone) => view(phone).element) : [empty]);
  for (const phone of phones) view(phone).update(phone, bots[0], time && new Date(time.now));
  tabs.setShown(shown);
  if (time) clock.update(time);
  trouble.refresh();
}

function buildBar() {
  const bar = document.getElementById("topbar");
  const more = make("button", {
    type: "button", class: "icon-button more", "data-testid": "more", "data-word-label": "more", "aria-expanded": "false",
    onclick: () => more.setAttribute("aria-expanded", bar.classList.toggle("open")),
  }, icon("more"));
  const tools = make("div", { class: "tools" },
    addPhoneButton(), drawerButton(journal, "list"), drawerButton(trouble, "storm"), settingSelectors());
  bar.append(make("h1", {}, make("img", { src: "/page/icon.svg", alt: "", width: 28, height: 28 }), make("span", {}, "Cradle")),
    clock.face, clock.moves, tools, more, clock.hint, lost);
}

function showConnection(connected) {
  lost.hidden = connected;
  lost.textContent = connected ? "" : word("connectionLost");
}

buildBar();
onState(draw);
onConnection(showConnection);
onSettings(() => translate(empty));
onSettings(redraw);
applySettings();
follow();
