// The scan on the left: one page at a time, zoom and turn, the place of the value in hand drawn on it, those of the
// others faintly; and where on the page somebody clicked or drew.
import { drawMissing } from "./crops.js";
import { page, turn } from "./scan.js";
import { failed, fill } from "./told.js";

const GLIDE_MS = 50;
const still = matchMedia("(prefers-reduced-motion: reduce)");
let tabs = [];
let desk;
let asked = 0; // when the desk was asked for, in ms since the page began
let viewer;
let current = "";
let wanted = "";
let sought; // the page and the region that were looked at last
let gliding = []; // the animations of the view on its way to a value's place
let size = { width: 1, height: 1 };
let places; // what lies over the page
let opening; // the page in hand on its way into the viewer
let faint = () => [];
let clicked = () => {};
let opened = () => {};

// The viewer puts a style element into the page unless it finds one of its own; the content policy forbids inline
// styles, so it is given an element of that name that styles nothing.
function forestallStyle() {
  const stand = document.createElementNS("urn:intake", "style");
  stand.setAttribute("data-openseadragon-mobile-css", "");
  document.head.append(stand);
}

function make() {
  forestallStyle();
  viewer = window.OpenSeadragon({
    element: document.getElementById("scan"),
    showNavigationControl: false,
    drawer: "canvas",
    animationTime: still.matches ? 0 : GLIDE_MS / 1000,
    blendTime: 0,
    immediateRender: true,
    maxZoomPixelRatio: 4,
    minPixelRatio: 0.8, // from where on the picture with every pixel is fetched
    visibilityRatio: 0.4,
    gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true },
  });
  viewer.innerTracker.keyHandler = null; // the keys belong to the values
  viewer.innerTracker.keyDownHandler = null;
  viewer.addHandler("canvas-click", (event) => {
    if (!event.quick) return;
    const at = viewer.viewport.viewerElementToImageCoordinates(event.position);
    clicked(current, [at.x / size.width, at.y / size.height], event.originalEvent.shiftKey);
  });
  viewer.addHandler("tile-load-failed", ({ tiledImage }) => tiledImage === viewer.world.getItemAt(0) && missing(true)); // the sharper one
  viewer.addHandler("tile-drawn", () => {
    if (desk.dataset.scanReady || !current) return;
    desk.dataset.scanReady = String(Math.round(performance.now() - asked));
    document.querySelector("[data-first]")?.remove();
  });
}

function offerTools() {
  document.querySelector(".scan-tools").hidden = false;
  for (const button of document.querySelectorAll("[data-zoom]")) button.addEventListener("click", () => zoom(Number(button.dataset.zoom)));
  for (const button of document.querySelectorAll("[data-turn]")) button.addEventListener("click", () => rotate(Number(button.dataset.turn)));
  document.querySelector("[data-fit]").addEventListener("click", whole);
  document.querySelector("[data-contrast]").addEventListener("click", contrast);
  document.querySelector("[data-contrast]").setAttribute("aria-pressed", String(stark()));
}

// Takes the desk in the page in hand, with the viewer that stood in the former one.
export function turnTo(of, when) {
  [desk, asked, current] = [of, when, ""];
  tabs = [...desk.querySelectorAll(".scan-tab")];
  for (const tab of tabs) tab.addEventListener("click", () => look(tab.dataset.picture, null));
  desk.querySelector("[data-picture-again]").addEventListener("click", again);
  if (viewer) {
    arrive();
    viewer.close(); // no page of another paper beside these values, however short
    offerTools();
  }
}

const stark = () => document.getElementById("scan").classList.contains("stark");
export const zoom = (times) => viewer?.viewport.zoomBy(times);
export const rotate = (degrees) => viewer?.viewport.setRotation(viewer.viewport.getRotation() + degrees);
export const whole = () => viewer?.viewport.goHome();

export function contrast() {
  document.getElementById("scan").classList.toggle("stark");
  document.querySelector("[data-contrast]").setAttribute("aria-pressed", String(stark()));
}

