// What one draft takes: keys pressed, reaches for the pointer, seconds in which somebody sat here. Told with the
// decision, and kept in the window meanwhile, so that a reload or a refused form goes on counting.
const REST = 500; // ms without a movement, after which the next one is another reach for the pointer
const PRESENT = 120_000; // ms without a key or pointer, after which nobody is taken to sit here
const MODIFIERS = new Set(["Shift", "Control", "Alt", "AltGraph", "Meta", "CapsLock", "Dead"]);
const desk = document.querySelector("[data-review]");
const place = `effort:${desk.dataset.draft}`;
const spent = { seconds: 0, keystrokes: 0, pointer_moves: 0, ...JSON.parse(sessionStorage.getItem(place) ?? "{}") };
let began = performance.now(); // the beginning of the stretch that is not in the seconds yet
let seen = began;
let moved = -Infinity;

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

export function countEffort() {
  document.addEventListener("keydown", key, { capture: true, passive: true });
  for (const kind of ["pointermove", "pointerdown"]) document.addEventListener(kind, point, { capture: true, passive: true });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") began = seen = performance.now();
    else pass();
  });
  document.addEventListener("submit", tell, { capture: true });
  window.addEventListener("pagehide", () => {
    pass();
    sessionStorage.setItem(place, JSON.stringify(spent));
  });
}
