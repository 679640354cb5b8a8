// Keeps an upload's page up to date: the server's events say when to look, a slow clock looks where they do not come.
// Of the rows only those are asked for and put in that are otherwise than here, so that hundreds of files stay smooth.
import { headers } from "./parts.js";

const box = document.querySelector("[data-progress]");
const list = box.querySelector(".files");
const SECONDS = 3;
const SLICE = 8; // milliseconds at a stretch: half a picture's time
let source;
let clock;
let busy = false;
let again = false;

const rest = () => new Promise((resolve) => setTimeout(resolve));

// Looks until nothing is new; who is asked to look meanwhile looks once more.
async function refresh() {
  again = true;
  if (busy) return;
  busy = true;
  try {
    while (again) {
      again = false;
      const fresh = await asked();
      if (fresh) await show(fresh);
    }
  } finally {
    busy = false;
  }
}

async function asked() {
  const marks = [...list.children].map((row) => row.dataset.mark);
  const request = { method: "POST", headers: { ...headers({ "Content-Type": "application/json" }), Accept: "text/html" }, body: JSON.stringify({ marks }) };
  const answer = await fetch(box.dataset.progress, request).catch(() => null);
  if (!answer?.ok) return null;
  return new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-state]");
}

async function show(fresh) {
  let begun = performance.now();
  for (const row of fresh.querySelectorAll(".file")) {
    if (performance.now() - begun > SLICE) {
      await rest();
      begun = performance.now();
    }
    document.getElementById(row.id)?.replaceWith(document.adoptNode(row));
  }
  for (const part of fresh.querySelectorAll("[data-part]")) {
    const present = box.querySelector(`[data-part="${part.dataset.part}"]`);
    if (part.outerHTML !== present?.outerHTML) present?.replaceWith(document.adoptNode(part));
  }
  box.querySelector("[data-state]").dataset.state = fresh.dataset.state;
  again ||= "rest" in fresh.dataset;
  if (fresh.dataset.state === "settled" && !again) stop();
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
