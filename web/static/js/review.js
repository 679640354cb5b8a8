// The reviewer's desk: deciding value by value, by keyboard or mouse, beside the scan.
import { corners, drawCrop, page } from "./scan.js";
import { look } from "./viewer.js";

const desk = document.querySelector("[data-review]");
const mine = desk.dataset.mine === "yes";
const form = document.querySelector("[data-decide]");
const facts = [...document.querySelectorAll("[data-fact]")];
const TOUCH_SECONDS = 60;
const PRESENT_MINUTES = 5; // without a key or pointer for so long nobody is taken to sit here
history.replaceState(null, "", desk.dataset.show + location.hash); // a refused form leaves its own address, which no reload may send again
let sent = false;
let leaving = false;

const input = (fact) => fact.querySelector("input.form-control, textarea.form-control");
const choice = (fact, action) => fact.querySelector(`input[type=radio][value=${action}]`);
const ticksLeft = () => [...document.querySelectorAll("[name=acknowledged]:not(:checked)")].length;

// ---- deciding -------------------------------------------------------------------------------------------------------

function decide(fact, action) {
  const radio = choice(fact, action);
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
  count();
}

function edited(fact) {
  const changed = input(fact).value.trim() !== fact.dataset.value;
  if (changed) decide(fact, "correct");
  else if (fact.dataset.action === "correct") clear(fact);
  forget(fact);
  check(fact);
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

function take(fact, value) {
  input(fact).value = value;
  if (value === fact.dataset.value) decide(fact, "accept");
  else decide(fact, "correct");
  forget(fact);
  check(fact);
}

function count() {
  if (!mine) return;
  const left = facts.filter((fact) => !fact.dataset.action).length;
  const sign = document.querySelector("[data-left]");
  sign.textContent = left ? desk.dataset.textLeft.replace("{n}", left) : desk.dataset.textReady;
  sign.classList.toggle("ready", left === 0);
  document.querySelector("[data-accept-sure]").hidden = !sure().length;
}

const sure = () => facts.filter((fact) => !fact.dataset.action && !fact.classList.contains("doubtful") && choice(fact, "accept"));

// ---- what the rules say of a typed value ------------------------------------------------------------------------------

const waiting = new WeakMap();

function check(fact) {
  clearTimeout(waiting.get(fact));
  waiting.set(fact, setTimeout(() => ask(fact), 250));
}

async function ask(fact) {
  const value = input(fact).value;
  const body = new URLSearchParams({ kind: fact.dataset.kind, value, csrf_token: desk.dataset.csrf });
  const answer = await fetch(desk.dataset.check, { method: "POST", body, headers: { Accept: "application/json" } });
  if (!answer.ok || input(fact).value !== value) return;
  const verdict = await answer.json();
  const hint = fact.querySelector("[data-hint]");
  const told = verdict.problems.map((problem) => problem.message);
  const reads = verdict.value && verdict.shown !== value ? [`${desk.dataset.textReads} ${verdict.shown}`] : [];
  hint.textContent = value.trim() ? [...reads, ...told].join(" · ") : "";
  hint.classList.toggle("wrong", verdict.problems.some((problem) => problem.severity === "error"));
}

// ---- moving -----------------------------------------------------------------------------------------------------------

function go(fact) {
  if (!fact) return document.querySelector("[data-confirm]")?.focus();
  const field = input(fact);
  field.focus({ preventScroll: true });
  field.select();
  fact.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
}

function nextUndecided(fact) {
  const place = facts.indexOf(fact);
  const ordered = [...facts.slice(place + 1), ...facts.slice(0, place)].filter((other) => !other.dataset.action);
  return ordered.find((other) => other.classList.contains("doubtful")) ?? ordered[0];
}

function enter(fact) {
  const same = input(fact).value.trim() === fact.dataset.value;
  const done = fact.dataset.action === "omit" || (same ? decide(fact, "accept") : decide(fact, "correct"));
  if (done) go(nextUndecided(fact));
  else fact.querySelector("[data-hint]").textContent = desk.dataset.textEmpty;
}

function alt(event, fact) {
  const place = facts.indexOf(fact);
  const others = [...fact.querySelectorAll("[data-apply-value]")];
  const digit = event.code.match(/^(?:Digit|Numpad)(\d)$/)?.[1];
  if (event.key === "ArrowDown") go(facts[place + 1]);
  else if (event.key === "ArrowUp") go(facts[place - 1]);
  else if (digit === "0") {
    decide(fact, "omit");
    go(nextUndecided(fact));
  } else if (digit && others[digit - 1]) take(fact, others[digit - 1].dataset.applyValue);
  else return;
  event.preventDefault();
}

document.addEventListener("keydown", (event) => {
  if (!mine || event.isComposing || document.querySelector("dialog[open]")) return;
  const fact = event.target.closest("[data-fact]");
  const typing = event.target.closest("input.form-control, textarea, select");
  if (event.key === "Enter" && event.ctrlKey) {
    event.preventDefault();
    form.requestSubmit();
  } else if (event.key === "Enter" && fact && event.target === input(fact) && !event.shiftKey) {
    event.preventDefault();
    enter(fact);
  } else if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector("details.menu[open]")) {
    event.preventDefault();
    release();
  } else if (event.key === "?" && !typing) {
    event.preventDefault();
    document.querySelector("[data-keys]").showModal();
  } else if (event.altKey && fact) alt(event, fact);
});

