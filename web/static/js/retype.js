// A paper's type changed from the desk: what was decided here so far is kept first, for the desk comes anew behind it.
// Where it cannot be kept, the paper stays as it is and the desk says why.
import { refused, tell } from "./claim.js";
import { failed } from "./told.js";

// What the form asks to keep. `touched` are the values that a person decided here: what the desk accepts by itself is
// nobody's word, and what was taken back to nothing is kept no more.
function said(facts, touched, value) {
  const empty = (fact) => fact.dataset.action === "correct" && !value(fact).trim(); // begun, nothing said
  const byItself = (fact) => fact.dataset.action === "accept" && fact.dataset.state === "certain";
  const own = facts.filter((fact) => !empty(fact) && (touched.has(fact) || (fact.dataset.action && !byItself(fact))));
  const answers = own.filter((fact) => fact.dataset.action);
  return {
    answers: answers.map((fact) => ({ fact: fact.dataset.fact, action: fact.dataset.action, value: value(fact) })),
    undone: own.filter((fact) => !answers.includes(fact)).map((fact) => fact.dataset.fact),
  };
}

async function keep(desk, form, decided) {
  const body = JSON.stringify({ version: Number(form.elements.version.value), ...decided });
  const headers = { "Content-Type": "application/json", "X-CSRFToken": desk.dataset.csrf, Accept: "application/json" };
  const answer = await fetch(desk.dataset.answers, { method: "POST", headers, body, credentials: "same-origin" }).catch(() => null);
  if (answer?.ok) return true;
  if (answer) await refused(answer, desk.dataset.textLost);
  else tell(failed("portal.no_answer"));
  return false;
}

// Takes the form in the page in hand. touched: gives the values that were decided here; value: what one says now.
export function keepBeforeRetyping({ desk, form, facts, touched, value }) {
  const retype = desk.querySelector("[data-retype] form");
  if (!retype) return;
  let going = false;
  let kept = false;
  retype.addEventListener("submit", async (event) => {
    if (kept) return;
    event.preventDefault();
    if (going) return;
    const { submitter } = event;
    const decided = said(facts, touched(), value);
    going = true;
    kept = (!decided.answers.length && !decided.undone.length) || (await keep(desk, form, decided));
    going = false;
    if (kept) retype.requestSubmit(submitter);
  });
}
