// Holding the draft while somebody sits before it, saying so when it is lost, and hearing when it was made anew: its
// papers were arranged elsewhere, or a page that was turned has been read again.
import { post } from "./post.js";
import { fill, problemOf } from "./told.js";

const TOUCH_SECONDS = 60;
const READING_SECONDS = 2; // while a page is being read again
const PRESENT_MINUTES = 5; // without a key or pointer for so long nobody is taken to sit here
let desk;
let lost;
let renewed;
let clock;
let lastSeen = Date.now();

const send = (address) => post(address, new URLSearchParams(), { redirect: "manual" });

async function touch() {
  if (Date.now() - lastSeen > PRESENT_MINUTES * 60 * 1000) return;
  const of = desk;
  const answer = await send(desk.dataset.touch).catch(() => null);
  if (of !== desk) return;
  if (answer?.ok) return heard(await answer.json());
  if (!answer || answer.status >= 500) return; // a portal that is away for a moment takes no claim from anybody
  clearInterval(clock);
  refused(answer, desk.dataset.textLost);
}

function heard({ version, reading }) {
  if (String(version) !== desk.dataset.version) return renewed();
  if (!reading) desk.querySelector("[data-reading]")?.remove();
  hold();
}

async function reclaim() {
  const answer = await send(lost.querySelector("[data-reclaim]").dataset.reclaim).catch(() => null);
  if (answer?.type !== "opaqueredirect") return refused(answer);
  lost.hidden = true;
  hold();
}

// Says why the portal refused; who lost the draft can claim it again.
export async function refused(answer, text) {
  const problem = await problemOf(answer);
  const lostIt = text && problem.code === "review.not_claimed"; // told in the desk's own words
  tell(lostIt ? { detail: text, code: problem.code } : problem);
  lost.querySelector("[data-reclaim]").hidden = answer?.status === 422; // of values: nobody lost the draft
}

// Says at the head of the desk what stops it.
export function tell(problem) {
  fill(lost.querySelector("p"), problem);
  lost.querySelector("[data-reclaim]").hidden = true;
  lost.hidden = false;
  lost.scrollIntoView({ block: "center" }); // the head of the desk lies over its upper edge
}

function hold() {
  clearInterval(clock);
  clock = setInterval(touch, (desk.querySelector("[data-reading]") ? READING_SECONDS : TOUCH_SECONDS) * 1000);
}

// whenRenewed: called where another version of the draft than the page's is there.
export function keepClaim(of, whenRenewed) {
  [desk, renewed] = [of, whenRenewed];
  lost = desk.querySelector("[data-lost]");
  lastSeen = Date.now();
  hold();
  lost.querySelector("[data-reclaim]").addEventListener("click", reclaim);
}

for (const kind of ["keydown", "pointerdown", "pointermove", "wheel", "touchstart"]) {
  document.addEventListener(kind, () => (lastSeen = Date.now()), { capture: true, passive: true });
}
addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "visible" || !desk || lost.hidden === false) return;
  lastSeen = Date.now(); // somebody comes back to this page
  touch();
});
