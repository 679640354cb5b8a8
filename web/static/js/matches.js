// The list of customers at the desk: a digit picks a line, the arrows go along the lines, Escape back to the values.
const lines = () => [...document.querySelectorAll("[data-matches] [data-match]:not(:disabled)")];

export function toMatches() {
  const all = lines();
  (all.find((line) => line.getAttribute("aria-pressed") === "true") ?? all[0])?.focus();
}

// back: where the keys go on after the list.
export function picking(back) {
  document.querySelector("[data-matches]")?.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const all = lines();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const line = step ? all[all.indexOf(event.target.closest("[data-match]")) + step] : all[Number(event.key) - 1];
    if (step) line?.focus();
    else if (line) line.click();
    else if (event.key === "Escape") back();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}
