// The reviewer's desk: deciding value by value, by keyboard or mouse, beside the scan.
import { toAside } from "./aside.js";
import { composing } from "./bindings.js";
import { openSpelling, spelling } from "./characters.js";
import { keepClaim, tell } from "./claim.js";
import { watchCrops } from "./crops.js";
import { countEffort } from "./effort.js";
import { asked, help, offerKeys } from "./keys.js";
import { guard, keep } from "./leaving.js";
import { picking, toMatches } from "./matches.js";
import { onward } from "./onward.js";
import { corners, keepOnly, page } from "./scan.js";
import { failed, Refused } from "./told.js";
import { undoConfirmation, watchUndo } from "./undo.js";
import { check } from "./verdicts.js";
import { again, contrast, look, rotate, turnTo, whole, zoom } from "./viewer.js";
import { pointing, readRegion, wordMode } from "./words.js";

const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
let desk;
let mine;
let form;
let facts;
let sent;
let current; // the value in hand: the last one that was focused
let done; // what was decided here, so that it can be undone: {fact, action, value} or {tick} as they were before

const input = (fact) => fact.querySelector("[name^=value]");
const said = (fact) => input(fact).value;
const choice = (fact, action) => fact.querySelector(`input[type=radio][value=${action}]`);
const ticks = (within) => [...within.querySelectorAll("[name=acknowledged]:not(:checked)")];

// ---- deciding -------------------------------------------------------------------------------------------------------

function remember(fact) {
  const last = done.at(-1);
  if (last?.fact === fact && fact.dataset.typing) return;
  done.push({ fact, action: fact.dataset.action, value: fact.dataset.typing ? fact.dataset.before : input(fact).value });
}

function decide(fact, action) {
  const radio = action && choice(fact, action);
  if (!radio || radio.disabled) return false;
  radio.checked = true;
  settle(fact);
  return true;
}

function settle(fact) {
  const radio = fact.querySelector("input[type=radio]:checked");
  fact.dataset.action = radio?.value ?? "";
  fact.querySelector("[data-decided]").textContent = radio ? radio.closest("label").title : "";
  if (radio?.value === "accept") input(fact).value = fact.dataset.value;
  fact.classList.toggle("changed", input(fact).value !== fact.dataset.value);
  fact.dispatchEvent(new CustomEvent("decided", { bubbles: true, detail: { action: fact.dataset.action, value: input(fact).value } }));
  count();
}

function edited(fact) {
  const changed = input(fact).value.trim() !== fact.dataset.value;
  if (changed) decide(fact, "correct");
  else if (fact.dataset.action === "correct") decide(fact, fact.dataset.state === "certain" ? "accept" : "") || clear(fact);
  fact.classList.toggle("changed", changed);
  forget(fact);
  check(fact, said);
}

// What was said of the value that had been sent does not hold for another one, nor for the values beside it.
function forget(fact) {
  for (const told of document.querySelectorAll("[data-typed]")) if (concerned(told).includes(fact)) told.remove();
  for (const tick of document.querySelectorAll("[data-own]")) if (concerned(tick).includes(fact)) delete tick.dataset.own;
}

function concerned(element) {
  const names = element.dataset.facts?.split(" ") ?? [];
  return facts.filter((fact) => names.includes(fact.dataset.fact));
}

function clear(fact) {
  for (const radio of fact.querySelectorAll("input[type=radio]")) radio.checked = false;
  settle(fact);
}

export function take(fact, value) {
  if (!mine) return;
  remember(fact);
  input(fact).value = value;
  if (value === fact.dataset.value) decide(fact, "accept");
  else if (value.trim()) decide(fact, "correct");
  forget(fact);
  check(fact, said);
}

function undo() {
  const last = done.pop();
  if (!last) return undoConfirmation();
  if (last.tick) last.tick.checked = false;
  else {
    const { fact, action, value } = last;
    delete fact.dataset.typing;
    if (action) choice(fact, action).checked = true;
    else for (const radio of fact.querySelectorAll("input[type=radio]")) radio.checked = false;
    settle(fact);
    input(fact).value = value;
    fact.classList.toggle("changed", value !== fact.dataset.value);
    check(fact, said);
  }
  go(last.fact ?? last.tick.closest("[data-fact]"));
  return true;
}

function count() {
  if (!mine) return;
  const left = facts.filter((fact) => !fact.dataset.action).length;
  const sign = document.querySelector("[data-left]");
  sign.textContent = left ? desk.dataset.textLeft.replace("{n}", left) : desk.dataset.textReady;
  sign.classList.toggle("ready", left === 0);
}

// ---- moving -----------------------------------------------------------------------------------------------------------

function go(fact) {
  if (!fact) return (ticks(document).find(isNeeded) ?? document.querySelector("[data-confirm]"))?.focus();
  const field = input(fact);
  field.focus({ preventScroll: true });
  field.select();
  fact.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
}

