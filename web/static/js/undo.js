// The bar after a confirmation: while its seconds run, the confirmation can be taken back, by button or by Ctrl+Z.
const bar = document.querySelector("[data-undo]");

export function undoConfirmation() {
  if (!bar?.isConnected) return false;
  bar.requestSubmit();
  return true;
}

if (bar) {
  const end = Date.now() + Number(bar.dataset.seconds) * 1000;
  const show = () => {
    const left = Math.ceil((end - Date.now()) / 1000);
    bar.querySelector("[data-seconds-left]").textContent = `${Math.max(left, 0)} s`;
    if (left <= 0) {
      clearInterval(clock);
      bar.closest(".note").remove();
    }
  };
  const clock = setInterval(show, 500);
  show();
  document.addEventListener("keydown", (event) => {
    const ours = event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    if (!ours || event.isComposing || event.defaultPrevented || document.querySelector("[data-review]") || event.target.closest("input, textarea")) return;
    event.preventDefault();
    undoConfirmation();
  });
}
