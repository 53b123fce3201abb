/** A phone's camera: it waits until a picture on another phone's screen, or a file, is held before it. */

import { make } from "./dom.js";
import { icon } from "./icons.js";
import { showPhone } from "./links.js";
import { word } from "./settings.js";
import { stage } from "./stage.js";
import { phoneById } from "./state.js";
import { attempt, toast } from "./toast.js";

let camera = null;

export const isScanning = () => camera !== null;

export function startScan(phoneId) {
  if (camera === phoneId) {
    stopScan();
    return;
  }
  camera = phoneId;
  document.body.dataset.scanning = phoneId;
  markScanner();
  document.getElementById("banner").replaceChildren(...banner());
  bringPicturesIntoView();
}

export function stopScan() {
  camera = null;
  delete document.body.dataset.scanning;
  markScanner();
  document.getElementById("banner").replaceChildren();
}

/** True when this picture was taken; a phone does not photograph its own screen. */
export function scanMessage(phoneId, messageId) {
  if (camera === null || camera === phoneId) return false;
  read((id) => stage.scan(id, { phone: phoneId, message_id: messageId }));
  return true;
}

async function read(call) {
  const id = camera;
  stopScan();
  const answer = await attempt(call(id));
  if (!answer) return;
  if (answer.opened) showPhone(id);
  const told = answer.opened ? word("scanOpened", { name: phoneById(id).name }) : word("scanRead", { text: answer.text });
  toast(told);
}

function markScanner() {
  for (const element of document.querySelectorAll("[data-phone-id]")) {
    const isCamera = Number(element.dataset.phoneId) === camera;
    element.classList.toggle("is-camera", isCamera);
    element.querySelector("[data-testid=scan]")?.setAttribute("aria-pressed", isCamera);
  }
}

/** On every other phone the newest picture scrolls into its chat's window, so that there is something to point at. */
function bringPicturesIntoView() {
  for (const scroller of document.querySelectorAll(".phone:not(.is-camera) .scroller")) {
    const newest = [...scroller.querySelectorAll(".scannable")].at(-1);
    if (!newest) continue;
    const above = newest.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
    if (above < 0) scroller.scrollTop += above - 16;
  }
}

function banner() {
  const picker = make("input", {
    type: "file",
    accept: "image/*",
    hidden: true,
    onchange: () => picker.files[0] && read((id) => stage.scanFile(id, picker.files[0])),
  });
  return [
    icon("camera"),
    make("strong", {}, word("scanning", { name: phoneById(camera).name })),
    picker,
    make("button", { type: "button", class: "plain", onclick: () => picker.click() }, word("scanFile")),
    make("button", { type: "button", class: "plain", onclick: stopScan }, word("cancel")),
  ];
}

document.addEventListener("keydown", (event) => event.key === "Escape" && isScanning() && stopScan());
