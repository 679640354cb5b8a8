// The crops beside the values, drawn as they come near: the room of all is measured before the first is drawn.
import { corners, drawCrop, page, room } from "./scan.js";

const missing = new Set(); // those whose picture did not come

const near = new IntersectionObserver((seen) => {
  const there = seen.filter((one) => one.isIntersecting).map((one) => one.target);
  for (const canvas of there) near.unobserve(canvas);
  for (const [address, canvases] of Map.groupBy(there, (canvas) => canvas.closest("[data-region]").dataset.picture)) draw(address, canvases);
}, { rootMargin: "400px" });

async function draw(address, canvases) {
  const there = await page(address).catch(() => null);
  if (!there) return canvases.forEach((canvas) => missing.add(canvas));
  const rooms = canvases.map(room);
  canvases.forEach((canvas, at) => canvas.isConnected && drawCrop(canvas, there.bitmap, corners(canvas.closest("[data-region]")), rooms[at]));
}

// Takes the crops of the desk in the page in hand.
export function watchCrops() {
  near.disconnect();
  missing.clear();
  for (const canvas of document.querySelectorAll("[data-region] canvas[data-crop]")) near.observe(canvas);
}

// Draws what could not be drawn before.
export function drawMissing() {
  for (const canvas of missing) near.observe(canvas);
  missing.clear();
}
