// The scan on the left: one page at a time, zoom and turn, the place of the value in hand drawn on it.
import { page, turn } from "./scan.js";

const tabs = [...document.querySelectorAll(".scan-tab")];
let viewer;
let current = "";

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
    animationTime: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 0.45,
    maxZoomPixelRatio: 4,
    visibilityRatio: 0.4,
    gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true },
  });
  viewer.innerTracker.keyHandler = null; // the keys belong to the values
  viewer.innerTracker.keyDownHandler = null;
  document.querySelector(".scan-tools").hidden = false;
  for (const button of document.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", () => viewer.viewport.zoomBy(Number(button.dataset.zoom)));
  }
  for (const button of document.querySelectorAll("[data-turn]")) {
    button.addEventListener("click", () => viewer.viewport.setRotation(viewer.viewport.getRotation() + Number(button.dataset.turn)));
  }
  document.querySelector("[data-fit]").addEventListener("click", () => viewer.viewport.goHome());
}

async function open(address) {
  if (!viewer) make();
  const { url, bitmap } = await page(address);
  for (const tab of tabs) tab.setAttribute("aria-selected", String(tab.dataset.picture === address));
  tabs.find((tab) => tab.dataset.picture === address)?.scrollIntoView({ block: "nearest", inline: "nearest" });
  if (current !== address) {
    current = address;
    await new Promise((done) => {
      viewer.addOnceHandler("open", done);
      viewer.open({ type: "image", url });
    });
    viewer.viewport.setRotation(0, true);
  }
  return bitmap;
}

// Shows a page and, where a region is given, marks it, turns its text upright and brings it near.
export async function look(address, region) {
  const bitmap = await open(address);
  if (current !== address) return;
  viewer.clearOverlays();
  if (!region) return;
  const { Rect } = window.OpenSeadragon;
  const [xs, ys] = [0, 1].map((axis) => region.map((corner) => corner[axis] * (axis ? bitmap.height : bitmap.width)));
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const [width, height] = [Math.max(...xs) - left, Math.max(...ys) - top];
  const mark = document.createElement("div");
  mark.className = "place";
  const pad = Math.max(4, Math.min(height, width) * 0.12);
  const box = new Rect(left - pad, top - pad, width + 2 * pad, height + 2 * pad);
  viewer.addOverlay({ element: mark, location: viewer.viewport.imageToViewportRectangle(box) });
  const upright = -Math.round(turn(region, bitmap) / 90) * 90;
  if ((((viewer.viewport.getRotation() - upright) % 360) + 360) % 360) viewer.viewport.setRotation(upright);
  const wide = Math.max(width * 1.5, bitmap.width * 0.42);
  const high = Math.max(height * 2.5, bitmap.height * 0.18);
  const near = new Rect(left + width / 2 - wide / 2, top + height / 2 - high / 2, wide, high);
  viewer.viewport.fitBounds(viewer.viewport.imageToViewportRectangle(near));
}

for (const tab of tabs) tab.addEventListener("click", () => look(tab.dataset.picture, null));
