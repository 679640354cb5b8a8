// A problem document as a person is told it: what happened, what to do next, and the code to name when asking for help.
export const told = (problem) => [problem.detail, problem.next_step, problem.code].filter(Boolean).join(" ");

// What a page tells by itself, where no answer came or nothing was asked: by its code (web/failures.py).
export const failed = (code) => ({ code, ...JSON.parse(document.body.dataset.failures)[code] });

// The problem that an answer holds; one that holds none, or another server's page, is named by its status.
export async function problemOf(answer) {
  if (!answer) return failed("portal.no_answer");
  const problem = await answer.json().catch(() => ({}));
  return problem.code ? problem : { ...failed("portal.outcome_unknown"), code: `http.${answer.status}` };
}

// Thrown by what asks the portal for a change, with the problem that is to be told; without one it is told already.
export class Refused extends Error {
  constructor(problem) {
    super(problem && told(problem));
    this.problem = problem;
  }
}

// Puts a problem into a place as the pages' own notes of errors have it.
export function fill(place, problem) {
  const made = (kind, name, text) => Object.assign(document.createElement(kind), { className: name, textContent: text });
  const code = made("span", "mono small muted", problem.code);
  code.dataset.code = "";
  place.replaceChildren(made("strong", "", problem.detail), ` ${problem.next_step ?? ""} `, code);
  if (problem.code === "http.401") place.append(" ", signIn());
}

// In another tab: what is in hand stays on this page.
function signIn() {
  const { signIn: href, textSignIn: textContent } = document.body.dataset;
  return Object.assign(document.createElement("a"), { href, textContent, target: "_blank" });
}
