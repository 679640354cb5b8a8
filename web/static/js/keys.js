// The keys of the reviewer's desk; letters that no action has lead, with Alt, to the value that bears them.
import { bindings } from "./bindings.js";

const USUAL = {
  accept: "Enter",
  confirm: "Ctrl+Enter",
  undo: "Ctrl+z",
  omit: "0",
  up: "Alt+ArrowUp",
  down: "Alt+ArrowDown",
  rotate: "r",
  larger: "+",
  smaller: "-",
  whole: "f",
  contrast: "c",
  picture: "l",
  words: "w",
  characters: "p",
  matches: "k",
  region: "x",
  aside: "q",
  release: "Escape",
  help: "?",
};

const jump = (letter, event) => (event.altKey && /[a-z]/.test(letter) ? { action: "jump", letter: (event.shiftKey ? "⇧" : "") + letter } : null);
export const { asked, offer: offerKeys, help } = bindings({ name: "intake.keys", usual: USUAL, digits: true, beyond: jump });
