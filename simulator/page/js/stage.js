/** The calls of the stage, one line each, and the one way in which they fail. */

import { word } from "./settings.js";

export class StageError extends Error {}

const phone = (id, verb) => `/sim/phones/${encodeURIComponent(id)}/${verb}`;

export const stage = {
  state: () => call("GET", "/sim/state"),
  addPhone: (fields) => call("POST", "/sim/phones", fields),
  text: (id, text) => call("POST", phone(id, "text"), { text }),
  tap: (id, place) => call("POST", phone(id, "tap"), place),
  key: (id, place) => call("POST", phone(id, "key"), place),
  contact: (id, contact) => call("POST", phone(id, "contact"), contact),
  file: (id, fields) => call("POST", phone(id, "file"), form(fields)),
  open: (id, link) => call("POST", phone(id, "open"), { link }),
  scan: (id, picture) => call("POST", phone(id, "scan"), picture),
  scanFile: (id, file) => call("POST", phone(id, "scan"), form({ file })),
  block: (id) => call("POST", phone(id, "block"), {}),
  unblock: (id) => call("POST", phone(id, "unblock"), {}),
  deactivate: (id) => call("POST", phone(id, "deactivate"), {}),
  move: (where) => call("POST", "/sim/clock/move", where),
  journal: (filter) => call("GET", `/sim/journal?${new URLSearchParams(filter)}`),
  faults: () => call("GET", "/sim/faults"),
  addFault: (fault) => call("POST", "/sim/faults", fault),
  clearFaults: () => call("DELETE", "/sim/faults"),
  limits: (enabled) => call("POST", "/sim/limits", { enabled }),
  reset: () => call("POST", "/sim/reset", {}),
};

export const fileAddress = (file) => `/sim/files/${encodeURIComponent(file.file_unique_id)}`;

async function call(method, path, body) {
  const response = await reach(path, request(method, body));
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new StageError(answer.error ?? word("refused", { status: response.status }));
  return answer;
}

function request(method, body) {
  if (body === undefined) return { method };
  if (body instanceof FormData) return { method, body };
  return { method, body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
}

async function reach(path, options) {
  try {
    return await fetch(path, options);
  } catch {
    throw new StageError(word("connectionLost"));
  }
}

function form(fields) {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) if (value) data.append(name, value);
  return data;
}
