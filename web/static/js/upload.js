// The list of what is to be handed in and the way there: chosen, dropped anywhere on any page, pasted; told whether it
// was handed in before; sent so that a broken connection costs little. Without it the form works as it is.
import { chosen, dropped } from "./gather.js";
import { handIn, hashOf, known } from "./parts.js";
import { failed, fill, Refused } from "./told.js";
import { twinOf } from "./twins.js";
import { goTo, holds } from "./unsaved.js";

const form = document.querySelector("[data-upload]");
const dialog = form.closest("dialog");
const drop = form.querySelector("[data-drop]");
const list = form.querySelector("[data-chosen]");
const problem = form.querySelector("[data-problem]");
const sending = form.querySelector("[data-sending]");
const button = form.querySelector("button.btn-primary");
const limit = Number(form.dataset.limitMb) * 1e6;
const text = form.dataset;
const AT_ONCE = 20;
const SLICE = 8; // milliseconds at a stretch: half a picture's time
const hashes = new Map();
const present = new Set();
let lines = [];
let busy = false;
let adding = Promise.resolve();
let drawn = 0;
let hashing = false;

const keyOf = (file) => `${file.webkitRelativePath || file.name}|${file.size}|${file.lastModified}`;
const wrong = (file) => (file.size === 0 ? "file.empty" : file.size > limit ? "file.too_large" : ""); // its code

function size(count) {
  if (count < 1e3) return `${count} B`;
  return count < 1e6 ? `${(count / 1e3).toFixed(0)} KB` : `${(count / 1e6).toFixed(1)} MB`;
}

function make(kind, name, parent, words = "") {
  const made = parent.appendChild(document.createElement(kind));
  made.className = name;
  made.textContent = words;
  if (/\p{Script=Han}/u.test(words)) made.lang = "zh-Hans"; // names of files, on a page in any language
  return made;
}

function draw(line) {
  const { file } = line;
  const item = document.createElement("li");
  make("span", "name", item, file.name);
  item.classList.toggle("unfit", Boolean(wrong(file)));
  line.note = make("span", wrong(file) ? "wrong" : "muted small", item, size(file.size));
  if (wrong(file)) fill(line.note, failed(wrong(file)));
  const remove = make("button", "tool", item, "×");
  remove.type = "button";
  remove.title = text.textRemove;
  remove.setAttribute("aria-label", `${text.textRemove} ${file.name}`);
  remove.addEventListener("click", () => {
    if (busy) return;
    lines = lines.filter((other) => other !== line);
    present.delete(line.key);
    item.remove();
    part(line);
    sum();
  });
  line.item = item;
  tellLine(line);
  return item;
}

// What is known of a file before it is sent: that it came before, that another of the list is the same.
function tellLine(line) {
  if (!line.item || wrong(line.file)) return;
  line.item.classList.toggle("known", Boolean(line.before || line.twin));
  line.note.textContent = size(line.bytes);
  if (line.before) {
    line.note.append(" · ");
    const link = make("a", "", line.note, text.textKnown);
    link.href = line.before;
    link.target = "_blank";
  }
  if (line.twin) {
    const [before, after] = text.textTwin.split("{name}");
    line.note.append(` · ${before}`);
    make("span", "", line.note, line.twin.file.name);
    line.note.append(after);
  }
}

// Who was the same as a file that is taken out is the first of its kind now.
function part(gone) {
  const [first, ...others] = lines.filter(({ twin }) => twin === gone);
  for (const other of others) other.twin = first;
  if (first) first.twin = null;
  for (const line of [first, ...others].filter(Boolean)) tellLine(line);
}

// Some lines per picture, so that five hundred files do not hold the page up.
function drawMore() {
  const waiting = lines.filter((line) => !line.item).slice(0, AT_ONCE);
  if (!waiting.length) return;
  list.append(...waiting.map(draw));
  drawn = requestAnimationFrame(drawMore);
}

function sum() {
  const total = lines.reduce((all, { bytes }) => all + bytes, 0);
  form.querySelector("[data-sum]").textContent = lines.length ? `${text.textSum.replace("{n}", lines.length)} · ${size(total)}` : "";
  button.disabled = busy || !lines.length;
  form.querySelector("[data-unchecked]").hidden = Boolean(crypto.subtle) || !lines.length;
}

function add(files) {
  adding = adding.then(() => take(files));
}

