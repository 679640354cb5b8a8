// What a frame of the camera is worth before it is sent: sharp, whole, bright enough, no lamp mirrored in it. Pure:
// numbers in, a verdict out. The service looks again, better; this is for the second before the shutter.
const SIDE = 480;

const STRIP = 0.02; // of the frame's shorter side: what counts as its edge

// Mean brightness (0-255), the share of blown-out places beside paper that is not white itself, and how steep the edges are.
export function measure({ data, width, height }) {
  const grey = new Float32Array(width * height);
  let sum = 0;
  let blown = 0;
  for (let at = 0, pixel = 0; pixel < grey.length; at += 4, pixel += 1) {
    grey[pixel] = 0.299 * data[at] + 0.587 * data[at + 1] + 0.114 * data[at + 2];
    sum += grey[pixel];
    if (Math.min(data[at], data[at + 1], data[at + 2]) >= 250) blown += 1;
  }
  // The variance of the Laplacian over the places that have any contrast: a blurred picture has no steep second slope.
  let count = 0;
  let total = 0;
  let squares = 0;
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const at = y * width + x;
      const bend = grey[at - 1] + grey[at + 1] + grey[at - width] + grey[at + width] - 4 * grey[at];
      total += bend;
      squares += bend * bend;
      count += 1;
    }
  }
  const mean = total / Math.max(count, 1);
  return { brightness: sum / grey.length, blown: blown / grey.length, sharpness: squares / Math.max(count, 1) - mean * mean, ...edges(grey, width, height) };
}

// The brightness that parts paper from what it lies on (N. Otsu, IEEE SMC 9, 1979), and how well it does (0-1).
function parting(grey) {
  const bins = new Float64Array(256);
  for (const value of grey) bins[Math.min(255, Math.round(value))] += 1 / grey.length;
  const mean = bins.reduce((sum, share, value) => sum + share * value, 0);
  const spread = bins.reduce((sum, share, value) => sum + share * (value - mean) ** 2, 0);
  let best = { level: 0, apart: 0 };
  let below = 0;
  let sum = 0;
  for (let level = 0; level < 255; level += 1) {
    below += bins[level];
    sum += bins[level] * level;
    if (below <= 0 || below >= 1) continue;
    const between = (mean * below - sum) ** 2 / (below * (1 - below)) / Math.max(spread, 1e-9);
    if (between > best.apart) best = { level, apart: between };
  }
  return best;
}

// How much of the frame is paper, how much of each of its four sides, and how surely paper was told from the table.
function edges(grey, width, height) {
  const { level, apart } = parting(grey);
  const deep = Math.max(1, Math.round(Math.min(width, height) * STRIP));
  const share = (left, top, right, bottom) => {
    let paper = 0;
    for (let y = top; y < bottom; y += 1) for (let x = left; x < right; x += 1) if (grey[y * width + x] > level) paper += 1;
    return paper / Math.max((right - left) * (bottom - top), 1);
  };
  const sides = [share(0, 0, width, deep), share(width - deep, 0, width, height), share(0, height - deep, width, height), share(0, 0, deep, height)];
  return { paper: share(0, 0, width, height), sides, apart };
}

// A bright sheet on a darker table that runs out of the frame at some sides and not at others.
function cutOff({ paper, sides, apart }) {
  const touched = sides.filter((side) => side > 0.3).length;
  return apart > 0.7 && paper > 0.2 && touched > 0 && touched < 4 && sides.some((side) => side < 0.1);
}

export function verdict({ brightness, blown, sharpness, ...frame }) {
  if (brightness < 60) return "dark";
  if (cutOff(frame)) return "cut";
  if (blown > 0.004 && blown < 0.2 && brightness < 215) return "glare";
  if (sharpness < 60) return "blurred";
  return "good";
}

// The verdict on a video's present frame or a picture, looked at on a small copy.
export function look(source, width, height) {
  const scale = Math.min(1, SIDE / Math.max(width, height, 1));
  const copy = new OffscreenCanvas(Math.max(3, Math.round(width * scale)), Math.max(3, Math.round(height * scale)));
  const pen = copy.getContext("2d", { willReadFrequently: true });
  pen.drawImage(source, 0, 0, copy.width, copy.height);
  return verdict(measure(pen.getImageData(0, 0, copy.width, copy.height)));
}
