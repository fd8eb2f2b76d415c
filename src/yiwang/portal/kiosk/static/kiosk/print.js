// Prints the page itself; without script the link gives the same guide as PDF.
for (const link of document.querySelectorAll("[data-print]")) {
  link.addEventListener("click", (pressed) => {
    pressed.preventDefault();
    window.print();
  });
}
