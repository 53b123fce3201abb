/** What the stage last told us, kept fresh by its stream of events; those who draw it subscribe. */

import { stage } from "./stage.js";

const listeners = [];
const connectionListeners = [];
const NOTHING = { rev: -1, clock: null, bots: [], phones: [] };
const PAUSE = 60;

let current = NOTHING;
let fetching = false;
let stale = false;

export const state = () => current;
export const phoneById = (id) => current.phones.find((phone) => phone.id === Number(id));
export const onState = (listener) => listeners.push(listener);
export const onConnection = (listener) => connectionListeners.push(listener);

/** Asks for the state once more; many wishes at a time become one request and one more after it. */
export async function refresh() {
  if (fetching) {
    stale = true;
    return;
  }
  fetching = true;
  stale = false;
  try {
    receive(await stage.state());
    tellConnection(true);
  } catch {
    tellConnection(false);
  }
  fetching = false;
  if (stale) setTimeout(refresh, PAUSE);
}

export function follow() {
  const stream = new EventSource("/sim/stream");
  stream.addEventListener("open", refresh);
  stream.addEventListener("message", refresh);
  stream.addEventListener("error", () => tellConnection(false));
  refresh();
}

export function redraw() {
  if (current !== NOTHING) for (const listener of listeners) listener(current);
}

function receive(fresh) {
  current = fresh;
  redraw();
}

function tellConnection(connected) {
  for (const listener of connectionListeners) listener(connected);
}
