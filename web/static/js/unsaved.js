// What is on a page and nowhere else yet. Each script that has such work in hand says how to see it; in this one place it
// is asked for before the page is left, whichever way.
const works = [];
let free = false;

// work: whether something would be lost now.
export const holds = (work) => works.push(work);
export const unsaved = () => works.some((work) => work());

// Nothing is asked from here on: what was in hand is kept, or its person said that it need not be.
export const letGo = (agreed = true) => (free = agreed);

export function goTo(address) {
  letGo();
  location.assign(address);
}

addEventListener("beforeunload", (event) => !free && unsaved() && event.preventDefault());
