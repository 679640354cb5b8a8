// The bar after a confirmation: while its seconds run, the confirmation can be taken back, by button or by Ctrl+Z.
import { composing } from "./bindings.js";
let bar;
let clock;

export function undoConfirmation() {
  if (!bar?.isConnected) return false;
  bar.requestSubmit();
  return true;
}

// Takes the bar in the page in hand, where there is one.
export function watchUndo() {
  clearInterval(clock);
  bar = document.querySelector("[data-undo]");
  if (!bar) return;
  const end = Date.now() + Number(bar.dataset.seconds) * 1000;
  const show = () => {
    const left = Math.ceil((end - Date.now()) / 1000);
    bar.querySelector("[data-seconds-left]").textContent = bar.dataset.text.replace("{n}", Math.max(left, 0));
    if (left > 0) return;
    clearInterval(clock);
    bar.closest(".note").remove();
  };
  clock = setInterval(show, 500);
  show();
}

document.addEventListener("keydown", (event) => {
  const ours = event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
  if (!ours || composing(event) || event.defaultPrevented || document.querySelector("[data-review]") || event.target.closest("input, textarea")) return;
  if (undoConfirmation()) event.preventDefault();
});
watchUndo();
