// What one draft takes: keys pressed, reaches for the pointer, seconds in which somebody sat here. Told with the
// decision, and kept in the window meanwhile, so that a reload, a refused form or a decision taken back goes on counting:
// of the last drafts only, so that nothing is left behind.
const REST = 500; // ms without a movement, after which the next one is another reach for the pointer
const PRESENT = 120_000; // ms without a key or pointer, after which nobody is taken to sit here
const KEPT = "efforts"; // [[draft, spent], …], the latest first
const MOST = 3; // the one in hand and those that can still be taken back
const MODIFIERS = new Set(["Shift", "Control", "Alt", "AltGraph", "Meta", "CapsLock", "Dead"]);
let draft; // in hand
let spent;
let began; // the beginning of the stretch that is not in the seconds yet
let seen;
let moved;

function pass() {
  const now = performance.now();
  const end = Math.min(now, seen + PRESENT);
  if (document.visibilityState === "visible" && end > began) spent.seconds += (end - began) / 1000;
  began = now;
}

function key(event) {
  pass();
  seen = performance.now();
  if (!event.repeat && !MODIFIERS.has(event.key)) spent.keystrokes += 1;
}

function point(event) {
  pass();
  seen = performance.now();
  if (event.type === "pointermove" && !event.movementX && !event.movementY) return; // the page moved below it
  if (seen - moved > REST) spent.pointer_moves += 1;
  moved = seen;
}

function tell(event) {
  if (event.target.method !== "post") return;
  pass();
  for (const [name, count] of Object.entries(spent)) {
    const field = event.target.querySelector(`[name="effort.${name}"]`);
    if (field) field.value = Math.round(count);
  }
}

// Counts for a desk from here on; what the same draft took before goes on.
export function countEffort(desk) {
  keep();
  draft = desk.dataset.draft;
  spent = { seconds: 0, keystrokes: 0, pointer_moves: 0, ...Object.fromEntries(kept())[draft] };
  began = seen = performance.now();
  moved = -Infinity;
}

const kept = () => JSON.parse(sessionStorage.getItem(KEPT) ?? "[]");

function keep() {
  if (!draft) return;
  pass();
  const others = kept().filter(([one]) => one !== draft);
  sessionStorage.setItem(KEPT, JSON.stringify([[draft, spent], ...others].slice(0, MOST)));
}

const counting = (count) => (event) => draft && count(event);
document.addEventListener("keydown", counting(key), { capture: true, passive: true });
for (const kind of ["pointermove", "pointerdown"]) document.addEventListener(kind, counting(point), { capture: true, passive: true });
document.addEventListener("visibilitychange", () => {
  if (!draft) return;
  if (document.visibilityState === "visible") began = seen = performance.now();
  else pass();
});
document.addEventListener("submit", counting(tell), { capture: true });
window.addEventListener("pagehide", keep);
