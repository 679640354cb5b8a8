// What every page has: the look, menus that close, questions before what cannot be undone, objections, copying.
import "./undo.js";

const YEAR = 31536000;
const root = document.documentElement;

for (const button of document.querySelectorAll("[data-theme-toggle]")) {
  button.hidden = false;
  const use = button.querySelector("use");
  const show = () => use.setAttribute("href", use.getAttribute("href").replace(/#.*/, root.dataset.bsTheme === "dark" ? "#sun" : "#moon"));
  button.addEventListener("click", () => {
    const chosen = root.dataset.bsTheme === "dark" ? "light" : "dark";
    root.dataset.theme = chosen;
    root.dataset.bsTheme = chosen;
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `theme=${chosen}; Path=/; Max-Age=${YEAR}; SameSite=Lax${secure}`;
    show();
  });
  show();
}

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  const asking = event.target.closest("[data-ask]");
  if (asking && !confirm(asking.dataset.ask)) event.preventDefault();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
    event.preventDefault();
  }
});

// What the browser objects to is said in the page's language, which need not be the browser's.
function objection({ validity, minLength, title, type }) {
  const text = document.body.dataset;
  if (validity.valueMissing) return /^(select|radio|checkbox|file)/.test(type) ? text.textUnchosen : text.textMissing;
  if (validity.tooShort) return text.textShort.replace("{n}", minLength);
  return validity.patternMismatch ? title : "";
}

document.addEventListener("invalid", ({ target }) => target.setCustomValidity(objection(target)), true);
for (const kind of ["input", "change"]) document.addEventListener(kind, ({ target }) => target.setCustomValidity?.(""), true);

for (const button of document.querySelectorAll("[data-copy]")) {
  const source = document.querySelector("[data-copy-source]");
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", () => navigator.clipboard.writeText(source.value));
}

// On a phone the row of places is wider than the window: where one is shall be in sight.
const place = document.querySelector(".places [aria-current]");
if (place) place.parentElement.scrollLeft = place.offsetLeft + place.offsetWidth / 2 - place.parentElement.clientWidth / 2;

const named = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
if (named?.tagName === "DETAILS") named.open = true;
