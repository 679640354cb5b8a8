// The list of customers at the desk: a digit picks a line, the arrows go along the lines, Escape back to the values.
import { composing } from "./bindings.js";
import { post } from "./post.js";
const WAIT = 600; // ms after the last word on a value
const lines = () => [...document.querySelectorAll("[data-matches] [data-match]:not(:disabled)")];

export function toMatches() {
  const all = lines();
  (all.find((line) => line.getAttribute("aria-pressed") === "true") ?? all[0])?.focus();
}

// back: where the keys go on after the list. A corrected name is looked for anew, while nobody is in the list.
export function picking(form, back) {
  const room = document.querySelector("[data-matches-room]");
  if (!room?.dataset.list) return;
  let waiting;
  form.addEventListener("decided", (event) => {
    const { fact, value } = event.target.dataset;
    if (!room.dataset.facts.split(" ").includes(fact) || (event.detail.value === value && !event.target.dataset.sought)) return;
    event.target.dataset.sought = "yes"; // going back to what was read is another question then
    clearTimeout(waiting);
    waiting = setTimeout(() => ask(room, form), WAIT);
  });
  room.addEventListener("keydown", (event) => {
    if (composing(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    const all = lines();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const line = step ? all[all.indexOf(event.target.closest("[data-match]")) + step] : all[Number(event.key) - 1];
    if (step) line?.focus();
    else if (line) line.click();
    else if (event.key === "Escape") back();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}

async function ask(room, form) {
  const answer = await post(room.dataset.list, new URLSearchParams(new FormData(form)), { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer?.ok || !room.isConnected || room.contains(document.activeElement)) return;
  const came = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-matches-room]");
  if (came) room.replaceChildren(...came.childNodes);
}
