// A filter applies itself when something is chosen; all drafts are ticked at once; n opens the oldest draft; the count follows while somebody looks.
for (const form of document.querySelectorAll("[data-filter]")) {
  form.querySelector("[data-apply]").hidden = !form.querySelector("input:not([type=hidden])");
  form.addEventListener("change", () => form.requestSubmit());
  form.addEventListener("formdata", (event) => {
    for (const [name, value] of [...event.formData]) if (!value) event.formData.delete(name);
  });
}

document.addEventListener("keydown", (event) => {
  if (event.key === "n" && !event.ctrlKey && !event.metaKey && !event.altKey && !event.target.closest("input, select, textarea")) {
    document.querySelector("[data-next]")?.click();
  }
});

// All drafts of this page at once.
const all = document.querySelector("[data-all]");
if (all) {
  const whole = all.querySelector("input");
  const ticks = [...document.querySelectorAll("[name=draft]")];
  all.hidden = false;
  whole.addEventListener("change", () => ticks.forEach((tick) => (tick.checked = whole.checked)));
  document.addEventListener("change", () => {
    const chosen = ticks.filter((tick) => tick.checked).length;
    whole.checked = chosen === ticks.length;
    whole.indeterminate = chosen > 0 && chosen < ticks.length;
  });
}

// Counts are asked for apart from the page, for to count many drafts takes longer than to list some, and again while
// somebody looks. They are read where they stand: a voice that told each change would never be silent.
const count = document.querySelector("[data-count]");
const views = document.querySelector("[data-counts]");
const SECONDS = 15;
const VIEWS_SECONDS = 30;
const put = (place, text) => place && place.textContent !== text && (place.textContent = text);

async function told(address) {
  const answer = await fetch(address, { credentials: "same-origin" }).catch(() => null);
  return answer?.ok ? answer.json() : {};
}

async function look() {
  const { text } = await told(count.dataset.count);
  if (text) put(count, text);
}

async function lookAtViews() {
  for (const [view, text] of Object.entries(await told(views.dataset.counts))) put(views.querySelector(`[data-view="${view}"]`), text);
}

// Asks at once, then every so many seconds; not while the page is out of sight, nor twice within that time.
function follow(ask, seconds) {
  let last = -Infinity;
  const turn = () => {
    if (document.hidden || performance.now() - last < seconds * 900) return;
    last = performance.now();
    ask();
  };
  turn();
  setInterval(turn, seconds * 1000);
  document.addEventListener("visibilitychange", turn);
}

if (count) follow(look, SECONDS);
if (views) follow(lookAtViews, VIEWS_SECONDS);
