// The menu to return the draft or discard it, by its key: open, with its first control in hand. Escape closes it again.
export function toAside() {
  const menu = document.querySelector("[data-aside]");
  menu.open = true;
  menu.querySelector("select").focus();
}
