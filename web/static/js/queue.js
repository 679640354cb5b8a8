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

const count = document.querySelector("[data-count]");
const SECONDS = 15;

async function look() {
  if (document.hidden) return;
  const answer = await fetch(count.dataset.count, { credentials: "same-origin" }).catch(() => null);
  if (!answer?.ok) return;
  const { text } = await answer.json();
  if (count.textContent !== text) count.textContent = text;
}

if (count) {
  look(); // apart from the page: to count many drafts takes longer than to list some
  setInterval(look, SECONDS * 1000);
  document.addEventListener("visibilitychange", look);
}
