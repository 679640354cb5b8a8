// What changes by itself on a batch's page follows while somebody looks: its counts, its packages.
const SECONDS = 3;

async function look(live) {
  if (document.hidden || live.querySelector("[data-running]")?.dataset.running !== "yes") return;
  const answer = await fetch(live.dataset.live, { credentials: "same-origin" }).catch(() => null);
  if (!answer?.ok) return;
  const came = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-running]");
  if (!came) return;
  live.replaceChildren(came);
  if (came.dataset.running !== "yes") location.reload(); // what can be done now stands elsewhere on the page too
}

for (const live of document.querySelectorAll("[data-live]")) setInterval(look, SECONDS * 1000, live);