const release = () => document.querySelector("[data-release]").requestSubmit();
const anyDecided = () => facts.some((fact) => fact.dataset.action);

// ---- the scan ---------------------------------------------------------------------------------------------------------

function show(element) {
  if (element.dataset.picture) look(element.dataset.picture, corners(element));
}

async function crop(fact) {
  const canvas = fact.querySelector("canvas[data-crop]");
  if (canvas && fact.dataset.picture) drawCrop(canvas, (await page(fact.dataset.picture)).bitmap, corners(fact));
}

for (const fact of facts) {
  fact.addEventListener("focusin", (event) => event.target.closest("[data-look]") || show(fact));
  fact.addEventListener("click", (event) => event.target.closest("input, textarea, button, label") || input(fact).focus({ preventScroll: true }));
  input(fact).addEventListener("input", () => edited(fact));
  fact.addEventListener("change", (event) => {
    if (event.target.type === "radio") settle(fact);
    if (event.target.value === "correct") input(fact).focus();
  });
  for (const button of fact.querySelectorAll("[data-apply-value]")) button.addEventListener("click", () => take(fact, button.dataset.applyValue));
  for (const button of fact.querySelectorAll("[data-look]")) button.addEventListener("click", () => show(button));
  if (fact.dataset.action) settle(fact);
  crop(fact);
}

// ---- the claim --------------------------------------------------------------------------------------------------------

let clock;
let lastSeen = Date.now();
const lost = document.querySelector("[data-lost]");

function send(address) {
  const body = new URLSearchParams({ csrf_token: desk.dataset.csrf });
  return fetch(address, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual" });
}

async function touch() {
  if (Date.now() - lastSeen > PRESENT_MINUTES * 60 * 1000) return;
  const answer = await send(desk.dataset.touch);
  if (answer.ok) return;
  clearInterval(clock);
  tell(answer, desk.dataset.textLost);
}

async function reclaim() {
  const answer = await send(lost.querySelector("[data-reclaim]").dataset.reclaim);
  if (answer.type !== "opaqueredirect") return tell(answer);
  lost.hidden = true;
  hold();
}

async function tell(answer, text) {
  const problem = await answer.json().catch(() => ({}));
  const known = problem.code === "review.not_claimed" ? text : undefined;
  lost.querySelector("p").textContent = known ?? ([problem.detail, problem.next_step].filter(Boolean).join(" ") || desk.dataset.textLost);
  lost.hidden = false;
}

function hold() {
  clock = setInterval(touch, TOUCH_SECONDS * 1000);
}

if (mine) {
  hold();
  lost.querySelector("[data-reclaim]").addEventListener("click", reclaim);
  for (const kind of ["keydown", "pointerdown", "pointermove", "wheel", "touchstart"]) {
    document.addEventListener(kind, () => (lastSeen = Date.now()), { capture: true, passive: true });
  }
  document.querySelector("[data-help]").hidden = false;
  document.querySelector("[data-help]").addEventListener("click", () => document.querySelector("[data-keys]").showModal());
  document.querySelector("[data-accept-sure]").addEventListener("click", () => {
    sure().forEach((fact) => decide(fact, "accept"));
    go(nextUndecided(facts.at(-1)));
  });
  const asking = document.querySelector("[data-ask-release]");
  asking.querySelector("[data-no]").addEventListener("click", () => asking.close());
  let agreed = false;
  document.querySelector("[data-release]").addEventListener("submit", (event) => {
    if (agreed || !anyDecided()) return;
    event.preventDefault();
    asking.showModal();
  });
  asking.querySelector("[data-yes]").addEventListener("click", () => {
    agreed = true;
    release();
  });
  document.addEventListener("submit", (event) => {
    if (!event.defaultPrevented && desk.contains(event.target) && event.target.method === "post") leaving = true;
  });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && anyDecided()) event.preventDefault();
  });
  form.addEventListener("submit", (event) => {
    if (sent) return event.preventDefault();
    const undecided = facts.find((fact) => !fact.dataset.action);
    if (undecided) {
      event.preventDefault();
      go(undecided);
    } else if (ticksLeft() && needed()) {
      event.preventDefault();
      needed().focus();
    } else sent = true;
  });
  count();
}

// The first tick that is still needed: its error stands while all of its values are accepted, and one that was told of
// what had been typed as long as that is the correction. What the rules say of other values, the answer tells.
function needed() {
  return [...document.querySelectorAll("[name=acknowledged]:not(:checked)")].find((tick) => {
    const actions = concerned(tick).map((fact) => fact.dataset.action);
    return actions.every((action) => action === "accept") || ("own" in tick.dataset && actions.includes("correct"));
  });
}

const error = document.querySelector("[data-error]");
const begin = facts.find((fact) => !fact.dataset.action && fact.classList.contains("doubtful")) ?? facts[0];
if (error) error.focus();
if (mine && !error) go(begin);
else if (begin) show(begin);
const first = document.querySelector(".scan-tab");
if (first && !begin?.dataset.picture) look(first.dataset.picture, null);
