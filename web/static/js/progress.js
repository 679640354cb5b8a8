// Keeps an upload's page up to date: the server's events say when to look, a slow clock looks where they do not come.
const box = document.querySelector("[data-progress]");
const SECONDS = 3;
let source;
let clock;
let asked = false;

async function refresh() {
  if (asked) return;
  asked = true;
  try {
    const answer = await fetch(box.dataset.progress, { credentials: "same-origin", headers: { Accept: "text/html" } });
    if (answer.ok) show(await answer.text());
  } finally {
    asked = false;
  }
}

function show(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("[data-state]");
  const present = box.querySelector("[data-state]");
  if (fresh && fresh.outerHTML !== present.outerHTML) present.replaceWith(document.adoptNode(fresh));
  if (fresh?.dataset.state === "settled") stop();
}

function stop() {
  source?.close();
  clearInterval(clock);
  box.dataset.settled = "yes";
}

if (box.dataset.settled !== "yes") {
  source = new EventSource(box.dataset.events);
  for (const kind of ["state", "done"]) source.addEventListener(kind, refresh);
  source.onerror = () => source.readyState === EventSource.CLOSED && refresh();
  clock = setInterval(refresh, SECONDS * 1000);
}