// The page's picture, which is there already, and the one with every pixel of the scan, which is fetched only where the
// eye comes so near.
function source(address, bitmap) {
  const full = tabs.find((tab) => tab.dataset.picture === address)?.dataset.full;
  const levels = [{ url: address, width: bitmap.width, height: bitmap.height }];
  if (full) {
    const [width, height] = full.split(" ")[1].split("x").map(Number);
    if (width > bitmap.width) levels.push({ url: full.split(" ")[0], width, height });
  }
  const tiles = new window.OpenSeadragon.LegacyTileSource(levels);
  const fetched = tiles.downloadTileStart;
  tiles.downloadTileStart = (job) => (job.src === address ? job.finish(bitmap, null, "imageBitmap") : fetched.call(tiles, job));
  return tiles;
}

async function open(address) {
  const of = desk;
  if (!viewer) {
    make();
    offerTools();
  }
  wanted = address;
  const { bitmap } = await page(address).catch(() => ({}));
  if (desk !== of || wanted !== address) return false; // somebody went on meanwhile
  missing(!bitmap);
  for (const tab of tabs) tab.setAttribute("aria-selected", String(tab.dataset.picture === address));
  tabs.find((tab) => tab.dataset.picture === address)?.scrollIntoView({ block: "nearest", inline: "nearest" });
  if (!bitmap) {
    current = "";
    arrive();
    viewer.close(); // no other page in its place
    return false;
  }
  if (current === address) {
    await opening;
    return desk === of && current === address;
  }
  current = address;
  const tiles = source(address, bitmap);
  size = tiles.levels.at(-1);
  places = document.createElement("div");
  places.className = "page-places";
  opening = new Promise((done) => {
    viewer.addOnceHandler("open", done);
    viewer.open(tiles);
  });
  await opening;
  if (desk !== of || current !== address) return false;
  layPlaces();
  const turned = Number(tabs.find((tab) => tab.dataset.picture === address)?.dataset.turned ?? 0);
  viewer.viewport.setRotation(-90 * turned, true); // as a person set the page upright
  opened(address);
  return true;
}

// Says that a page's picture did not come, or that by now it did.
function missing(so) {
  const note = desk.querySelector("[data-picture-missing]");
  if (so) fill(note.querySelector("p"), failed("picture.unavailable"));
  note.hidden = !so;
}

// Loads a picture once more that did not come.
export async function again() {
  if (desk.querySelector("[data-picture-missing]").hidden) return;
  current = "";
  await look(...sought);
  drawMissing();
}

function frame(region, margin) {
  const [xs, ys] = [0, 1].map((axis) => region.map((corner) => corner[axis] * (axis ? size.height : size.width)));
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const [width, height] = [Math.max(...xs) - left, Math.max(...ys) - top];
  const pad = Math.max(4, Math.min(height, width) * margin);
  return new window.OpenSeadragon.Rect(left - pad, top - pad, width + 2 * pad, height + 2 * pad);
}

// One sheet lies over the page and holds all places in parts of it: the viewer, which measures everything that it lays
// over a page at every step, has nothing to measure.
function layPlaces() {
  const page = new window.OpenSeadragon.Rect(0, 0, size.width, size.height);
  viewer.addOverlay({ element: places, location: viewer.viewport.imageToViewportRectangle(page), checkResize: false });
}

function place(region, name, margin = 0.12) {
  const mark = document.createElement("div");
  mark.className = `place ${name}`;
  const { x, y, width, height } = frame(region, margin);
  const parts = { left: x / size.width, top: y / size.height, width: width / size.width, height: height / size.height };
  for (const [side, part] of Object.entries(parts)) mark.style[side] = `${part * 100}%`;
  return mark;
}

