/** Instants as people read them: in a zone and in a language. */

const formats = new Map();
const LOCALES = { en: "en-GB", vi: "vi-VN", zh: "zh-CN" };

export const hourAndMinute = (instant, zone) =>
  format("en", zone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(instant);

export const dayTitle = (instant, zone, language) =>
  format(language, zone, { weekday: "short", day: "numeric", month: "long", year: "numeric" }).format(instant);

export const shortDay = (instant, zone, language) =>
  format(language, zone, { day: "numeric", month: "short", year: "numeric" }).format(instant);

/** `2026-11-22T12:00`, the wall clock of that zone: sorts by time and fits a date input. */
export function wallClock(instant, zone) {
  const parts = format("en", zone, {
    year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  }).formatToParts(instant);
  const part = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  return `${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}`;
}

export const dayKey = (instant, zone) => wallClock(instant, zone).slice(0, 10);

/** The instant at which the clock on that zone's wall shows `wall`; the second round settles changes of the offset. */
export function instantAt(wall, zone) {
  const asUtc = Date.parse(`${wall}:00Z`);
  let instant = asUtc;
  for (let round = 0; round < 2; round += 1) {
    instant -= Date.parse(`${wallClock(new Date(instant), zone)}:00Z`) - asUtc;
  }
  return new Date(instant).toISOString().replace(".000Z", "Z");
}

function format(language, zone, options) {
  const key = JSON.stringify([language, zone, options]);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(LOCALES[language], { ...options, timeZone: zone }));
  return formats.get(key);
}
