// A quality check: Enter goes to the next value, Ctrl+Enter finishes; keys are left alone while an input method composes.
import { composing } from "./bindings.js";
const form = document.querySelector("[data-sample]");
const inputs = [...form.querySelectorAll("input.form-control, textarea")];
let sent = false;

document.addEventListener("keydown", (event) => {
  if (composing(event) || event.key !== "Enter") return;
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    form.requestSubmit();
  } else if (inputs.includes(event.target) && !event.shiftKey) {
    event.preventDefault();
    const next = inputs[inputs.indexOf(event.target) + 1] ?? form.querySelector("button.btn-primary");
    next.focus();
    next.select?.();
    next.scrollIntoView({ block: "center" });
  }
});

form.addEventListener("submit", (event) => {
  if (sent) event.preventDefault();
  sent = true;
});

inputs[0]?.focus();
inputs[0]?.select();
