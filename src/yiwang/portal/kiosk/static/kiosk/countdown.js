// Shows the seconds until the start page comes back; the page's own header does the going back.
const shown = document.querySelector("[data-countdown]");
let left = Number(shown?.textContent ?? 0);
const clock = setInterval(() => {
  left -= 1;
  if (left < 0) return clearInterval(clock);
  shown.textContent = String(left);
}, 1000);
