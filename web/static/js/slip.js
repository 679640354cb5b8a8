// The button that opens the browser's print dialog; without it the browser's own command prints the page.
const button = document.querySelector("[data-print]");
button.hidden = false;
button.addEventListener("click", () => print());