function nextUndecided(fact) {
  const place = facts.indexOf(fact);
  return [...facts.slice(place + 1), ...facts.slice(0, place)].find((other) => !other.dataset.action);
}

function enter(fact) {
  const same = input(fact).value.trim() === fact.dataset.value;
  remember(fact);
  const decided = fact.dataset.action === "omit" || (same ? decide(fact, "accept") : input(fact).value.trim() && decide(fact, "correct"));
  delete fact.dataset.typing;
  if (!decided) {
    done.pop();
    fact.querySelector("[data-hint]").textContent = desk.dataset.textEmpty;
  } else leave(fact);
}

// On to the next value that needs a person; before that to a box of this one's that has to be ticked.
function leave(fact) {
  const tick = ticks(fact).find(isNeeded);
  if (tick) tick.focus();
  else go(nextUndecided(fact));
}

function ticked(tick) {
  done.push({ tick });
  tick.checked = true;
  const fact = tick.closest("[data-fact]");
  if (fact) leave(fact);
  else go(facts.find((other) => !other.dataset.action));
}

function tab(event) {
  const stops = facts.flatMap((fact) => [input(fact), ...fact.querySelectorAll("[name=acknowledged]")]);
  const to = stops[stops.indexOf(event.target) + (event.shiftKey ? -1 : 1)];
  if (!stops.includes(event.target) || !to) return;
  event.preventDefault();
  if (to === input(to.closest("[data-fact]"))) go(to.closest("[data-fact]"));
  else to.focus();
}

// The value in hand; where none is, the first one is shown and taken, and nothing is decided of it yet.
function inHand() {
  if (!current) go(facts[0]);
  return current;
}

const ACTIONS = {
  confirm: () => form.requestSubmit(),
  release: () => document.querySelector("[data-release]").requestSubmit(),
  aside: toAside,
  help,
  rotate: () => rotate(90),
  larger: () => zoom(1.4),
  smaller: () => zoom(1 / 1.4),
  whole,
  contrast,
  picture: again,
  words: () => wordMode(inHand()),
  region: () => readRegion(inHand()),
  characters: () => openSpelling(inHand()),
  matches: toMatches,
  up: () => go(facts[facts.indexOf(current) - 1]),
  down: () => go(facts[facts.indexOf(current) + 1]),
  jump: ({ letter }) => go(facts.find((fact) => fact.dataset.jump === letter)),
  alternative({ number }) {
    if (!current) return inHand();
    const other = current.querySelectorAll("[data-apply-value]")[number - 1];
    if (other) take(current, other.dataset.applyValue);
  },
  omit() {
    if (!current) return inHand();
    remember(current);
    decide(current, "omit");
    leave(current);
  },
};

document.addEventListener("keydown", (event) => {
  if (sent) return event.preventDefault(); // nobody decides blind on the next paper, nor on the one that is gone
  if (!mine || event.defaultPrevented || document.querySelector("dialog[open]")) return;
  if (event.key === "Tab" && !event.ctrlKey && !event.altKey && !composing(event)) return tab(event);
  const wish = asked(event);
  if (!wish) return;
  const fact = event.target.closest("[data-fact]");
  if (wish.action === "accept") {
    if (event.target.name === "acknowledged") ticked(event.target);
    else if (fact && event.target === input(fact)) enter(fact);
    else return;
  } else if (wish.action === "undo") {
    if (fact?.dataset.typing || !undo()) return; // what is being typed, the browser itself takes back
  } else if (wish.action === "release" && document.querySelector("details.menu[open]")) return;
  else ACTIONS[wish.action](wish);
  event.preventDefault();
});

const PREFETCH_MS = 300; // after the desk stands: what it needs itself comes first
const anyDecided = () => done.length > 0 || desk.dataset.kept === "yes";

// ---- the scan ---------------------------------------------------------------------------------------------------------

function show(element) {
  if (element.dataset.picture) look(element.dataset.picture, corners(element));
}

function wire(fact) {
  const field = input(fact);
  fact.addEventListener("focusin", (event) => {
    current = fact;
    if (!event.target.closest("[data-look]")) show(fact);
  });
  fact.addEventListener("click", (event) => event.target.closest("input, textarea, button, label, a") || field.focus({ preventScroll: true }));
  field.addEventListener("focus", () => (fact.dataset.before = field.value));
  field.addEventListener("blur", () => delete fact.dataset.typing);
  field.addEventListener("input", () => {
    if (!fact.dataset.typing) {
      done.push({ fact, action: fact.dataset.action, value: fact.dataset.before });
      fact.dataset.typing = "yes";
    }
    edited(fact);
  });
  fact.addEventListener("change", (event) => {
    if (event.target.type === "radio") {
      done.push({ fact, action: fact.dataset.action, value: field.value });
      settle(fact);
    }
    if (event.target.value === "correct") field.focus();
  });
  for (const button of fact.querySelectorAll("[data-apply-value]")) button.addEventListener("click", () => take(fact, button.dataset.applyValue));
  if (fact.dataset.action) settle(fact);
}

