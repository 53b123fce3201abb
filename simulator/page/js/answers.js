/** How the bot answers a tap: it is read from the journal, where the answer to the callback query stands. */

import { stage } from "./stage.js";

const EVERY = 300;
const PATIENCE = 12_000;
let heard = 0;

/** `{text, show_alert}` once the bot answered, or null when it stays silent. */
export async function answerTo(callbackQueryId) {
  const deadline = Date.now() + PATIENCE;
  while (Date.now() < deadline) {
    const answer = (await recentAnswers()).find((params) => String(params.callback_query_id) === String(callbackQueryId));
    if (answer) return answer;
    await new Promise((resolve) => setTimeout(resolve, EVERY));
  }
  return null;
}

const remembered = [];

async function recentAnswers() {
  const { entries } = await stage.journal({ since: heard, method: "answerCallbackQuery" });
  for (const entry of entries) {
    heard = Math.max(heard, entry.seq);
    if (entry.ok) remembered.push(entry.params);
  }
  remembered.splice(0, remembered.length - 50);
  return remembered;
}
