// A filter applies itself when something is chosen; n opens the oldest draft.
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
