// Draws where a fact came from when its line is opened.
import { corners, drawCrop, drawPage, page } from "./scan.js";

async function draw(origin) {
  const crop = origin.querySelector("canvas[data-crop]");
  const whole = origin.querySelector("canvas[data-page]");
  if (crop) drawCrop(crop, (await page(crop.dataset.crop)).bitmap, corners(crop));
  if (whole) drawPage(whole, (await page(whole.dataset.page)).bitmap, corners(whole));
  origin.dataset.drawn = "yes";
}

for (const origin of document.querySelectorAll("details.origin")) {
  origin.addEventListener("toggle", () => origin.open && !origin.dataset.drawn && draw(origin));
  if (origin.open) draw(origin);
}
