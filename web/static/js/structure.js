// The papers of a case, or the strip of an archive's folder, by keys: arrows go from page to page, Space chooses (the box
// itself), a letter does what the button that shows it does; each person may choose other letters. The form is sent as it
// stands, only without leaving the page; what comes back takes the place of what was there, and the focus stays.
import { bindings, composing } from "./bindings.js";
import { failed, told } from "./told.js";
const AGAIN_MS = 1500;
const ALWAYS = ["undo", "confirm", "help"]; // need no page that has the focus
const USUAL = {
  pages: {
    split: "s",
    join: "j",
    earlier: "Alt+ArrowLeft",
    later: "Alt+ArrowRight",
    turn: "r",
    blank: "b",
    useless: "x",
    use: "g",
    undo: "Ctrl+z",
    type: "t",
    target: "m",
    number: "n",
    help: "?",
  },
  strip: { part: "s", join: "j", blank: "b", separator: "p", restore: "g", reason: "x", confirm: "c", help: "?" },
};
const DOES = { type: { do: "type" }, number: { do: "move" }, target: { do: "move", number: "" }, reason: { do: "reject" } }; // what is chosen, whatever was typed
let form = document.querySelector("[data-structure]");
const keys = bindings({
  name: form.dataset.structure === "strip" ? "intake.keys.strip" : "intake.keys.structure",
  usual: USUAL[form.dataset.structure],
  also: { "Alt+ArrowUp": "Alt+ArrowLeft", "Alt+ArrowDown": "Alt+ArrowRight" },
  fixed: ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", " ", "Enter"],
});
const offered = document.querySelector("[data-keys]"); // who only looks has none
let held = null;
let waiting = 0;

const tiles = () => [...form.querySelectorAll("[data-tile]")];
const box = (tile) => tile.querySelector("input");
const here = () => document.activeElement?.closest("[data-tile]");

function rove(tile, focus = true) {
  for (const other of tiles()) box(other).tabIndex = other === tile ? 0 : -1;
  if (!focus) return;
  box(tile).focus({ preventScroll: true });
  tile.scrollIntoView({ block: "nearest", inline: "nearest" });
}

// The tile that lies in a direction: the next one in order, or the nearest one above or below.
function beyond(tile, key) {
  const all = tiles();
  const at = all.indexOf(tile);
  if (key === "Home") return all[0];
  if (key === "End") return all.at(-1);
  if (key === "ArrowRight") return all[at + 1];
  if (key === "ArrowLeft") return all[at - 1];
  const from = tile.getBoundingClientRect();
  const down = key === "ArrowDown";
  const rows = all.map((one) => ({ one, place: one.getBoundingClientRect() }));
  const away = rows.filter(({ place }) => (down ? place.top > from.top + 20 : place.top < from.top - 20));
  const cost = ({ place }) => Math.abs(place.top - from.top) * 4 + Math.abs(place.left - from.left);
  return away.sort((one, other) => cost(one) - cost(other))[0]?.one;
}

// Does what a button says to the chosen pages; without any, to the one that has the focus.
async function send(values) {
  if (form.getAttribute("aria-busy") === "true") return;
  const body = new URLSearchParams(new FormData(form));
  for (const [name, value] of Object.entries(values)) body.set(name, value);
  const current = here() ?? tiles().find((tile) => box(tile).tabIndex === 0);
  if (!body.has("tile") && current) body.set("tile", current.dataset.tile);
  form.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin" }).catch(() => null);
    if (answer) take(await answer.text(), current);
    else say(told(failed("portal.outcome_unknown")), true);
  } finally {
    form.removeAttribute("aria-busy");
  }
}

function take(text, current) {
  const came = new DOMParser().parseFromString(text, "text/html");
  const next = came.querySelector("[data-structure]");
  if (!next) return location.reload();
  if (form.querySelector("[data-told]") && !next.querySelector("[data-told]")) return over(came);
  const place = tiles().indexOf(current);
  const page = current?.dataset.page;
  const same = (all) => all.filter((tile) => tile.dataset.page === page);
  const nth = same(tiles()).indexOf(current);
  const focused = form.contains(document.activeElement);
  form.replaceWith(next);
  form = next;
  const again = same(tiles());
  const tile = again[Math.min(nth, again.length - 1)] ?? tiles()[Math.min(place, tiles().length - 1)] ?? tiles()[0];
  const wrong = form.querySelector("[aria-invalid]");
  if (tile) rove(tile, focused && !wrong);
  wrong?.focus();
  if (offered) keys.write();
  tell(came);
  watch();
}

