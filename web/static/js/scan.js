// Page pictures: each is fetched once and shared by the viewer and the crops. Corners are fractions of the page,
// in the order of the text: top left, top right, bottom right, bottom left.
const pages = new Map();

export function page(address) {
  if (!pages.has(address)) {
    const asked = load(address);
    pages.set(address, asked);
    asked.catch(() => pages.delete(address));
  }
  return pages.get(address);
}

// Lets go of every picture but these: each takes some 16 MB.
export function keepOnly(addresses) {
  for (const [address, asked] of pages) {
    if (addresses.includes(address)) continue;
    pages.delete(address);
    asked.then(({ bitmap }) => bitmap.close(), () => {});
  }
}

// The first page came with the desk, as a plain picture that stands there before any script runs.
async function load(address) {
  const first = document.querySelector("[data-first]");
  if (first?.getAttribute("src") === address) {
    const came = await first.decode().then(() => true, () => false);
    if (came) return { bitmap: await createImageBitmap(first) };
    first.remove();
  }
  const answer = await fetch(address, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`page picture: ${answer.status}`);
  return { bitmap: await createImageBitmap(await answer.blob()) };
}

export function corners(element) {
  return element.dataset.region ? JSON.parse(element.dataset.region) : null;
}

// How far the text on the page is turned, in degrees clockwise.
export function turn(region, bitmap) {
  const [[ax, ay], [bx, by]] = region;
  return (Math.atan2((by - ay) * bitmap.height, (bx - ax) * bitmap.width) * 180) / Math.PI;
}

// How high a canvas is shown, and how wide it may be.
export const room = (canvas) => [canvas.clientHeight || 44, (canvas.parentElement.clientWidth || 480) - 2];

// The place alone, upright, with a margin, as high as the canvas is shown.
export function drawCrop(canvas, bitmap, region, [shown, most] = room(canvas)) {
  const [a, b, , d] = region.map(([x, y]) => [x * bitmap.width, y * bitmap.height]);
  const across = Math.max(Math.hypot(b[0] - a[0], b[1] - a[1]), 1);
  const down = Math.max(Math.hypot(d[0] - a[0], d[1] - a[1]), 1);
  const margin = Math.min(down * 0.25, 24);
  const width = across + 2 * margin;
  const height = down + 2 * margin;
  const scale = Math.min(Math.max(shown, Math.min(height, shown * 4) * 0.45) / height, most / width);
  const ratio = devicePixelRatio || 1;
  canvas.width = Math.round(width * scale * ratio);
  canvas.height = Math.round(height * scale * ratio);
  canvas.style.width = `${width * scale}px`;
  canvas.style.height = `${height * scale}px`;
  const pen = canvas.getContext("2d");
  pen.imageSmoothingQuality = "high";
  pen.scale(scale * ratio, scale * ratio);
  pen.translate(margin, margin);
  pen.rotate(-Math.atan2(b[1] - a[1], b[0] - a[0]));
  pen.translate(-a[0], -a[1]);
  pen.drawImage(bitmap, 0, 0);
}
