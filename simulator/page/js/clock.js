/** The clock of the simulated world: what time it is there, and the buttons that let time pass. */

import { askForm, field } from "./dialog.js";
import { make, setText } from "./dom.js";
import { icon } from "./icons.js";
import { language, onSettings, word, zone } from "./settings.js";
import { stage } from "./stage.js";
import { state } from "./state.js";
import { dayTitle, hourAndMinute, instantAt, shortDay, wallClock } from "./times.js";
import { attempt } from "./toast.js";

const MOVES = [
  ["move-next", "moveNext", { until: "next_message" }],
  ["move-day", "moveDay", { days: 1 }],
  ["move-week", "moveWeek", { days: 7 }],
  ["move-month", "moveMonth", { months: 1 }],
];

export class ClockView {
  #from = null;

  constructor() {
    this.hour = make("strong", { class: "hour" });
    this.day = make("span", { class: "day" });
    this.progress = make("span", { class: "progress", hidden: true }, make("span", { class: "bar" }));
    this.face = make("div", { class: "clock-now", "data-testid": "clock-now", "data-moving": "false", role: "timer" },
      this.hour, this.day, this.progress);
    this.buttons = [...MOVES.map(([id, text, where]) => moveButton(id, text, () => this.#move(where))), this.#dateButton()];
    this.moves = make("div", { class: "moves", role: "group", "data-word-label": "clock" }, this.buttons);
    this.hint = make("p", { class: "hint", hidden: true });
    onSettings(() => state().clock && this.update(state().clock));
  }

  update(clock) {
    const now = new Date(clock.now);
    this.face.dataset.now = clock.now;
    this.face.dataset.moving = Boolean(clock.moving);
    setText(this.hour, hourAndMinute(now, zone()));
    setText(this.day, clock.moving ? word("moving", { day: shortDay(now, zone(), language()) }) : dayTitle(now, zone(), language()));
    for (const button of this.buttons) button.disabled = Boolean(clock.moving);
    this.#updateProgress(clock, now);
    this.hint.hidden = Boolean(clock.follower);
    this.hint.replaceChildren(...withCode(word("noFollower")));
  }

  #updateProgress(clock, now) {
    if (!clock.moving) this.#from = null;
    else this.#from ??= now;
    const whole = clock.target && this.#from ? new Date(clock.target) - this.#from : 0;
    this.progress.hidden = !clock.moving;
    this.progress.classList.toggle("endless", clock.moving && whole <= 0);
    this.progress.style.setProperty("--done", whole > 0 ? Math.min(1, (now - this.#from) / whole) : 0);
  }

  async #move(where) {
    for (const button of this.buttons) button.disabled = true;
    const clock = await attempt(stage.move(where));
    if (!clock && state().clock) this.update(state().clock);
  }

  #dateButton() {
    return moveButton("move-date", "moveDate", () => this.#askDate());
  }

  async #askDate() {
    const today = wallClock(new Date(state().clock.now), zone());
    const input = make("input", {
      type: "datetime-local", name: "when", required: true, min: today, value: today, "data-testid": "move-date-input",
    });
    const answers = await askForm(word("moveDate"), [field(word("moveWhen", { zone: zone() }), input)], word("moveGo"));
    if (answers) await this.#move({ to: instantAt(answers.get("when").slice(0, 16), zone()) });
  }
}

function moveButton(testId, text, run) {
  const picture = { "move-next": "next", "move-date": "calendar" }[testId];
  return make("button", { type: "button", "data-testid": testId, onclick: run },
    picture && icon(picture), make("span", { "data-word": text }));
}

/** Words between back-ticks are typed by hand and look so. */
function withCode(sentence) {
  return sentence.split("`").map((part, index) => (index % 2 ? make("code", {}, part) : part));
}
