// A filter applies itself when something is chosen; n opens the oldest draft; the count follows while somebody looks.
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