// Nothing is left to do here: the page as it is now, which says so at its head.
function over(came) {
  const main = document.querySelector("main");
  main.replaceChildren(...came.querySelector("main").childNodes);
  form = main.querySelector("[data-structure]");
  scrollTo(0, 0);
  main.focus();
  tell(document);
  watch();
}

// What happened is shown beside the acts, where the eye is, and spoken.
function tell(came) {
  const notes = [...came.querySelectorAll("main > .note")];
  const text = notes.map((note) => note.textContent.replace(/\s+/g, " ").trim()).join(" ");
  say(text, notes.some((note) => note.classList.contains("tone-bad")));
}

function say(text, bad) {
  const shown = form.querySelector("[data-told]");
  if (shown) shown.textContent = text;
  shown?.classList.toggle("text-bad", bad);
  document.querySelector("[data-spoken]").textContent = text;
}

// Pages that a worker is reading again: looked after until they are there.
function watch() {
  clearTimeout(waiting);
  if (form.dataset.busy !== "yes") return;
  waiting = setTimeout(async () => {
    const answer = await fetch(location.href, { credentials: "same-origin" }).catch(() => null);
    if (!answer) return watch(); // the line may be there again the next time
    const came = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-structure]");
    const still = tiles().some((tile) => box(tile).checked) || form.querySelector("select:focus");
    if (came && came.dataset.busy !== "yes" && !still) return take(came.ownerDocument.documentElement.outerHTML, here() ?? tiles()[0]);
    watch();
  }, AGAIN_MS);
}

document.addEventListener("submit", (event) => {
  if (event.target !== form) return;
  event.preventDefault();
  if (event.submitter?.name) send({ do: event.submitter.value });
});

document.addEventListener("keydown", (event) => {
  if (composing(event) || document.querySelector("dialog[open]")) return;
  const choice = event.target.closest("[data-choice]");
  if (choice && form.contains(choice)) return chosen(choice, event);
  if (event.target.closest("input:not([name=tile]), textarea, select, [contenteditable]")) return;
  const tile = here();
  if (tile && !event.altKey && !event.ctrlKey && !event.metaKey && /^(Arrow|Home|End)/.test(event.key)) {
    const to = beyond(tile, event.key);
    if (to) rove(to);
    return event.preventDefault();
  }
  const action = offered && keys.asked(event)?.action;
  if (!action || !(tile || ALWAYS.includes(action))) return;
  const choose = form.querySelector(`[data-choice="${action}"]`);
  const act = form.querySelector(`.act[value="${action}"]:not(:disabled)`);
  if (action === "help") keys.help();
  else if (choose) choose.focus();
  else if (act) send({ do: action });
  else return;
  event.preventDefault();
});

// In a choice Enter does it, Escape goes back to the page.
function chosen(choice, event) {
  if (event.key !== "Enter" && event.key !== "Escape") return;
  event.preventDefault();
  const tile = tiles().find((one) => box(one).tabIndex === 0);
  if (tile) rove(tile);
  if (event.key === "Enter") send(DOES[choice.name]);
}

// Dragging is an extra: what it does Alt with the arrows does as well.
function side(tile, event) {
  const place = tile.getBoundingClientRect();
  return event.clientX > place.left + place.width / 2 ? "behind" : "before";
}

function clear() {
  for (const tile of tiles()) tile.classList.remove("drop-before", "drop-behind", "held");
}

document.addEventListener("pointerdown", (event) => {
  const tile = event.target.closest("[data-paper] [data-tile]");
  if (tile && !box(tile).disabled) tile.draggable = true;
});
document.addEventListener("dragstart", (event) => {
  held = event.target.closest?.("[data-tile]");
  if (!held) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/x-intake-page", held.dataset.tile);
  held.classList.add("held");
});
document.addEventListener("dragover", (event) => {
  const tile = held && event.target.closest("[data-paper] [data-tile]");
  if (!tile || tile === held) return;
  event.preventDefault();
  for (const other of tiles()) other.classList.remove("drop-before", "drop-behind");
  tile.classList.add(`drop-${side(tile, event)}`);
});
document.addEventListener("drop", (event) => {
  const tile = held && event.target.closest("[data-paper] [data-tile]");
  if (!tile || tile === held) return;
  event.preventDefault();
  const values = { do: "place", tile: held.dataset.tile, at: tile.dataset.tile, side: side(tile, event) };
  rove(held);
  send(values);
});
document.addEventListener("dragend", () => {
  clear();
  held = null;
});

document.addEventListener("focusin", (event) => {
  const tile = event.target.closest?.("[data-tile]");
  if (tile) rove(tile, false);
});

if (offered) keys.offer();
if (tiles().length) rove(tiles()[0], false);
watch();
