// Confirming without leaving the page: the desk of the next draft comes as the answer and takes the place of this one.
// The viewer stays, with its canvas; pictures that were fetched before are there at once.

// The portal may have been renewed since this page was opened: then its scripts are others.
const scripts = (page) => [...page.querySelectorAll("script[src]")].map((one) => one.getAttribute("src")).join();

// Sends the decisions, as its button (none: the form's own) asks. Gives true where the page holds a desk again (the next
// one, or this one with what is missing), false where the browser goes to another page; throws where the portal failed or
// did not answer.
export async function onward(form, button = null) {
  const answer = await fetch(button?.formAction ?? form.action, {
    method: "POST",
    body: new URLSearchParams(new FormData(form, button)),
    headers: { Accept: "text/html", "X-Desk": "next" },
    credentials: "same-origin",
  });
  if (answer.status >= 500) throw new Error(`confirm: ${answer.status}`);
  const there = answer.headers.get("Content-Location") ?? form.closest("[data-review]").dataset.show;
  const came = new DOMParser().parseFromString(await answer.text(), "text/html");
  const main = came.querySelector("main");
  if (!main?.querySelector("[data-review]") || scripts(came) !== scripts(document)) {
    location.assign(there);
    return false;
  }
  for (const still of main.querySelectorAll("noscript")) still.remove(); // its pictures would be fetched
  const scan = document.getElementById("scan");
  main.querySelector("#scan").replaceWith(scan);
  document.querySelector("main").replaceWith(main);
  document.title = came.title;
  const show = main.querySelector("[data-review]").dataset.show;
  if (show !== location.pathname) history.pushState(null, "", show);
  for (const back of document.querySelectorAll("header [name=next]")) back.value = show; // where another language is shown
  scrollTo(0, 0);
  return true;
}
