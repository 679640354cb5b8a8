// Which key does what at the desk, and the dialog in which each person chooses other keys for this browser.
//
// Keys are written as people say them: "Ctrl+Enter", "Alt+ArrowUp", "r". A single character counts outside of text
// fields only, and everywhere with Alt. While an input method composes, no key is ours.
const KEPT = "intake.keys";
const DEFAULTS = {
  accept: "Enter",
  confirm: "Ctrl+Enter",
  undo: "Ctrl+z",
  omit: "0",
  up: "Alt+ArrowUp",
  down: "Alt+ArrowDown",
  rotate: "r",
  larger: "+",
  smaller: "-",
  whole: "f",
  contrast: "c",
  words: "w",
  characters: "p",
  matches: "k",
  region: "x",
  aside: "q",
  release: "Escape",
  help: "?",
};
const CODES = { Equal: "+", NumpadAdd: "+", Minus: "-", NumpadSubtract: "-", Slash: "?" };
let bound = { ...DEFAULTS, ...kept() };

function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEPT)) ?? {};
  } catch {
    return {}; // the browser keeps nothing, or something else lies there: the usual keys
  }
}

function keep() {
  const changed = Object.fromEntries(Object.entries(bound).filter(([action, key]) => DEFAULTS[action] !== key));
  try {
    localStorage.setItem(KEPT, JSON.stringify(changed));
  } catch {
    // A browser that keeps nothing: the keys hold for this page.
  }
}

// Whether the key belongs to an input method: some browsers tell the one that ends a composition by its code alone.
export const composing = (event) => event.isComposing || event.keyCode === 229;
const typing = (event) => event.target.closest("input:not([type=radio], [type=checkbox]), textarea, select");

// The key by the place on the board where Alt makes another character of it (macOS, and some layouts).
function bare(event) {
  const placed = event.code.match(/^(?:Key|Digit|Numpad)([A-Z0-9])$/)?.[1] ?? CODES[event.code];
  const key = event.altKey && placed ? placed : event.key;
  if (key === "=") return "+";
  return key.length === 1 ? key.toLowerCase() : key;
}

function pressed(event) {
  const held = [(event.ctrlKey || event.metaKey) && "Ctrl+", event.altKey && "Alt+", event.shiftKey && bare(event).length > 1 && "Shift+"];
  return held.filter(Boolean).join("") + bare(event);
}

// What a key press asks for: {action, number?}, or null where it is none of ours.
export function asked(event) {
  if (composing(event)) return null;
  const name = pressed(event);
  const action = Object.keys(bound).find((one) => bound[one] === name);
  const alone = name.replace(/^Alt\+/, "");
  const free = alone.length === 1 && !event.ctrlKey && !event.metaKey && (event.altKey || !typing(event));
  if (action && (name.length > 1 || free)) return { action };
  if (!free) return null;
  if (/[1-9]/.test(alone)) return { action: "alternative", number: Number(alone) };
  const single = Object.keys(bound).find((one) => bound[one] === alone);
  if (single) return { action: single };
  return event.altKey && /[a-z]/.test(alone) ? { action: "jump", letter: (event.shiftKey ? "⇧" : "") + alone } : null;
}

// ---- choosing keys --------------------------------------------------------------------------------------------------

const NAMES = { ArrowUp: "↑", ArrowDown: "↓", Escape: "Esc" };
let dialog;

function write() {
  for (const button of dialog.querySelectorAll("[data-bind]")) {
    const parts = bound[button.dataset.bind].split(/\+(?=.)/);
    button.replaceChildren(
      ...parts.map((part) => {
        const cap = document.createElement("kbd");
        cap.textContent = NAMES[part] ?? (part.length === 1 ? part.toUpperCase() : part);
        return cap;
      }),
    );
  }
}

function rebind(action, name) {
  const before = Object.keys(bound).find((one) => bound[one] === name);
  if (before && before !== action) bound[before] = bound[action];
  bound[action] = name;
  keep();
  write();
}

function chosen(event) {
  const button = dialog.querySelector("[data-bind].waiting");
  if (!button || composing(event) || ["Control", "Alt", "Shift", "Meta", "Tab"].includes(event.key)) return;
  event.preventDefault();
  event.stopPropagation();
  button.classList.remove("waiting");
  rebind(button.dataset.bind, pressed(event));
}

// Takes the dialog in the page in hand.
export function offerKeys() {
  dialog = document.querySelector("[data-keys]");
  write();
  dialog.addEventListener("keydown", chosen);
  dialog.addEventListener("click", (event) => {
    const button = event.target.closest("[data-bind]");
    for (const other of dialog.querySelectorAll(".waiting")) other.classList.remove("waiting");
    if (button) button.classList.add("waiting");
  });
  dialog.querySelector("[data-usual-keys]").addEventListener("click", () => {
    bound = { ...DEFAULTS };
    keep();
    write();
  });
}
