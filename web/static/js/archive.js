// The counts of a batch follow while it runs and somebody looks.
const SECONDS = 3;
const live = document.querySelector("[data-live]");

async function look() {
  if (document.hidden || live.querySelector("[data-running]")?.dataset.running !== "yes") return;
  const answer = await fetch(live.dataset.live, { credentials: "same-origin" }).catch(() => null);
  if (!answer?.ok) return;
  const came = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-counts]");
  if (!came) return;
  live.replaceChildren(came);
  if (came.dataset.running !== "yes") location.reload(); // what it asks now stands below
}

if (live) setInterval(look, SECONDS * 1000);
