// Shows a day of the past: a field, and a slider over five years that moves it.
import { atlas, tool } from "../atlas.js";

const DAY = 86400000;
let isReady = false;

// Days are the city's, wherever and at whatever hour somebody looks; each is reckoned by its midnight in UTC.
function today(zone) {
  const parts = new Intl.DateTimeFormat("en", { timeZone: zone, year: "numeric", month: "numeric", day: "numeric" }).formatToParts(new Date());
  const said = Object.fromEntries(parts.map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(said.year, said.month - 1, said.day);
}

tool("day", {
  opened(panel) {
    if (isReady) return;
    isReady = true;
    const form = panel.querySelector("[data-day-form]");
    const slide = form.querySelector("#day-slide");
    const field = form.elements.valid;
    const show = (day) => {
      atlas.showDay(day);
      atlas.say(form.dataset.shown.replace("#", day || form.dataset.today));
    };
    const now = () => today(form.dataset.zone);
    const place = () => { slide.value = field.value ? String((Date.parse(field.value) - now()) / DAY) : "0"; };
    slide.closest("[hidden]").hidden = false;
    place();
    slide.addEventListener("input", () => {
      const back = Number(slide.value);
      field.value = back ? new Date(now() + back * DAY).toISOString().slice(0, 10) : "";
      slide.setAttribute("aria-valuetext", field.value || form.dataset.today);
    });
    slide.addEventListener("change", () => show(field.value));
    field.addEventListener("change", () => { place(); show(field.value); });
    form.addEventListener("submit", (event) => { event.preventDefault(); show(field.value); });
  },
});
