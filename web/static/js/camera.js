// The camera page: says before the shutter what is wrong with the frame, collects photos, tells which came
// before, hands them in together; to the returned case that the page was opened for, if there is one.
import { look } from "./look.js";
import { Refused, handIn, hashOf, known } from "./parts.js";

const box = document.querySelector("[data-camera]");
const video = box.querySelector("video");
const says = box.querySelector("[data-says]");
const shots = box.querySelector("[data-shots]");
const take = box.querySelector("[data-take]");
const send = box.querySelector("[data-send]");
const problem = box.querySelector("[data-problem]");
const text = box.dataset;
const WORDS = { dark: text.textDark, glare: text.textGlare, blurred: text.textBlurred, good: text.textGood };
const hashes = new Map();
let files = [];

function tell(code) {
  says.textContent = WORDS[code];
  says.className = `camera-says ${code === "good" ? "tone-good" : "tone-warn"}`;
}

function fail(message) {
  problem.querySelector("p").textContent = message;
  problem.hidden = false;
}

async function start() {
  try {
    video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 3840 }, height: { ideal: 2160 } }, audio: false });
    await video.play();
  } catch {
    box.querySelector("[data-live]").hidden = true;
    return fail(text.textNone);
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
  note.className = found === "good" ? "small tone-good" : "small tone-warn";
  note.textContent = WORDS[found];
  lookUp(file, note);
  const remove = item.appendChild(document.createElement("button"));
  remove.type = "button";
  remove.className = "btn";
  remove.textContent = text.textRemove;
  remove.addEventListener("click", () => {
    files = files.filter((other) => other !== file);
    URL.revokeObjectURL(picture.src);
    item.remove();
    send.disabled = !files.length;
  });
  send.disabled = false;
}

// Asks whether this file came before; its line says so.
async function lookUp(file, note) {
  const hash = await hashOf(file).catch(() => null);
  if (!hash) return;
  hashes.set(file, hash);
  const address = (await known([hash]))[hash];
  if (!address) return;
  note.append(" · ");
  const link = note.appendChild(document.createElement("a"));
  link.textContent = text.textKnown;
  link.href = address;
  link.target = "_blank";
}

take.addEventListener("click", shot);
box.querySelector("input[type=file]").addEventListener("change", async (event) => {
  for (const file of event.target.files) {
    const picture = await createImageBitmap(file).catch(() => null);
    add(file, picture ? look(picture, picture.width, picture.height) : "good");
  }
  event.target.value = "";
});
send.addEventListener("click", async () => {
  send.disabled = true;
  problem.hidden = true;
  try {
    location.assign(await handIn(files, { hashes, caseNumber: text.case }));
  } catch (error) {
    fail(error instanceof Refused ? error.message : text.textLost);
    send.disabled = false;
  }
});
if (navigator.mediaDevices?.getUserMedia) start();
else {
  box.querySelector("[data-live]").hidden = true;
  fail(text.textNone);
}
