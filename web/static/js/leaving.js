// Leaving the desk. What was decided here is kept first where another form of the page is sent: another type of a paper,
// another language, a confirmation taken back. Links and the browser's own ways ask (unsaved.js).
import { refused, tell } from "./claim.js";
import { post } from "./post.js";
import { failed } from "./told.js";
import { holds, letGo, unsaved } from "./unsaved.js";

let hands; // of the desk in hand: see ``guard``
let going = false;
let passes = null; // a form whose decisions were kept, or could not be

// What is asked to be kept. What the desk accepts by itself is nobody's word, and what was taken back to nothing is kept
// no more.
function said() {
  const { facts, value } = hands;
  const touched = hands.touched();
  const empty = (fact) => fact.dataset.action === "correct" && !value(fact).trim(); // begun, nothing said
  const byItself = (fact) => fact.dataset.action === "accept" && fact.dataset.state === "certain";
  const own = facts.filter((fact) => !empty(fact) && (touched.has(fact) || (fact.dataset.action && !byItself(fact))));
  const answers = own.filter((fact) => fact.dataset.action);
  return {
    answers: answers.map((fact) => ({ fact: fact.dataset.fact, action: fact.dataset.action, value: value(fact) })),
    undone: own.filter((fact) => !answers.includes(fact)).map((fact) => fact.dataset.fact),
  };
}

// Keeps what was decided here; where that cannot be, the desk says why and false is given.
export async function keep() {
  const { desk, form } = hands;
  const decided = said();
  if (!decided.answers.length && !decided.undone.length) return true;
  const body = JSON.stringify({ version: Number(form.elements.version.value), ...decided });
  const answer = await post(desk.dataset.answers, body, { headers: { "Content-Type": "application/json" } }).catch(() => null);
  if (answer?.ok) return true;
  if (answer) await refused(answer, desk.dataset.textLost);
  else tell(failed("portal.no_answer"));
  return false;
}

// A paper stays as it is where the decisions could not be kept; from any other form the browser asks then.
async function keepBefore(form, submitter) {
  going = true;
  const kept = await keep();
  going = false;
  if (!kept && form.closest("[data-retype]")) return;
  passes = form;
  letGo(kept);
  form.requestSubmit(submitter);
  passes = null;
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form === passes) return;
  if (form.matches("[data-release]") || !unsaved()) return letGo();
  event.preventDefault();
  if (!going) keepBefore(form, event.submitter);
});

// An earlier desk is a page of its own; a place of this one is none.
addEventListener("popstate", () => {
  const { show } = hands.desk.dataset;
  const there = location.href;
  if (location.pathname === show) return;
  if (!unsaved()) return location.reload();
  history.pushState(null, "", show); // whoever stays has this desk and its address
  location.assign(there);
});

function askBeforeRelease() {
  const asking = document.querySelector("[data-ask-release]");
  const release = document.querySelector("[data-release]");
  let agreed = false;
  asking.querySelector("[data-no]").addEventListener("click", () => asking.close());
  release.addEventListener("submit", (event) => {
    if (agreed || !unsaved()) return;
    event.preventDefault();
    asking.showModal();
  });
  asking.querySelector("[data-yes]").addEventListener("click", () => {
    agreed = true;
    release.requestSubmit();
  });
}

// Takes the desk in hand. mine: whether one decides here; any: whether anything is decided that is not kept; touched: the
// values that a person decided here; value: what one says now; focus: leads to one.
export function guard(given) {
  hands = given;
  letGo(false);
  for (const link of hands.desk.querySelectorAll("a[href^='#fact-']")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      hands.focus(hands.facts.find((fact) => `#${fact.id}` === link.getAttribute("href")));
    });
  }
  if (hands.mine) askBeforeRelease();
}

holds(() => hands.mine && hands.any());