// ---- sending ------------------------------------------------------------------------------------------------------------

// A tick that is still needed: its error stands while all of its values are accepted, and one that was told of what had
// been typed as long as that is the correction. What the rules say of other values, the answer tells.
function isNeeded(tick) {
  const actions = concerned(tick).map((fact) => fact.dataset.action);
  return actions.every((action) => action === "accept") || ("own" in tick.dataset && actions.includes("correct"));
}

function submitted(event) {
  event.preventDefault();
  if (sent) return;
  if (event.submitter?.name === "choice") return send(event.submitter.formAction, formOf(event.submitter)); // before all is decided
  const undecided = facts.find((fact) => !fact.dataset.action);
  const needed = ticks(document).find(isNeeded);
  if (undecided) return go(undecided);
  if (needed) return needed.focus();
  send(form.action, formOf());
}

const formOf = (button) => new URLSearchParams(new FormData(form, button));

// The next desk takes the place of this one, without a new page; where that fails, this one stands as it was.
async function send(address, body) {
  const asked = performance.now();
  let comes;
  sent = true;
  try {
    comes = await onward(address, body, keep);
  } catch (stop) {
    sent = false;
    if (!(stop instanceof Refused)) tell(failed("review.outcome_unknown"));
    else if (stop.problem) tell(stop.problem);
    return;
  }
  if (comes) begin(asked);
}

// Returned or discarded: sent beside what was decided here, which is still there where that is refused.
function putAside(event) {
  event.preventDefault();
  if (sent) return;
  const body = formOf();
  for (const [name, value] of new FormData(event.target)) body.set(name, value);
  send(event.target.action, body);
}

// The pictures of the draft that would come next, held by this page alone: no browser writes them to its disk.
async function prefetch() {
  const from = desk;
  const answer = await fetch(desk.dataset.upcoming, { headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer?.ok || desk !== from) return;
  const { pictures } = await answer.json();
  keepOnly([...pictures, ...[...document.querySelectorAll(".scan-tab")].map((tab) => tab.dataset.picture)]);
  for (const picture of pictures) page(picture).catch(() => {}); // it is asked for again when it is needed
}

// The draft was made anew: shown at once where nobody has decided anything, else when its reviewer says so.
function renewed() {
  if (anyDecided()) document.querySelector("[data-renewed]").hidden = false;
  else location.reload();
}

function takeKeys() {
  keepClaim(desk, renewed);
  document.querySelector("[data-renew]").addEventListener("click", () => send(form.action, formOf())); // refused, with what was decided
  countEffort(desk);
  offerKeys();
  document.querySelector("[data-words]").addEventListener("click", ACTIONS.words);
  document.querySelector("[data-draw]").addEventListener("click", ACTIONS.region);
  for (const aside of document.querySelectorAll("[data-aside] form")) aside.addEventListener("submit", putAside);
  form.addEventListener("submit", submitted);
  count();
  const of = desk;
  setTimeout(() => desk === of && prefetch(), PREFETCH_MS);
}

// Takes the desk in the page in hand; ``asked`` is when it was asked for, in ms since the page began.
function begin(asked) {
  desk = document.querySelector("[data-review]");
  mine = desk.dataset.mine === "yes";
  form = document.querySelector("[data-decide]");
  facts = [...document.querySelectorAll("[data-fact]")];
  [sent, current, done] = [false, null, []];
  turnTo(desk, asked);
  watchCrops();
  for (const fact of facts) wire(fact);
  for (const button of document.querySelectorAll("[data-look]")) button.addEventListener("click", () => show(button));
  const hands = { desk, facts, current: () => current, corners, focus: go, take, value: (fact) => input(fact).value };
  pointing(hands);
  if (mine) spelling(hands);
  picking(form, () => go(current ?? facts[0]));
  guard({ desk, form, facts, mine, any: anyDecided, touched: () => new Set(done.map(({ fact }) => fact)), value: said, focus: go });
  if (mine) takeKeys();
  watchUndo();
  open();
  desk.dataset.ready = String(Math.round(performance.now() - asked)); // it takes keys from here on
}

function open() {
  const error = document.querySelector("[data-error]");
  const first = facts.find((fact) => !fact.dataset.action);
  const shown = first ?? facts[0];
  const tab = document.querySelector(".scan-tab");
  if (shown && !(mine && first && !error)) show(shown);
  if (tab && !shown?.dataset.picture) look(tab.dataset.picture, null);
  if (error) error.focus();
  else if (mine) go(first);
}

history.replaceState(null, "", document.querySelector("[data-review]").dataset.show + location.hash); // a refused form leaves its own address, which no reload may send again
begin(0);
