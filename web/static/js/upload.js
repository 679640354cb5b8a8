// Drag and drop, the list of what was chosen, and a bar while it is sent. Without it the form works as it is.
const form = document.querySelector("[data-upload]");
const input = form.querySelector("input[type=file]");
const drop = form.querySelector("[data-drop]");
const list = form.querySelector("[data-chosen]");
const problem = form.querySelector("[data-problem]");
const sending = form.querySelector("[data-sending]");
const limit = Number(form.dataset.limitMb) * 1e6;
const text = form.dataset;
let files = [];

function wrong(file) {
  if (file.size === 0) return text.textEmpty;
  return file.size > limit ? text.textTooLarge : "";
}

function size(count) {
  if (count < 1e3) return `${count} B`;
  return count < 1e6 ? `${(count / 1e3).toFixed(0)} KB` : `${(count / 1e6).toFixed(1)} MB`;
}

function show() {
  const kept = new DataTransfer();
  files.forEach((file) => kept.items.add(file));
  input.files = kept.files;
  list.replaceChildren(...files.map(line));
  const total = files.reduce((sum, file) => sum + file.size, 0);
  form.querySelector("[data-sum]").textContent = files.length ? `${text.textSum.replace("{n}", files.length)} · ${size(total)}` : "";
}

function line(file, index) {
  const item = document.createElement("li");
  const name = item.appendChild(document.createElement("span"));
  name.className = "name";
  name.textContent = file.name;
  const note = item.appendChild(document.createElement("span"));
  note.className = wrong(file) ? "wrong" : "muted small";
  note.textContent = wrong(file) || size(file.size);
  const button = item.appendChild(document.createElement("button"));
  button.type = "button";
  button.className = "tool";
  button.textContent = "×";
  button.title = text.textRemove;
  button.setAttribute("aria-label", `${text.textRemove} ${file.name}`);
  button.addEventListener("click", () => {
    files = files.filter((_, place) => place !== index);
    show();
  });
  return item;
}

function add(more) {
  const known = new Set(files.map((file) => `${file.name}|${file.size}|${file.lastModified}`));
  files = [...files, ...[...more].filter((file) => !known.has(`${file.name}|${file.size}|${file.lastModified}`))];
  problem.hidden = true;
  show();
}

function tell(message) {
  problem.querySelector("p").textContent = message;
  problem.hidden = false;
  sending.hidden = true;
  form.querySelector("button.btn-primary").disabled = false;
}

drop.classList.add("by-script");
input.addEventListener("change", () => add([...input.files]));
for (const kind of ["dragenter", "dragover"]) {
  document.addEventListener(kind, (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
}
document.addEventListener("dragleave", (event) => event.relatedTarget ?? drop.classList.remove("over"));
document.addEventListener("drop", (event) => {
  event.preventDefault();
  drop.classList.remove("over");
  add(event.dataTransfer.files);
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "application/json");
  request.responseType = "json";
  request.upload.onprogress = (step) => {
    if (step.lengthComputable) sending.querySelector("progress").value = step.loaded / step.total;
  };
  request.onload = () => {
    if (request.status === 202) location.assign(request.response.address);
    else tell([request.response?.detail, request.response?.next_step].filter(Boolean).join(" ") || text.textLost);
  };
  request.onerror = () => tell(text.textLost);
  form.querySelector("button.btn-primary").disabled = true;
  sending.hidden = false;
  request.send(new FormData(form));
});
