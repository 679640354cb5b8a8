// A column of crops: Enter takes the value and goes down, arrows move without an answer, Alt and a digit take an
// alternative (0 leaves out), Ctrl+Z takes the last answer back, unless somebody chose other keys. Keys are left alone
// while an input method composes.
import { bindings, composing } from "./bindings.js";
import { problemOf, told } from "./told.js";
import { holds } from "./unsaved.js";

const keys = bindings({
  name: "intake.keys.group",
  usual: { take: "Enter", down: "ArrowDown", up: "ArrowUp", omit: "0", undo: "Ctrl+z", help: "?" },
  digits: true,
});
const column = document.querySelector("[data-group]");
const rows = [...document.querySelectorAll("[data-row]")];
const left = document.querySelector("[data-group-left]");
const next = document.querySelector("[data-group-next] a");
const before = new Map(); // a row → what its state said before an answer
const history = [];
const sending = new Map(); // a row → the last that was sent of it
const onWay = new Set();

const input = (row) => row.querySelector("[name=value]");
const pending = () => rows.filter((row) => !row.dataset.done);

function count() {
  left.textContent = left.dataset.text.replace("{n}", pending().length);
}

function go(row) {
  if (!row) return next.focus();
  input(row).focus({ preventScroll: true });
  input(row).select();
  row.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
}

function following(row) {
  const place = rows.indexOf(row);
  return rows.slice(place + 1).find((other) => !other.dataset.done) ?? pending()[0];
}

function say(row, text, tone) {
  const state = row.querySelector("[data-state]");
  if (!before.has(row)) before.set(row, [...state.childNodes]);
  if (!text) return state.replaceChildren(...before.get(row));
  const chip = document.createElement("span");
  chip.className = `chip tone-${tone}`;
  chip.textContent = text;
  state.replaceChildren(chip);
}

// One after the other for a row, so that an answer and its undoing do not pass each other.
function send(row, action) {
  const body = new URLSearchParams(new FormData(row.querySelector("form")));
  const turn = (sending.get(row) ?? Promise.resolve()).then(() => post(row, action, body));
  sending.set(row, turn);
  onWay.add(turn);
  turn.finally(() => onWay.delete(turn));
  return turn;
}

async function post(row, action, body) {
  const form = row.querySelector("form");
  body.set("action", action);
  const answer = await fetch(form.getAttribute("action"), { method: "POST", body, headers: { Accept: "application/json" } }).catch(() => null);
  if (answer?.ok) return true;
  delete row.dataset.done;
  row.dataset.failed = "yes";
  say(row, told(await problemOf(answer)), "bad");
  count();
  return false;
}

// The answer is sent while the eye is on the next crop already; one that is refused comes back into the column.
function decide(row, action) {
  if (row.dataset.done) return go(following(row));
  row.dataset.done = action;
  delete row.dataset.failed;
  history.push(row);
  say(row, action === "omit" ? column.dataset.textOmitted : column.dataset.textKept, "good");
  count();
  send(row, action);
  go(following(row));
}

async function undo() {
  const row = history.pop();
  if (!row) return;
  delete row.dataset.done;
  say(row);
  count();
  go(row);
  await send(row, "undo");
}

function choose(row, other) {
  input(row).value = other.dataset.other;
  decide(row, "take");
}

const ACTIONS = {
  take: (row) => input(row).value.trim() && decide(row, "take"),
  omit: (row) => decide(row, "omit"),
  down: (row) => go(rows[rows.indexOf(row) + 1]),
  up: (row) => go(rows[rows.indexOf(row) - 1] ?? row),
  alternative(row, { number }) {
    const other = row.querySelectorAll("[data-other]")[number - 1];
    if (other) choose(row, other);
  },
};

// What is being typed the browser itself takes back; behind that, and outside of the column, the last answer.
function undoes(row) {
  return history.length && (!row || input(row).value === row.dataset.value || row.dataset.done);
}

document.addEventListener("keydown", (event) => {
  if (document.querySelector("dialog[open]")) return;
  const wish = keys.asked(event);
  const row = event.target.closest("[data-row]");
  if (!wish && event.key === "Enter" && !composing(event) && row && event.target === input(row)) event.preventDefault(); // another key sends
  if (!wish) return;
  if (wish.action === "help") keys.help();
  else if (wish.action === "undo") {
    if (!undoes(row)) return;
    undo();
  } else if (row && event.target === input(row)) ACTIONS[wish.action](row, wish);
  else return;
  event.preventDefault();
});

for (const row of rows) {
  row.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    decide(row, event.submitter?.value === "omit" ? "omit" : "take");
  });
  for (const other of row.querySelectorAll("[data-other]")) other.addEventListener("click", () => choose(row, other));
  input(row).addEventListener("input", () => {
    if (!row.dataset.done) return;
    delete row.dataset.done; // typed over after an answer: it is asked for again
    say(row);
    count();
  });
}

// Whoever goes on waits for the answers that are on their way: one that is refused comes back into this column.
async function leave(event) {
  if (!onWay.size || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const kept = await Promise.all(onWay);
  if (kept.every(Boolean)) location.assign(next.href);
  else go(rows.find((row) => row.dataset.failed));
}

if (column) {
  next.addEventListener("click", leave);
  holds(() => onWay.size > 0);
  keys.offer();
  count();
  go(rows[0]);
}
