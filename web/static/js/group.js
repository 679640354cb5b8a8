// A column of crops: Enter takes the value and goes down, arrows move without an answer, Alt and a digit take an
// alternative (0 leaves out), Ctrl+Z takes the last answer back. Keys are left alone while an input method composes.
import { composing } from "./keys.js";
const column = document.querySelector("[data-group]");
const rows = [...document.querySelectorAll("[data-row]")];
const left = document.querySelector("[data-group-left]");
const next = document.querySelector("[data-group-next] a");
const told = new Map();
const history = [];
const sending = new Map();

const input = (row) => row.querySelector("input[name=value]");
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
  if (!told.has(row)) told.set(row, [...state.childNodes]);
  if (!text) return state.replaceChildren(...told.get(row));
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
  return turn;
}

async function post(row, action, body) {
  const form = row.querySelector("form");
  body.set("action", action);
  const answer = await fetch(form.getAttribute("action"), { method: "POST", body, headers: { Accept: "application/json" } }).catch(() => null);
  if (answer?.ok) return true;
  const problem = (await answer?.json().catch(() => null)) ?? {};
  delete row.dataset.done;
  row.dataset.failed = "yes";
  say(row, [problem.detail, problem.next_step].filter(Boolean).join(" ") || column.dataset.textFailed, "bad");
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

function alt(event, row) {
  const digit = event.code.match(/^(?:Digit|Numpad)(\d)$/)?.[1];
  const other = row.querySelectorAll("[data-other]")[digit - 1];
  if (digit === "0") decide(row, "omit");
  else if (other) choose(row, other);
  else return;
  event.preventDefault();
}

function choose(row, other) {
  input(row).value = other.dataset.other;
  decide(row, "take");
}

document.addEventListener("keydown", (event) => {
  if (composing(event) || document.querySelector("dialog[open]")) return;
  const row = event.target.closest("[data-row]");
  const untouched = !row || input(row).value === row.dataset.value || row.dataset.done;
  if (event.key === "z" && (event.ctrlKey || event.metaKey) && untouched && history.length) {
    event.preventDefault();
    undo();
  } else if (!row || event.target !== input(row)) return;
  else if (event.altKey) alt(event, row);
  else if (event.key === "Enter" && !event.shiftKey && !event.ctrlKey) {
    event.preventDefault();
    if (input(row).value.trim()) decide(row, "take");
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    go(rows[rows.indexOf(row) + (event.key === "ArrowDown" ? 1 : -1)] ?? (event.key === "ArrowUp" ? row : null));
  }
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

if (column) {
  count();
  go(rows[0]);
}
