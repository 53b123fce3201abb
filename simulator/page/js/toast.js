/** Short words that come and go: what went wrong, and small successes. */

import { make } from "./dom.js";

const STAY = { calm: 4000, bot: 5000, failure: 8000 };

export function toast(text, kind = "calm", place = document.getElementById("toasts")) {
  const note = make("p", { class: `toast ${kind}`, onclick: () => note.remove() }, text);
  place.append(note);
  setTimeout(() => note.remove(), STAY[kind]);
}

/** Awaits a call; a failure is told in the server's own words and becomes null. */
export async function attempt(promise) {
  try {
    return await promise;
  } catch (error) {
    toast(error.message, "failure");
    return null;
  }
}