// Shows a page and, where a region is given, marks it, turns its text upright and brings it near.
export async function look(address, region) {
  const mine = [address, region];
  const there = current === address;
  sought = mine;
  if (!(await open(address)) || sought !== mine) return;
  mark(region);
  if (!region) return;
  const quarters = Math.round(turn(region, size) / 90);
  const upright = -quarters * 90;
  const turns = (((viewer.viewport.getRotation() - upright) % 360) + 360) % 360 !== 0;
  if (turns) viewer.viewport.setRotation(upright, true);
  const box = frame(region, 0);
  const along = quarters % 2 ? "height" : "width"; // of the page as it is stored, the way that the text runs
  const across = quarters % 2 ? "width" : "height";
  const room = { [along]: Math.max(box[along] * 1.5, size[along] * 0.42), [across]: Math.max(box[across] * 2.5, size[across] * 0.18) };
  const [wide, high] = [room.width, room.height];
  const near = new window.OpenSeadragon.Rect(box.x + box.width / 2 - wide / 2, box.y + box.height / 2 - high / 2, wide, high);
  const bounds = viewer.viewport.imageToViewportRectangle(near);
  if (there && !turns) glide(bounds); // over its own page only
  else viewer.viewport.fitBounds(bounds, true);
}

// The view is drawn once where it goes to; what is seen on the way is that picture and the former one moved together,
// which browsers do beside the scripts: drawn anew step by step, a large page took three pictures' time at each.
async function glide(bounds) {
  const begun = performance.now();
  const of = desk;
  const port = viewer.viewport;
  const [from, near] = [port.getCenter(true), port.getZoom(true)];
  const former = still.matches ? null : formerView();
  port.fitBounds(bounds, true);
  if (former) {
    const way = port.deltaPixelsFromPoints(port.getCenter(true).minus(from), true);
    const larger = port.getZoom(true) / near;
    move(viewer.canvas, `translate(${way.x / larger}px, ${way.y / larger}px) scale(${1 / larger})`, "none");
    move(former, "none", `translate(${-way.x}px, ${-way.y}px) scale(${larger})`);
    await Promise.all(gliding.map((one) => one.finished)).catch(() => {});
    if (!former.isConnected) return; // on to the next place meanwhile
    arrive();
  }
  requestAnimationFrame(() => of === desk && (of.dataset.glide = String(Math.round(performance.now() - begun))));
}

// Counted from now on and not from the first picture: where that comes late, less of the way is seen, and its end is there
// in time.
function move(element, from, to) {
  const one = element.animate([{ transform: from }, { transform: to }], { duration: GLIDE_MS, easing: "ease-out", fill: "forwards" });
  one.startTime = document.timeline.currentTime;
  gliding.push(one);
}

// Ends a glide that is still on its way: the view is where it goes to already.
function arrive() {
  for (const one of gliding.splice(0)) one.cancel();
  if (viewer.canvas.previousSibling?.matches(".former-view")) viewer.canvas.previousSibling.remove();
}

// What is seen now, below what is drawn next.
function formerView() {
  arrive();
  const shown = viewer.drawer.canvas;
  const copy = document.createElement("canvas");
  [copy.width, copy.height, copy.className] = [shown.width, shown.height, "former-view"];
  copy.getContext("2d").drawImage(shown, 0, 0);
  viewer.canvas.before(copy);
  return copy;
}

// The place in hand, the others' places, and further ones (words that are being chosen).
export function mark(region, chosen = []) {
  places?.replaceChildren(
    ...faint(current).map((other) => place(other.region, `faint tone-${other.tone}`, 0)),
    ...chosen.map((one) => place(one, "chosen", 0.05)),
    ...(region ? [place(region, "")] : []),
  );
}

export const shownPage = () => current;

export function listen({ boxes, click, open: whenOpened }) {
  [faint, clicked, opened] = [boxes, click, whenOpened];
}

// The point of the page, in fractions, under a point of the view, in pixels; never beside the page.
export function fraction(x, y) {
  const place = viewer.viewport.viewerElementToImageCoordinates(new window.OpenSeadragon.Point(x, y));
  return [Math.min(Math.max(place.x / size.width, 0), 1), Math.min(Math.max(place.y / size.height, 0), 1)];
}

// The way back: where a point of the page is seen now.
export function seen([x, y]) {
  const place = viewer.viewport.imageToViewerElementCoordinates(new window.OpenSeadragon.Point(x * size.width, y * size.height));
  return [place.x, place.y];
}

// Moves the view over the page by so many pixels.
export function pan(across, down) {
  viewer.viewport.panBy(viewer.viewport.deltaPointsFromPixels(new window.OpenSeadragon.Point(across, down), true), true);
}
