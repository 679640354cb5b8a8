// Taking a value off the scan: a click on a word, words chosen by the arrow keys, a region that is read again.
import { composing } from "./bindings.js";
import { drawnBox, leaveBox } from "./box.js";
import { post } from "./post.js";
import { fill, problemOf } from "./told.js";
import { listen, look, mark, shownPage } from "./viewer.js";

const kept = new Map(); // page picture → its words, [{text, region}] in reading order
const TONES = { certain: "good", doubtful: "warn", conflicting: "bad", invalid: "bad", missing: "quiet" };
const WAIT_MS = 400;
const LONGEST_MS = 60_000;
let hands; // {facts, current, corners, focus, take, value}

function words(address) {
  if (!kept.has(address)) kept.set(address, load(address).catch(() => (kept.delete(address), []))); // asked for again then
  return kept.get(address);
}

async function load(address) {
  const answer = await fetch(address.replace(/picture$/, "words"), { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`words: ${answer.status}`);
  return (await answer.json()).words;
}

// Whether a point lies in a region of four corners in order.
function inside([x, y], region) {
  return region.every(([ax, ay], place) => {
    const [bx, by] = region[(place + 1) % 4];
    return (bx - ax) * (y - ay) - (by - ay) * (x - ax) >= 0;
  });
}

const area = (region) => Math.abs((region[1][0] - region[0][0]) * (region[3][1] - region[0][1])) + Math.abs((region[1][1] - region[0][1]) * (region[3][0] - region[0][0]));

function put(fact, text, append) {
  hands.take(fact, append ? hands.value(fact) + text : text);
  hands.focus(fact);
}

// A click on another value's box goes to that value; else the word under it goes into the value in hand.
async function clicked(address, at, append) {
  const boxes = hands.facts.filter((fact) => fact.dataset.picture === address && inside(at, hands.corners(fact)));
  const fact = boxes.sort((one, other) => area(hands.corners(one)) - area(hands.corners(other)))[0];
  if (fact && fact !== hands.current() && !append) return hands.focus(fact);
  const word = (await words(address)).find((one) => inside(at, one.region));
  if (word && hands.current()) put(hands.current(), word.text, append);
}

export function pointing(given) {
  leaveBox();
  hands = given;
  kept.clear();
  listen({
    boxes: (address) =>
      hands.facts
        .filter((fact) => fact !== hands.current() && fact.dataset.picture === address)
        .map((fact) => ({ region: hands.corners(fact), tone: TONES[fact.dataset.state] })),
    click: clicked,
    open: words,
  });
}

// ---- choosing words by keys -------------------------------------------------------------------------------------------

// Arrow keys move through the words of the page, with Shift they choose several; Enter takes them, Esc leaves. Keys that
// are pressed before the words are there wait for them.
export async function wordMode(fact) {
  const address = shownPage();
  if (!fact || !address) return;
  const bar = document.querySelector("[data-word-bar]");
  const early = [];
  const wait = (event) => {
    if (composing(event) || !isOurs(event)) return;
    early.push(event);
    event.preventDefault();
    event.stopPropagation();
  };
  bar.hidden = false;
  bar.addEventListener("keydown", wait);
  bar.querySelector("[data-word]").textContent = "…";
  bar.focus();
  const found = await words(address);
  bar.removeEventListener("keydown", wait);
  if (!bar.isConnected) return; // another desk stands here by now
  if (found.length) choose(fact, address, found, early);
  else {
    bar.hidden = true;
    hands.focus(fact);
    fact.querySelector("[data-hint]").textContent = hands.desk.dataset.textNothing;
  }
}

const isOurs = (event) => /^(Arrow(Left|Right|Up|Down)|Escape|x|X)$/.test(event.key) || (event.key === "Enter" && !event.ctrlKey);

function choose(fact, address, found, early) {
  const own = fact.dataset.picture === address ? hands.corners(fact) : null;
  let at = Math.max(0, own ? found.findIndex((one) => inside(centre(one.region), own)) : 0);
  let from = at;
  let over = false;
  const bar = document.querySelector("[data-word-bar]");
  const chosen = () => found.slice(Math.min(from, at), Math.max(from, at) + 1);
  const text = () => chosen().map((one) => one.text).join("");
  const region = () => hull(chosen().map((one) => one.region));
  const show = () => {
    bar.querySelector("[data-word]").textContent = text();
    look(address, region());
  };
  const end = (taken) => {
    over = true;
    bar.hidden = true;
    bar.removeEventListener("keydown", pressed);
    if (taken) put(fact, taken, false);
    else hands.focus(fact);
  };
  const act = (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step) {
      at = { ArrowDown: line(found, at, 1), ArrowUp: line(found, at, -1) }[event.key] ?? Math.min(Math.max(at + step, 0), found.length - 1);
      if (!event.shiftKey) from = at;
      show();
    } else if (event.key === "Enter") end(text());
    else if (event.key === "Escape") end("");
    else {
      const asked = region();
      end("");
      reread(fact, address, asked);
    }
  };
  const pressed = (event) => {
    if (composing(event) || !isOurs(event)) return;
    act(event);
    event.preventDefault();
    event.stopPropagation();
  };
  bar.addEventListener("keydown", pressed);
  show();
  for (const event of early) if (!over) act(event);
}

