// Which key does what on a page, and the dialog in which each person chooses other keys for this browser.
//
// Keys are written as people say them: "Ctrl+Enter", "Alt+ArrowUp", "r". A single character counts outside of text
// fields only, and everywhere with Alt. While an input method composes, no key is ours.
const CODES = { Equal: "+", NumpadAdd: "+", Minus: "-", NumpadSubtract: "-", Slash: "?" };
const NAMES = { ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→", Escape: "Esc" };

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

function caps(name) {
  return name.split(/\+(?=.)/).map((part) => {
    const cap = document.createElement("kbd");
    cap.textContent = NAMES[part] ?? (part.length === 1 ? part.toUpperCase() : part);
    return cap;
  });
}

// The keys of one kind of page. ``name``: under which they are kept; ``usual``: what does what unless somebody chose
// otherwise; ``digits``: whether 1 to 9 take an alternative; ``fixed``: keys that cannot be chosen, for the page has its
// own use for them; ``also``: second names of keys; ``beyond``: what other free characters ask for.
export function bindings({ name: place, usual, digits = false, fixed = [], also = {}, beyond = () => null }) {
  let bound = { ...usual, ...kept() };
  let dialog;

  function kept() {
    try {
      return JSON.parse(localStorage.getItem(place)) ?? {};
    } catch {
      return {}; // the browser keeps nothing, or something else lies there: the usual keys
    }
  }

  function keep() {
    const changed = Object.fromEntries(Object.entries(bound).filter(([action, key]) => usual[action] !== key));
    try {
      localStorage.setItem(place, JSON.stringify(changed));
    } catch {
      // A browser that keeps nothing: the keys hold for this page.
    }
  }

  const of = (key) => Object.keys(bound).find((one) => bound[one] === key);

  // What a key press asks for: {action, number?}, or null where it is none of ours.
  function asked(event) {
    if (composing(event)) return null;
    const name = pressed(event);
    const action = of(name) ?? of(also[name]);
    const alone = name.replace(/^Alt\+/, "");
    const free = alone.length === 1 && !event.ctrlKey && !event.metaKey && (event.altKey || !typing(event));
    if (action && (name.length > 1 || free)) return { action };
    if (!free) return null;
    if (digits && /[1-9]/.test(alone)) return { action: "alternative", number: Number(alone) };
    const single = of(alone);
    return single ? { action: single } : beyond(alone, event);
  }

  // Writes the keys where the page tells them: in the dialog, beside its buttons and in its line of keys.
  function write() {
    for (const button of document.querySelectorAll("[data-help]")) button.hidden = false;
    for (const button of dialog.querySelectorAll("[data-bind]")) button.replaceChildren(...caps(bound[button.dataset.bind]));
    for (const sign of document.querySelectorAll("[data-key-of]")) {
      const key = bound[sign.dataset.keyOf];
      sign.replaceChildren(...caps(key.length === 1 && "alt" in sign.dataset ? `Alt+${key}` : key));
      const owner = sign.closest("button") ?? sign.closest("label")?.control;
      owner?.setAttribute("aria-keyshortcuts", key.replace(/^Ctrl/, "Control"));
    }
  }

  function rebind(action, key) {
    const before = of(key);
    if (before && before !== action) bound[before] = bound[action];
    bound[action] = key;
    keep();
    write();
  }

  function chosen(event) {
    const button = dialog.querySelector("[data-bind].waiting");
    if (!button || composing(event) || ["Control", "Alt", "Shift", "Meta", "Tab"].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    if (fixed.includes(pressed(event))) return;
    button.classList.remove("waiting");
    rebind(button.dataset.bind, pressed(event));
  }

  // Takes the dialog in the page in hand.
  function offer() {
    dialog = document.querySelector("[data-keys]");
    write();
    dialog.addEventListener("keydown", chosen);
    dialog.addEventListener("click", (event) => {
      const button = event.target.closest("[data-bind]");
      for (const other of dialog.querySelectorAll(".waiting")) other.classList.remove("waiting");
      if (button) button.classList.add("waiting");
    });
    dialog.querySelector("[data-usual-keys]").addEventListener("click", () => {
      bound = { ...usual };
      keep();
      write();
    });
  }

  const help = () => dialog.showModal();
  document.addEventListener("click", (event) => event.target.closest("[data-help]") && help());
  return { asked, offer, write, help };
}
