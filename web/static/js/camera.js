// The camera page: says before the shutter what is wrong with the frame, collects photos and sends each at once, so that
// the service can say what it thinks of it (whole, upright, which type) before they are handed in together; tells which
// came before. To the case that the page was opened for, if there is one.
import { look } from "./look.js";
import { handIn, hashOf, headers, known, sendOne, takeBack } from "./parts.js";
import { failed, fill, Refused } from "./told.js";
import { twinOf } from "./twins.js";
import { goTo, holds } from "./unsaved.js";

const box = document.querySelector("[data-camera]");
const video = box.querySelector("video");
const says = box.querySelector("[data-says]");
const shots = box.querySelector("[data-shots]");
const take = box.querySelector("[data-take]");
const send = box.querySelector("[data-send]");
const problem = box.querySelector("[data-problem]");
const text = box.dataset;
const WORDS = { dark: text.textDark, cut: text.textCut, glare: text.textGlare, blurred: text.textBlurred, good: text.textGood };
const ASK = 400; // milliseconds between two questions what the service has seen
const PATIENCE = 60000; // and so long at most: photos are looked at one after the other
const hashes = new Map();
let files = [];
let last = Promise.resolve();

const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));

function tell(code) {
  says.textContent = WORDS[code];
  says.className = `camera-says ${code === "good" ? "tone-good" : "tone-warn"}`;
}

function fail(what) {
  fill(problem.querySelector("p"), what);
  problem.hidden = false;
}

async function start() {
  try {
    video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 3840 }, height: { ideal: 2160 } }, audio: false });
    await video.play();
  } catch {
    box.querySelector("[data-live]").hidden = true;
    return fail(failed("camera.unavailable"));
  }
  take.disabled = false;
  setInterval(() => document.hidden || tell(look(video, video.videoWidth, video.videoHeight)), 500);
}

function shot() {
  const canvas = document.createElement("canvas");
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext("2d").drawImage(video, 0, 0);
  const found = look(canvas, canvas.width, canvas.height);
  canvas.toBlob((blob) => add(new File([blob], `${text.textPhoto}-${new Date().toISOString().replace(/[-:.TZ]/g, "")}.jpg`, { type: "image/jpeg" }), found), "image/jpeg", 0.93);
}

function add(file, found) {
  files.push(file);
  const item = shots.appendChild(document.createElement("li"));
  const picture = item.appendChild(document.createElement("img"));
  picture.alt = file.name;
  picture.src = URL.createObjectURL(file);
  const note = item.appendChild(document.createElement("p"));
  const guess = note.appendChild(document.createElement("span"));
  note.className = found === "good" ? "small tone-good" : "small tone-warn";
  guess.textContent = WORDS[found] ?? "";
  const opinion = item.appendChild(document.createElement("div"));
  opinion.setAttribute("role", "status");
  const remove = item.appendChild(document.createElement("button"));
  remove.type = "button";
  remove.className = "btn";
  remove.textContent = text.textRemove;
  remove.setAttribute("aria-label", `${text.textRemove} ${file.name}`);
  remove.addEventListener("click", () => {
    files = files.filter((other) => other !== file);
    URL.revokeObjectURL(picture.src);
    item.remove();
    send.disabled = !files.length;
    last = last.then(() => takeBack(file));
  });
  send.disabled = false;
  box.querySelector("[data-unchecked]").hidden = Boolean(crypto.subtle);
  last = last.then(() => files.includes(file) && deliver(file, note, opinion)).catch(() => null);
}

// Sends a photo ahead of being handed in, and has the service look at it.
async function deliver(file, note, opinion) {
  opinion.className = "small muted";
  opinion.textContent = text.textLooking;
  const hash = await hashOf(file).catch(() => null);
  if (hash) {
    hashes.set(file, hash);
    const address = (await known([hash]))[hash];
    if (address) tellKnown(note, address);
  }
  const before = files.slice(0, files.indexOf(file));
  if (await twinOf(file, before, hashes)) note.append(` ${text.textTwin}`);
  try {
    const id = await sendOne(file, hash, ({ waiting }) => waiting !== undefined && (opinion.textContent = waiting ? text.textWaiting : text.textLooking));
    judge(`/uploads/parts/${id}/look`, note, opinion); // the next photo is sent meanwhile
  } catch (error) {
    opinion.textContent = "";
    if (!(error instanceof Refused)) throw error;
    note.className = "small tone-bad";
    fill(note, error.problem);
  }
}

// What the service says takes the place of what this page guessed.
async function judge(address, note, opinion) {
  const until = performance.now() + PATIENCE;
  let seen = null;
  let answer = await fetch(address, { method: "POST", headers: headers() }).catch(() => null);
  while (answer?.ok && seen?.dataset.look !== "done" && performance.now() < until) {
    await pause(ASK);
    answer = await fetch(address, { headers: { Accept: "text/html" } }).catch(() => null);
    if (!answer?.ok) break;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-look]");
    if (fresh.outerHTML !== seen?.outerHTML && fresh.children.length) show(note, opinion, fresh);
    seen = fresh;
  }
  if (!seen?.children.length) opinion.textContent = "";
}

function show(note, opinion, seen) {
  note.querySelector("span")?.remove();
  opinion.className = "";
  opinion.replaceChildren(document.importNode(seen, true));
}

function tellKnown(note, address) {
  const link = note.appendChild(document.createElement("a"));
  link.textContent = text.textKnown;
  link.href = address;
  link.target = "_blank";
}

holds(() => files.length > 0); // what was not handed in is nobody's paper yet
take.addEventListener("click", shot);
box.querySelector("input[type=file]").addEventListener("change", async (event) => {
  for (const file of event.target.files) {
    const picture = await createImageBitmap(file).catch(() => null);
    add(file, picture ? look(picture, picture.width, picture.height) : "");
  }
  event.target.value = "";
});
send.addEventListener("click", async () => {
  send.disabled = true;
  problem.hidden = true;
  try {
    await last; // what is on its way already is not sent twice
    goTo(await handIn(files, { hashes, caseNumber: text.case }));
  } catch (error) {
    fail(error instanceof Refused ? error.problem : failed("upload.broken_off"));
    send.disabled = false;
  }
});
if (navigator.mediaDevices?.getUserMedia) start();
else {
  box.querySelector("[data-live]").hidden = true;
  fail(failed("camera.unavailable"));
}
