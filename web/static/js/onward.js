// Going on without leaving the page: the desk of the next draft comes as the answer and takes the place of this one.
// The viewer stays, with its canvas; pictures that were fetched before are there at once.
import { post } from "./post.js";
import { failed, problemOf, Refused } from "./told.js";
import { goTo } from "./unsaved.js";

// The portal may have been renewed since this page was opened: then its scripts are others.
const scripts = (page) => [...page.querySelectorAll("script[src]")].map((one) => one.getAttribute("src")).join();

// Sends what was said. Gives whether the page holds a desk again (the next one, or this one with what is missing); false
// where the browser goes to another page. Throws where the answer is none or tells of a problem: nothing has changed here
// then. keep: keeps the decisions, for a desk that has to come as a page of its own; false where that cannot be.
export async function onward(address, said, keep) {
  const answer = await post(address, said, { headers: { Accept: "text/html", "X-Desk": "next" } });
  if (answer.status >= 500) throw new Refused(failed("review.outcome_unknown"));
  const there = answer.headers.get("Content-Location");
  const whole = answer.clone();
  const came = new DOMParser().parseFromString(await answer.text(), "text/html");
  const main = came.querySelector("main");
  const desk = main?.querySelector("[data-review]");
  if (!desk && !(answer.ok && there)) throw new Refused(await problemOf(whole));
  if (!desk || scripts(came) !== scripts(document)) {
    if (!there && !(await keep())) throw new Refused();
    goTo(there ?? desk.dataset.show);
    return false;
  }
  take(came, main);
  return true;
}

function take(came, main) {
  for (const still of main.querySelectorAll("noscript")) still.remove(); // its pictures would be fetched
  const scan = document.getElementById("scan");
  main.querySelector("#scan").replaceWith(scan);
  document.querySelector("main").replaceWith(main);
  document.title = came.title;
  const { show } = main.querySelector("[data-review]").dataset;
  if (show !== location.pathname) history.pushState(null, "", show);
  for (const back of document.querySelectorAll("header [name=next]")) back.value = show; // where another language is shown
  scrollTo(0, 0);
}
