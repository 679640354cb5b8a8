// Drawing a box on the scan whose words are read again: by dragging, by a click on one corner and one on the opposite
// one, or by keys alone. Arrows move the box, with Shift they size it, with Alt (also) in small steps; where it meets the
// edge of the view the page moves instead. Enter reads it, Esc and Tab leave.
import { composing } from "./bindings.js";
import { fraction, pan, seen } from "./viewer.js";

const STEP = 12; // pixels of the view
const SMALL = 2;
const LEAST = 6; // narrower is no box: by pointer it is the first corner of two
const START = [160, 36]; // where no box of the value lies in sight
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const within = (value, least, most) => Math.min(Math.max(value, least), Math.max(least, most));

// The box to begin with: where ``region`` is seen, or the middle of the view.
function first(region, [width, height]) {
  const points = region ? region.map(seen) : [];
  const [xs, ys] = [0, 1].map((axis) => points.map((point) => point[axis]));
  const own = { left: Math.min(...xs), top: Math.min(...ys), width: Math.max(...xs) - Math.min(...xs), height: Math.max(...ys) - Math.min(...ys) };
  const there = points.length && own.left >= 0 && own.top >= 0 && own.left + own.width <= width && own.top + own.height <= height;
  return there ? own : { left: (width - START[0]) / 2, top: (height - START[1]) / 2, width: START[0], height: START[1] };
}

let leave = () => {};

// Takes a box away that is still being drawn: another desk stands here now.
export const leaveBox = () => leave();

// Lets a person draw a box; gives its corners in the order of upright text as it is seen now, or null where he left.
// ``region``: the value's present place, where a box by keys begins.
export function drawnBox(region) {
  const host = document.getElementById("scan");
  const bar = document.querySelector("[data-box-bar]");
  const sheet = document.createElement("div");
  sheet.className = "scan-draw";
  const mark = document.createElement("div");
  mark.className = "place drawn";
  sheet.append(mark);
  host.append(sheet);
  bar.hidden = false;
  bar.focus();
  return new Promise((done) => draw({ host, bar, sheet, mark, region, done }));
}

function draw({ host, bar, sheet, mark, region, done }) {
  const room = () => [host.clientWidth, host.clientHeight];
  let box = first(region, room());
  let from; // the first corner by pointer

  const show = () => {
    for (const name of ["left", "top", "width", "height"]) mark.style[name] = `${box[name]}px`;
    const [[left, top], , [right, bottom]] = corners();
    const told = [left, top, right - left, bottom - top].map((part) => Math.round(Math.abs(part) * 100));
    bar.querySelector("[data-box]").textContent = ["{x}", "{y}", "{w}", "{h}"].reduce((text, name, at) => text.replace(name, told[at]), bar.dataset.text);
  };
  const corners = () => {
    const [right, bottom] = [box.left + box.width, box.top + box.height];
    return [[box.left, box.top], [right, box.top], [right, bottom], [box.left, bottom]].map(([x, y]) => fraction(x, y));
  };
  const end = (found) => {
    leave = () => {};
    sheet.remove();
    bar.hidden = true;
    document.removeEventListener("keydown", pressed, true);
    done(found);
  };

  // Moves the box, and the page under it where the box would leave the view.
  const move = (across, down) => {
    const [width, height] = room();
    const [left, top] = [box.left + across, box.top + down];
    box = { ...box, left: within(left, 0, width - box.width), top: within(top, 0, height - box.height) };
    if (left !== box.left || top !== box.top) pan(left - box.left, top - box.top);
  };
  const size = (across, down) => {
    const [width, height] = room();
    box = { ...box, width: within(box.width + across, LEAST, width - box.left), height: within(box.height + down, LEAST, height - box.top) };
  };
  const pressed = (event) => {
    if (composing(event)) return;
    if (event.ctrlKey || event.metaKey) return event.key === "Enter" && end(null); // the desk goes on without it
    const way = ARROWS[event.key]?.map((part) => part * (event.altKey ? SMALL : STEP));
    if (way) {
      (event.shiftKey ? size : move)(...way);
      show();
    } else if (event.key === "Enter") end(corners());
    else if (event.key === "Escape" || event.key === "Tab") end(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const at = (event) => [event.clientX - host.getBoundingClientRect().left, event.clientY - host.getBoundingClientRect().top];
  const between = ([ax, ay], [bx, by]) => ({ left: Math.min(ax, bx), top: Math.min(ay, by), width: Math.abs(ax - bx), height: Math.abs(ay - by) });
  sheet.addEventListener("pointerdown", (event) => {
    from ??= at(event);
    sheet.setPointerCapture(event.pointerId);
  });
  sheet.addEventListener("pointermove", (event) => {
    if (!from) return;
    box = between(from, at(event));
    show();
  });
  sheet.addEventListener("pointerup", (event) => {
    box = between(from, at(event));
    if (box.width >= LEAST && box.height >= LEAST) end(corners());
  });
  document.addEventListener("keydown", pressed, true);
  leave = () => end(null);
  show();
}
