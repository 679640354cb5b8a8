// A rare character: its likes at once, others by pinyin or by parts; a digit or a click puts one into the value.
import { composing } from "./bindings.js";
import { post } from "./post.js";
import { fill, problemOf } from "./told.js";
const PAUSE_MS = 200;
let hands;
let clock;

// The characters that answer a wish; where none can be had, the box says why.
async function ask(box, wish) {
  const answer = await post(hands.desk.dataset.characters, new URLSearchParams(wish)).catch(() => null);
  if (answer?.ok) return show(box, (await answer.json()).characters);
  const place = document.createElement("p");
  place.className = "small text-bad";
  fill(place, await problemOf(answer));
  box.querySelector("[data-found]").replaceChildren(place);
}

// The place that a character goes to: the one that is looked at, where it is marked; else behind the value.
function place(box, fact) {
  const marked = box.dataset.places.split(" ").filter(Boolean).map(Number);
  return marked[0] ?? [...hands.value(fact)].length;
}

function put(box, character) {
  const fact = box.closest("[data-fact]");
  const letters = [...hands.value(fact)];
  letters[place(box, fact)] = character;
  hands.take(fact, letters.join(""));
  box.open = false;
  hands.focus(fact);
}

function show(box, characters) {
  const buttons = characters.map((character, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "other";
    button.dataset.character = character;
    if (at < 9) {
      const key = document.createElement("kbd");
      key.textContent = String(at + 1);
      button.append(key, " ");
    }
    button.append(character);
    button.addEventListener("click", () => put(box, character));
    return button;
  });
  box.querySelector("[data-found]").replaceChildren(...buttons);
}

export function spelling(given) {
  hands = given;
  for (const box of document.querySelectorAll("[data-fact] [data-characters]")) {
    const field = box.querySelector("[data-spell]");
    box.addEventListener("toggle", async () => {
      if (!box.open) return;
      field.focus();
      const fact = box.closest("[data-fact]");
      const letter = [...hands.value(fact)][place(box, fact)];
      if (letter) ask(box, { like: letter });
    });
    field.addEventListener("input", () => {
      clearTimeout(clock);
      clock = setTimeout(() => ask(box, { q: field.value }), PAUSE_MS);
    });
    field.addEventListener("keydown", (event) => {
      if (composing(event)) return;
      const found = box.querySelectorAll("[data-character]");
      const wanted = event.key === "Enter" && !event.ctrlKey ? found[0] : /^[1-9]$/.test(event.key) ? found[event.key - 1] : null;
      if (event.key === "Escape") {
        box.open = false;
        hands.focus(box.closest("[data-fact]"));
      } else if (wanted) wanted.click();
      else if (event.key !== "Enter" || event.ctrlKey) return;
      event.preventDefault();
      event.stopPropagation();
    });
  }
}

export function openSpelling(fact) {
  const box = fact?.querySelector("[data-characters]");
  if (box) box.open = true;
}
