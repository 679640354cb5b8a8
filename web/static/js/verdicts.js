// What the rules say of a value that is being typed at the desk.
import { post } from "./post.js";

const PAUSE_MS = 250;
const waiting = new WeakMap();

// value: what the fact says now.
export function check(fact, value) {
  clearTimeout(waiting.get(fact));
  waiting.set(fact, setTimeout(() => ask(fact, value), PAUSE_MS));
}

async function ask(fact, value) {
  const asked = value(fact);
  const { dataset: desk } = fact.closest("[data-review]");
  const body = new URLSearchParams({ kind: fact.dataset.kind, value: asked });
  const answer = await post(desk.check, body).catch(() => null);
  if (!answer?.ok || value(fact) !== asked) return;
  const verdict = await answer.json();
  const hint = fact.querySelector("[data-hint]");
  const told = verdict.problems.map((problem) => problem.message);
  const reads = verdict.value && verdict.shown !== asked ? [`${desk.textReads} ${verdict.shown}`] : [];
  hint.textContent = asked.trim() ? [...reads, ...told].join(" · ") : "";
  hint.classList.toggle("wrong", verdict.problems.some((problem) => problem.severity === "error"));
}