const centre = (region) => [0, 1].map((axis) => region.reduce((sum, corner) => sum + corner[axis], 0) / 4);

// The nearest word of the next line in a direction.
function line(found, at, step) {
  const here = found[at].line;
  const wanted = found.filter((one) => (one.line - here) * step > 0);
  const next = wanted.length ? (step > 0 ? wanted[0].line : wanted.at(-1).line) : here;
  const [x] = centre(found[at].region);
  const distance = (one) => Math.abs(centre(one.region)[0] - x);
  const best = wanted.filter((one) => one.line === next).sort((one, other) => distance(one) - distance(other))[0];
  return best ? found.indexOf(best) : at;
}

// The four corners around several regions that are written in one direction.
function hull(regions) {
  if (regions.length === 1) return regions[0];
  const [a, b] = [regions[0], regions.at(-1)];
  const sideways = Math.abs(a[1][0] - a[0][0]) >= Math.abs(a[1][1] - a[0][1]);
  const points = regions.flat();
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [l, r, t, d] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const corners = [[l, t], [r, t], [r, d], [l, d]];
  const forward = sideways ? a[1][0] >= a[0][0] : a[1][1] >= a[0][1];
  const turns = sideways ? (forward ? 0 : 2) : forward ? 1 : 3;
  return b ? [0, 1, 2, 3].map((place) => corners[(place + turns) % 4]) : a;
}

// ---- reading a region again ---------------------------------------------------------------------------------------------

// A person draws a box; what the second reader reads there is offered as a further alternative of the value in hand.
export async function readRegion(fact) {
  const address = shownPage();
  if (!fact || !address || !hands.desk.dataset.regions || document.querySelector(".scan-draw")) return;
  const region = await drawnBox(fact.dataset.picture === address ? hands.corners(fact) : null);
  if (!fact.isConnected) return; // another desk stands here by now
  hands.focus(fact);
  if (region) reread(fact, address, region);
}

async function reread(fact, address, region) {
  const hint = fact.querySelector("[data-hint]");
  hint.textContent = hands.desk.dataset.textReading;
  look(address, region).then(() => mark(fact.dataset.picture === address ? hands.corners(fact) : null, [region]));
  const [, document_id, number] = address.match(/documents\/([^/]+)\/pages\/(\d+)/);
  const body = new URLSearchParams({ document: document_id, page: number, region: JSON.stringify(region), kind: fact.dataset.kind });
  const answer = await post(hands.desk.dataset.regions, body).catch(() => null);
  const read = answer?.ok ? await settled(await answer.json()).catch(() => null) : null;
  if (!read) return fill(hint, await problemOf(answer?.ok ? null : answer));
  hint.textContent = read.text ? "" : hands.desk.dataset.textNothing;
  if (read.text) offer(fact, read);
}

async function settled(asked) {
  const begun = Date.now();
  let told = asked;
  while (told.state === "waiting" && Date.now() - begun < LONGEST_MS) {
    await new Promise((done) => setTimeout(done, WAIT_MS));
    told = await (await fetch(asked.address, { headers: { Accept: "application/json" } })).json();
  }
  return told;
}

function offer(fact, told) {
  const list = fact.querySelector("[data-others]");
  list.hidden = false;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "other";
  button.dataset.applyValue = told.typed;
  const key = document.createElement("kbd");
  key.textContent = String(list.querySelectorAll("[data-apply-value]").length + 1);
  button.append(key, ` ${told.shown}`);
  button.addEventListener("click", () => hands.take(fact, told.typed));
  list.append(button);
  hands.focus(fact);
}
