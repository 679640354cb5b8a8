// Files out of what was dropped or pasted, folders walked. What systems put into folders for themselves is left out.
const OURS = /^(\.|Thumbs\.db$|desktop\.ini$|__MACOSX$)/i;

export async function dropped(transfer) {
  // Entries must be taken before the first wait: afterwards the browser has emptied the transfer.
  const entries = [...transfer.items].filter((item) => item.kind === "file").map((item) => item.webkitGetAsEntry?.() ?? item.getAsFile());
  const found = [];
  for (const entry of entries) await walk(entry, found);
  return found;
}

async function walk(entry, found) {
  if (!entry || OURS.test(entry.name)) return;
  if (entry instanceof File) found.push(entry);
  else if (entry.isFile) found.push(await new Promise((resolve, reject) => entry.file(resolve, reject)));
  else for (const below of await children(entry)) await walk(below, found);
}

// A folder is read in portions of a hundred until none is left.
async function children(folder) {
  const reader = folder.createReader();
  const all = [];
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) return all.sort((one, other) => one.name.localeCompare(other.name, undefined, { numeric: true }));
    all.push(...some);
  }
}

export const chosen = (list) => [...list].filter((file) => !OURS.test(file.name));
