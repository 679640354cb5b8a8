// What a frame of the camera is worth before it is sent: sharp, bright enough, no lamp mirrored in it. Pure: numbers in,
// a verdict out. The service looks again, better; this is for the second before the shutter.
const SIDE = 480;

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
  return { brightness: sum / grey.length, blown: blown / grey.length, sharpness: squares / Math.max(count, 1) - mean * mean };
}

export function verdict({ brightness, blown, sharpness }) {
  if (brightness < 60) return "dark";
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
