// Where on the server a file lies that was begun here, kept for a day, so that a reload goes on with it. It is kept under a
// number: names of files are often names of persons, and the next one at this machine is not to read them.
const DAY = 864e5;
const OURS = "part:";

// FNV-1a with 64 bits over what the browser knows of the file; the server tells whether it is the same one.
function keyOf(file) {
  const told = `${file.name}|${file.webkitRelativePath ?? ""}|${file.size}|${file.lastModified}`;
  let number = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(told)) number = BigInt.asUintN(64, (number ^ BigInt(byte)) * 0x100000001b3n);
  return OURS + number.toString(36);
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null; // the browser keeps nothing, or something else lies there
  }
}

const fresh = (found) => Date.now() - found?.at < DAY;

export function begun(file) {
  const found = read(keyOf(file));
  return fresh(found) ? found.address : null;
}

export function keep(file, address) {
  try {
    localStorage.setItem(keyOf(file), JSON.stringify({ address, at: Date.now() }));
  } catch {
    // A browser that keeps nothing: after a reload the file is sent anew.
  }
}

// Forgets these files, and whatever was begun too long ago.
export function forget(files) {
  try {
    for (const file of files) localStorage.removeItem(keyOf(file));
    for (const key of Object.keys(localStorage)) if (key.startsWith(OURS) && !fresh(read(key))) localStorage.removeItem(key);
  } catch {
    // Nothing was kept.
  }
}
