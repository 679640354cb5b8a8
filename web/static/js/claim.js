// Holding the draft while somebody sits before it, and saying so when it is lost.
import { told } from "./told.js";

const TOUCH_SECONDS = 60;
const PRESENT_MINUTES = 5; // without a key or pointer for so long nobody is taken to sit here
let desk;
let lost;
let clock;
let lastSeen = Date.now();

function send(address) {
  const body = new URLSearchParams({ csrf_token: desk.dataset.csrf });
  return fetch(address, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual" });
}

async function touch() {
  if (Date.now() - lastSeen > PRESENT_MINUTES * 60 * 1000) return;
  const answer = await send(desk.dataset.touch).catch(() => null);
  if (!answer || answer.ok || answer.status >= 500) return; // a portal that is away for a moment takes no claim from anybody
  clearInterval(clock);
  refused(answer, desk.dataset.textLost);
}

async function reclaim() {
  const answer = await send(lost.querySelector("[data-reclaim]").dataset.reclaim);
  if (answer.type !== "opaqueredirect") return refused(answer);
  lost.hidden = true;
  hold();
}

// Says why the portal refused; who lost the draft can claim it again.
export async function refused(answer, text) {
  const problem = await answer.json().catch(() => ({}));
  const lostIt = text && problem.code === "review.not_claimed"; // told in the desk's own words
  tell(lostIt ? told({ detail: text, code: problem.code }) : told(problem) || desk.dataset.textLost);
  lost.querySelector("[data-reclaim]").hidden = answer.status === 422; // of values: nobody lost the draft
}

// Says at the head of the desk what stops it.
export function tell(text) {
  lost.querySelector("p").textContent = text;
  lost.querySelector("[data-reclaim]").hidden = true;
  lost.hidden = false;
  lost.scrollIntoView({ block: "nearest" });
}

function hold() {
  clearInterval(clock);
  clock = setInterval(touch, TOUCH_SECONDS * 1000);
}

export function keepClaim(of) {
  desk = of;
  lost = desk.querySelector("[data-lost]");
  lastSeen = Date.now();
  hold();
  lost.querySelector("[data-reclaim]").addEventListener("click", reclaim);
}

for (const kind of ["keydown", "pointerdown", "pointermove", "wheel", "touchstart"]) {
  document.addEventListener(kind, () => (lastSeen = Date.now()), { capture: true, passive: true });
}