// A file's size and date are asked of the disk one by one: five hundred at a stretch would hold the page up as well.
async function take(files) {
  if (busy) return;
  problem.hidden = true;
  if (dialog && files.length && !dialog.open) dialog.showModal();
  let begun = performance.now();
  for (const file of files) {
    if (performance.now() - begun > SLICE) {
      await new Promise((resolve) => setTimeout(resolve));
      begun = performance.now();
    }
    const key = keyOf(file);
    if (present.has(key)) continue;
    present.add(key);
    lines.push({ file, key, bytes: file.size });
  }
  cancelAnimationFrame(drawn);
  drawMore();
  sum();
  lookUp();
}

// Asks which files came before, and which are there twice, a few at a time, while the clerk still looks at the list.
async function lookUp() {
  if (hashing) return;
  hashing = true;
  for (let some; (some = lines.filter(({ file, looked }) => !looked && !wrong(file)).slice(0, AT_ONCE)).length; ) {
    for (const line of some) {
      line.looked = true;
      const hash = await hashOf(line.file).catch(() => null);
      if (hash) hashes.set(line.file, hash);
      await pair(line);
    }
    const asked = some.filter(({ file }) => hashes.has(file));
    const found = await known(asked.map(({ file }) => hashes.get(file)));
    for (const line of asked) {
      line.before = found[hashes.get(line.file)];
      if (line.before) tellLine(line);
    }
  }
  hashing = false;
}

async function pair(line) {
  const others = lines.filter((other) => other !== line && other.looked && !other.twin && other.bytes === line.bytes);
  const found = others.length && (await twinOf(line.file, others.map(({ file }) => file), hashes));
  line.twin = found ? lines.find(({ file }) => file === found) : null; // gone meanwhile: nobody's
  if (line.twin) tellLine(line);
}

function tell(what) {
  fill(problem.querySelector("p"), what);
  problem.hidden = false;
  stop();
}

function stop() {
  busy = false;
  sending.hidden = true;
  sum();
}

async function send() {
  await adding;
  if (busy) return;
  const good = lines.filter(({ file }) => !wrong(file));
  if (!good.length) return tell(failed("upload.none_fit"));
  const total = good.reduce((all, { bytes }) => all + bytes, 0);
  const sent = new Float64Array(good.length);
  const waits = new Set();
  busy = true;
  sum();
  problem.hidden = true;
  sending.hidden = false;
  const show = () => {
    sending.querySelector("progress").value = sent.reduce((all, one) => all + one, 0) / total;
    sending.querySelector("[data-how]").textContent = waits.size ? text.textWaiting : text.textSending;
  };
  const files = good.map(({ file }) => file);
  const step = (index, news) => {
    if (news.sent !== undefined) sent[index] = news.sent;
    if (news.waiting) waits.add(index);
    else waits.delete(index);
    good[index].item?.classList.toggle("sent", Boolean(news.whole));
    show();
  };
  const onWait = (waiting) => step(0, { waiting });
  try {
    goTo(await handIn(files, { hashes, tell: step, onWait, caseNumber: form.elements.case.value }));
  } catch (error) {
    tell(error instanceof Refused ? error.problem : failed("upload.broken_off"));
    if (!(error instanceof Refused)) throw error;
  }
}

drop.classList.add("by-script");
const camera = form.querySelector("[data-camera-link]");
camera.addEventListener("click", () => {
  const address = new URL(camera.href);
  address.searchParams.delete("case");
  if (form.elements.case.value.trim()) address.searchParams.set("case", form.elements.case.value.trim());
  camera.href = address;
});
for (const input of form.querySelectorAll("input[type=file]")) {
  input.required = false;
  input.closest("[hidden]")?.removeAttribute("hidden");
  input.addEventListener("change", () => {
    add(chosen(input.files));
    input.value = "";
  });
}
for (const kind of ["dragenter", "dragover"]) {
  document.addEventListener(kind, (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    drop.classList.add("over");
    document.body.classList.add("dropping");
  });
}
function calm() {
  drop.classList.remove("over");
  document.body.classList.remove("dropping");
}
document.addEventListener("dragleave", (event) => event.relatedTarget ?? calm());
document.addEventListener("drop", async (event) => {
  if (!event.dataTransfer?.types.includes("Files")) return;
  event.preventDefault();
  calm();
  add(await dropped(event.dataTransfer));
});
document.addEventListener("paste", (event) => {
  if (!event.clipboardData?.files.length) return;
  event.preventDefault();
  add(chosen(event.clipboardData.files));
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});
dialog?.addEventListener("cancel", (event) => busy && event.preventDefault());
dialog?.querySelector("[data-close]").addEventListener("click", () => busy || dialog.close());
holds(() => busy); // what is half sent is not handed in
sum();
