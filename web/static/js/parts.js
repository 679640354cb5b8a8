// Sends files piece by piece (tus 1.0.0) and goes on where a broken connection left them, also after a reload. One file after
// the other, three side by side.
import { begun, forget, keep } from "./begun.js";
import { problemOf, Refused } from "./told.js";

const CHUNK = 4 * 1024 * 1024;
const SIDE_BY_SIDE = 3;
const PAUSES = [0.2, 0.5, 1, 2, 4, 8];
const START = "/uploads/parts";

const token = () => document.querySelector("input[name=csrf_token]").value;
export const headers = (more = {}) => ({ "Tus-Resumable": "1.0.0", "X-CSRFToken": token(), Accept: "application/json", ...more });
const inBase64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

// Waits longer after each failure in a row; the browser's word that the network is back ends the wait.
function pause(failures) {
  const seconds = PAUSES[Math.min(failures, PAUSES.length) - 1];
  return new Promise((resolve) => {
    const clock = setTimeout(done, seconds * 1000);
    function done() {
      clearTimeout(clock);
      removeEventListener("online", done);
      resolve();
    }
    addEventListener("online", done);
  });
}

// Tries until the server answers; a broken connection and a server that restarts are waited for, a refusal is not.
export async function lasting(attempt, onWait = () => {}) {
  for (let failures = 1; ; failures += 1) {
    let answer = null;
    try {
      answer = await attempt();
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
    if (answer && answer.status < 500 && answer.status !== 429) {
      onWait(false);
      return answer;
    }
    onWait(true);
    await pause(failures);
  }
}

const refusal = async (answer) => new Refused(await problemOf(answer));

async function begin(file, sha256, onWait) {
  const known = begun(file);
  if (known) {
    const answer = await lasting(() => fetch(known, { method: "HEAD", headers: headers(), cache: "no-store" }), onWait);
    if (answer.ok && Number(answer.headers.get("Upload-Length")) === file.size) return { address: known, offset: Number(answer.headers.get("Upload-Offset")) };
  }
  const said = [`filename ${inBase64(file.name)}`, ...(sha256 ? [`sha256 ${inBase64(sha256)}`] : [])].join(",");
  const answer = await lasting(() => fetch(START, { method: "POST", headers: headers({ "Upload-Length": file.size, "Upload-Metadata": said }) }), onWait);
  if (!answer.ok) throw await refusal(answer);
  const address = answer.headers.get("Location");
  keep(file, address);
  return { address, offset: 0 };
}

// One piece; fetch does not tell how far it is, XMLHttpRequest does.
function piece(address, file, offset, onBytes) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PATCH", address);
    const all = headers({ "Upload-Offset": offset, "Content-Type": "application/offset+octet-stream" });
    for (const [name, value] of Object.entries(all)) request.setRequestHeader(name, value);
    request.upload.onprogress = (step) => onBytes(offset + step.loaded);
    request.onload = () => resolve(new Response(request.responseText || null, { status: request.status, headers: { "Upload-Offset": request.getResponseHeader("Upload-Offset") ?? "" } }));
    request.onerror = () => reject(new TypeError("connection lost"));
    request.send(file.slice(offset, offset + CHUNK));
  });
}

// Sends one file and gives its identifier. `tell({sent})` and `tell({waiting})` say how it goes.
export async function sendOne(file, sha256, tell = () => {}) {
  const onWait = (waiting) => tell({ waiting });
  let again = 0;
  let { address, offset } = await begin(file, sha256, onWait);
  for (let broken = false; offset < file.size; ) {
    if (broken) {
      const answer = await lasting(() => fetch(address, { method: "HEAD", headers: headers(), cache: "no-store" }), onWait);
      if (!answer.ok) ({ address, offset } = await anew(file, sha256, onWait));
      else offset = Number(answer.headers.get("Upload-Offset"));
      tell({ sent: offset });
      broken = false;
      continue;
    }
    const answer = await piece(address, file, offset, (sent) => tell({ sent })).catch(() => null);
    if (answer?.status === 204) {
      offset = Number(answer.headers.get("Upload-Offset"));
      again = 0;
    } else if (answer?.status === 460 && again > 3) {
      throw await refusal(answer); // it changes on the disk while it is sent
    } else if (answer && answer.status < 500 && ![404, 409, 429, 460].includes(answer.status)) {
      throw await refusal(answer);
    } else {
      broken = true;
      again += 1;
      tell({ waiting: true });
      await pause(again);
    }
    tell({ sent: offset });
  }
  return address.split("/").pop();
}

// Takes a file back that was sent and not handed in.
export async function takeBack(file) {
  const address = begun(file);
  forget([file]);
  if (address) await fetch(address, { method: "DELETE", headers: headers() }).catch(() => null);
}

async function anew(file, sha256, onWait) {
  forget([file]);
  return begin(file, sha256, onWait);
}

// Sends all files, `SIDE_BY_SIDE` at a time, and hands them in together; gives the address of the upload.
export async function handIn(files, { hashes = new Map(), tell = () => {}, onWait = () => {}, caseNumber = "" } = {}) {
  const ids = new Array(files.length);
  let next = 0;
  async function line() {
    while (next < files.length) {
      const index = next;
      next += 1;
      ids[index] = await sendOne(files[index], hashes.get(files[index]), (news) => tell(index, news));
      tell(index, { sent: files[index].size, waiting: false, whole: true });
    }
  }
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, line));
  const body = JSON.stringify({ parts: ids, case: caseNumber });
  const answer = await lasting(() => fetch(`${START}/finish`, { method: "POST", headers: headers({ "Content-Type": "application/json" }), body }), onWait);
  if (!answer.ok) throw await refusal(answer);
  forget(files);
  return (await answer.json()).address;
}

// The SHA-256 of a file in hexadecimal digits; null where the browser gives no cryptography (a page without TLS).
export async function hashOf(file) {
  if (!crypto.subtle || file.size > 256e6) return null;
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Which of these hashes were handed in before, as addresses by hash; none where the server cannot be asked now.
export async function known(hashes) {
  const found = {};
  for (let at = 0; at < hashes.length; at += 500) {
    const body = JSON.stringify({ hashes: hashes.slice(at, at + 500) });
    const answer = await fetch("/uploads/known", { method: "POST", headers: headers({ "Content-Type": "application/json" }), body }).catch(() => null);
    if (answer?.ok) Object.assign(found, await answer.json());
  }
  return found;
}
