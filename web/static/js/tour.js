// The step of the tour that the page shows: the thing that it points to is framed and brought into sight, the step stands
// where it hides nothing of it, and the focus is on the way ahead, so that Enter goes through the tour. Escape ends it.
const step = document.querySelector("[data-tour-step]");
const thing = [...document.querySelectorAll(`[data-tour~="${step.dataset.target}"]`)].find((one) => !one.closest("dialog"));
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;

function apart() {
  const [one, other] = [thing.getBoundingClientRect(), step.getBoundingClientRect()];
  return one.right <= other.left || other.right <= one.left || one.bottom <= other.top || other.bottom <= one.top;
}

if (thing) {
  thing.classList.add("toured");
  const high = thing.getBoundingClientRect().height > innerHeight / 2;
  thing.scrollIntoView({ block: high ? "start" : "center", behavior: calm ? "auto" : "smooth" });
  const sides = ["", "other-side", "above"];
  const free = sides.find((side) => {
    step.className = `tour ${side}`;
    return apart();
  });
  step.className = `tour ${free ?? ""}`;
}
step.querySelector("[data-go]").focus({ preventScroll: true });
step.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  event.preventDefault();
  step.querySelector("[data-tour-end]").requestSubmit();
});
