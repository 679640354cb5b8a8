// The page behind a customer's link: shows what was chosen and what each photo is worth before it is sent. Choosing
// again takes the place of what was chosen, as with any form; without this the form works as it is.
import { look } from "./look.js";

const form = document.querySelector("[data-send-form]");
const shots = form?.querySelector("[data-shots]");
const text = form?.dataset;
const WORDS = text && { dark: text.textDark, cut: text.textCut, glare: text.textGlare, blurred: text.textBlurred, good: text.textGood };

function make(kind, parent, name = "", words = "") {
  const made = parent.appendChild(document.createElement(kind));
  made.className = name;
  made.textContent = words;
  if (/\p{Script=Han}/u.test(words)) made.lang = "zh-Hans"; // a file's name, on a page in any language
  return made;
}

async function show(file) {
  const item = make("li", shots);
  const photo = await createImageBitmap(file).catch(() => null);
  if (photo) {
    const picture = make("img", item);
    picture.alt = "";
    picture.src = URL.createObjectURL(file);
    picture.addEventListener("load", () => URL.revokeObjectURL(picture.src));
  }
  make("span", item, "small muted", file.name);
  if (!photo) return;
  const found = look(photo, photo.width, photo.height);
  make("p", item, found === "good" ? "small tone-good" : "small tone-warn", WORDS[found]).lang = document.documentElement.lang;
  photo.close();
}

form?.querySelector("input[type=file]").addEventListener("change", async ({ target }) => {
  const files = [...target.files];
  shots.replaceChildren();
  for (const file of files) await show(file);
});
