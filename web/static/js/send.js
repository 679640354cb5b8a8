// The page behind a customer's link: gathers what is chosen or taken, time after time, shows what each photo is worth, and
// tells before sending what would be refused. Without it the form works as it is, with what was chosen last.
import { look } from "./look.js";
import { failed, fill } from "./told.js";
import { holds, letGo } from "./unsaved.js";

const form = document.querySelector("[data-send-form]");
const input = form.querySelector("input[type=file]");
const shots = form.querySelector("[data-shots]");
const problem = form.querySelector("[data-problem]");
const text = form.dataset;
const WORDS = { dark: text.textDark, cut: text.textCut, glare: text.textGlare, blurred: text.textBlurred, good: text.textGood };
const limit = Number(text.limitMb) * 1e6;
const wrong = (file) => (file.size === 0 ? "file.empty" : file.size > limit ? "file.too_large" : ""); // its code
let files = [];
let last = Promise.resolve();

function make(kind, parent, name = "", words = "") {
  const made = parent.appendChild(document.createElement(kind));
  made.className = name;
  made.textContent = words;
  if (/\p{Script=Han}/u.test(words)) made.lang = "zh-Hans"; // a file's name, on a page in any language
  return made;
}

// What the form sends: all that is here and would be taken.
function gather() {
  const all = new DataTransfer();
  for (const file of files) if (!wrong(file)) all.items.add(file);
  input.files = all.files;
  problem.hidden = true;
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
  if (wrong(file)) fill(make("p", item, "small tone-bad"), failed(wrong(file)));
  else if (photo) {
    const found = look(photo, photo.width, photo.height);
    make("p", item, found === "good" ? "small tone-good" : "small tone-warn", WORDS[found]).lang = document.documentElement.lang;
  }
  photo?.close();
  const remove = make("button", item, "btn", text.textRemove);
  remove.type = "button";
  remove.setAttribute("aria-label", `${text.textRemove} ${file.name}`);
  remove.addEventListener("click", () => {
    files = files.filter((other) => other !== file);
    item.remove();
    gather();
  });
}

const same = (one, other) => one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;

input.addEventListener("change", () => {
  const added = [...input.files].filter((file) => !files.some((other) => same(file, other)));
  files.push(...added);
  gather();
  for (const file of added) last = last.then(() => show(file));
});
form.addEventListener("submit", (event) => {
  if (input.files.length <= Number(text.most)) return letGo();
  event.preventDefault();
  fill(problem.querySelector("p"), failed("upload.too_many_at_once"));
  problem.hidden = false;
  problem.scrollIntoView({ block: "nearest" });
});
input.closest("label").classList.add("by-script");
holds(() => input.files.length > 0);
