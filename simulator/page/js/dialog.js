/** Windows that ask something: choices, small forms and enlarged photos. */

import { make } from "./dom.js";
import { icon } from "./icons.js";
import { word } from "./settings.js";

/** Shows `fields` and waits: the FormData when it is submitted, null when it is closed. */
export function askForm(title, fields, submitText) {
  const confirm = make("button", { type: "submit", class: "primary", "data-testid": "dialog-submit" }, submitText);
  const cancel = make("button", { type: "button", class: "plain", onclick: () => window.close() }, word("cancel"));
  const form = make("form", { method: "dialog" }, fields, make("div", { class: "actions" }, cancel, confirm));
  const window = frame(title, form);
  return shown(window, (settle) => form.addEventListener("submit", () => settle(new FormData(form))));
}

/** Offers choices `{value, text, detail?, lang?}` as large buttons and waits for one. */
export function askChoice(title, choices) {
  const buttons = choices.map(({ value, text, detail }) =>
    make("button", { type: "button", class: "choice", value, "data-testid": "choice", "data-choice": value },
      make("strong", {}, text), detail && make("span", {}, detail)));
  const window = frame(title, make("div", { class: "choices" }, buttons));
  return shown(window, (settle) => {
    for (const [index, button] of buttons.entries()) {
      button.addEventListener("click", () => settle(choices[index].value));
    }
  });
}

export function showPicture(address, description) {
  const picture = make("img", { src: address, alt: description });
  shown(frame(description, make("div", { class: "picture" }, picture), "lightbox"), () => {});
}

/** The alert with which a bot may answer a tap. */
export function showAlert(title, text) {
  shown(frame(title, make("p", { class: "alert-text" }, text)), () => {});
}

export function field(labelText, control, hint) {
  return make("label", { class: "field" }, make("span", {}, labelText, hint && make("small", {}, ` (${hint})`)), control);
}

function frame(title, body, kind = "") {
  const close = make("button", { type: "button", class: "icon-button", "aria-label": word("close"), onclick: () => window.close() },
    icon("close"));
  const window = make("dialog", { class: kind, "aria-label": title }, make("header", {}, make("h2", {}, title), close), body);
  window.addEventListener("click", (event) => event.target === window && window.close());
  return window;
}

function shown(window, listen) {
  return new Promise((resolve) => {
    let answer = null;
    listen((value) => {
      answer = value;
      window.close();
    });
    window.addEventListener("close", () => {
      window.remove();
      resolve(answer);
    });
    document.body.append(window);
    window.showModal();
  });
}
