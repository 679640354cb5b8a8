// A quality check: Enter goes to the next value, Ctrl+Enter finishes, unless somebody chose other keys; keys are left alone
// while an input method composes. What was typed stays where the portal refuses, and is asked for before the page is left.
import { bindings, composing } from "./bindings.js";
import { post } from "./post.js";
import { failed, fill, problemOf } from "./told.js";
import { goTo, holds } from "./unsaved.js";

const keys = bindings({
  name: "intake.keys.sample",
  usual: { accept: "Enter", confirm: "Ctrl+Enter", undo: "Ctrl+z", up: "Alt+ArrowUp", down: "Alt+ArrowDown", help: "?" },
});
let form;
let inputs;
let changed = []; // values that were typed over, the last one last
let sent = false;

const differs = (input) => input.value !== input.defaultValue;

function go(input) {
  const to = input ?? form.querySelector("button.btn-primary");
  to.focus();
  to.select?.();
  to.scrollIntoView({ block: "center" });
}

// What is being typed the browser itself takes back; behind that, the last value goes back to what was confirmed.
function undo() {
  const last = changed.filter(differs).at(-1);
  if (!last || document.activeElement === last) return false;
  last.value = last.defaultValue;
  go(last);
  return true;
}

const ACTIONS = {
  confirm: () => form.requestSubmit(),
  accept: (at) => at >= 0 && (go(inputs[at + 1]), true),
  up: (at) => (go(inputs[Math.max(at - 1, 0)]), true),
  down: (at) => (go(inputs[at + 1]), true),
  undo,
  help: keys.help,
};

document.addEventListener("keydown", (event) => {
  if (composing(event) || document.querySelector("dialog[open]")) return;
  const wish = keys.asked(event);
  const at = inputs.indexOf(event.target);
  if (!wish) {
    if (event.key === "Enter" && at >= 0 && !event.shiftKey) event.preventDefault(); // another key finishes
    return;
  }
  if (ACTIONS[wish.action](at) !== false) event.preventDefault();
});

function tell(problem) {
  const place = document.querySelector("[data-problem]");
  fill(place.querySelector("p"), problem);
  place.hidden = false;
  place.scrollIntoView({ block: "center" });
}

// What is refused comes back as the page with what was typed and what to mend; a problem of another kind is told here.
async function send() {
  const answer = await post(form.action, new URLSearchParams(new FormData(form)), { headers: { Accept: "text/html", "X-Desk": "stay" } }).catch(() => null);
  const there = answer?.ok && answer.headers.get("Content-Location");
  if (there) return goTo(there);
  if (!answer || answer.status >= 500) return tell(failed("portal.outcome_unknown"));
  const whole = answer.clone();
  const main = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
  if (!main?.querySelector("[data-sample]")) return tell(await problemOf(whole));
  const confirmed = new Map(inputs.map((input) => [input.name, input.defaultValue]));
  document.querySelector("main").replaceWith(main);
  begin();
  for (const input of inputs) {
    const typed = input.value;
    input.defaultValue = confirmed.get(input.name) ?? typed;
    input.value = typed;
  }
  scrollTo(0, 0);
}

function begin() {
  form = document.querySelector("[data-sample]");
  inputs = [...form.querySelectorAll("input.form-control, textarea")];
  changed = [];
  for (const input of inputs) {
    input.addEventListener("input", () => (changed = [...changed.filter((other) => other !== input), input]));
  }
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (sent) return;
    sent = true;
    await send();
    sent = false;
  });
  if (document.querySelector("[data-keys]")) keys.offer();
}

begin();
go(inputs[0]);
holds(() => inputs.some(differs));
