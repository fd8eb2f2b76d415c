// A calendar beside the three boxes of a date: the date picker dialog of WAI-ARIA. The boxes stay what is sent;
// without script they are all there is.
import { monthGrid, parsed, sameDay, shifted } from "./days.js";
import { daysOff } from "./days_off.js";

const BOXES = ["year", "month", "day"];
const ICON = "M4 5.500h16v15H4zM4 10h16M8.5 3v4M15.5 3v4";
const MOVES = {
  ArrowLeft: { days: -1 }, ArrowRight: { days: 1 }, ArrowUp: { days: -7 }, ArrowDown: { days: 7 },
  Home: { week: 0 }, End: { week: 6 }, PageUp: { months: -1 }, PageDown: { months: 1 },
};

export function pickDates(root) {
  for (const boxes of root.querySelectorAll("[data-picker]")) new Picker(boxes);
}

class Picker {
  constructor(boxes) {
    this.boxes = boxes;
    this.words = JSON.parse(boxes.dataset.picker);
    this.fields = BOXES.map((part) => boxes.querySelector(`input[name$="-${part}"]`));
    this.opener = button(this.words.open, "govuk-button govuk-button--secondary yw-button--small yw-picker__open");
    this.opener.prepend(icon());
    this.opener.setAttribute("aria-haspopup", "dialog");
    const legend = boxes.closest("fieldset")?.querySelector("legend");
    if (legend) {
      legend.id ||= `${boxes.id}-legend`;
      this.opener.id = `${boxes.id}-open`;
      this.opener.setAttribute("aria-describedby", legend.id);
    }
    this.opener.addEventListener("click", () => this.open());
    boxes.append(this.opener);
  }

  open() {
    this.dialog ??= this.build();
    this.chosen = parsed(this.fields.map((field) => field.value));
    this.show(this.chosen ?? today());
    this.dialog.showModal();
    this.place();
    this.focusDay();
  }

  build() {
    const { words } = this;
    const dialog = Object.assign(document.createElement("dialog"), { className: "yw-picker" });
    dialog.setAttribute("aria-label", words.title);
    this.title = Object.assign(document.createElement("h2"), { className: "yw-picker__title", id: `${this.boxes.id}-shown` });
    this.title.setAttribute("aria-live", "polite");
    const head = Object.assign(document.createElement("div"), { className: "yw-picker__head" });
    head.append(
      this.turn("«", words.lastYear, -12), this.turn("‹", words.lastMonth, -1), this.title,
      this.turn("›", words.nextMonth, 1), this.turn("»", words.nextYear, 12),
    );
    this.grid = Object.assign(document.createElement("table"), { className: "yw-picker__grid" });
    this.grid.setAttribute("role", "grid");
    this.grid.setAttribute("aria-labelledby", this.title.id);
    this.grid.addEventListener("keydown", (event) => this.move(event));
    this.grid.addEventListener("click", (event) => {
      const day = event.target.closest("button");
      if (day) this.choose(new Date(Number(day.value)));
    });
    const close = button(words.close, "govuk-button govuk-button--secondary yw-button--small");
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
    dialog.addEventListener("close", () => this.opener.focus());
    dialog.append(head, this.grid, close);
    // not within the question: the boxes are a row of fields, the dialog none of them
    document.body.append(dialog);
    return dialog;
  }

  turn(sign, name, months) {
    const made = button(sign, "yw-picker__turn");
    made.setAttribute("aria-label", name);
    made.addEventListener("click", () => this.show(shifted(this.day, { months })));
    return made;
  }

  place() {
    const below = this.opener.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = this.dialog;
    const isWide = window.innerWidth > 640 && height < window.innerHeight;
    const left = Math.min(below.left, window.innerWidth - width - 16);
    const top = Math.max(8, Math.min(below.bottom + 4, window.innerHeight - height - 8));
    Object.assign(this.dialog.style, isWide ? { left: `${left}px`, top: `${top}px`, margin: "0" } : { left: "", top: "", margin: "" });
  }

  move(event) {
    const move = MOVES[event.key];
    if (!move || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    this.show(shifted(this.day, event.shiftKey && move.months ? { months: move.months * 12 } : move));
    this.focusDay();
  }

  focusDay() {
    this.grid.querySelector('button[tabindex="0"]').focus();
  }

  show(day) {
    const { words } = this;
    this.day = day;
    const filled = { year: day.getUTCFullYear(), month: words.months[day.getUTCMonth()] };
    const title = said(words.month, filled);
    if (this.title.textContent !== title) this.title.textContent = title;
    const head = row(words.short.map((short, at) =>
      Object.assign(document.createElement("th"), { scope: "col", textContent: short, abbr: words.weekdays[at] })));
    const weeks = monthGrid(day).map((week) => row(week.map((each) => this.cell(each))));
    this.grid.replaceChildren(...[[ "thead", [head]], ["tbody", weeks]].map(([name, rows]) => {
      const part = document.createElement(name);
      part.append(...rows);
      return part;
    }));
    this.rest(day.getUTCFullYear());
  }

  cell(day) {
    const cell = document.createElement("td");
    if (!day) return cell;
    const { words } = this;
    const made = button(String(day.getUTCDate()), "yw-picker__day");
    made.value = String(day.getTime());
    made.tabIndex = sameDay(day, this.day) ? 0 : -1;
    const name = said(words.day, {
      year: day.getUTCFullYear(), month: words.months[day.getUTCMonth()], day: day.getUTCDate(),
      weekday: words.weekdays[(day.getUTCDay() + 6) % 7],
    });
    made.setAttribute("aria-label", sameDay(day, today()) ? name + words.between + words.today : name);
    if (sameDay(day, today())) made.setAttribute("aria-current", "date");
    cell.setAttribute("aria-selected", String(Boolean(this.chosen) && sameDay(day, this.chosen)));
    cell.append(made);
    return cell;
  }

  async rest(year) {
    const off = await daysOff(this.boxes.dataset.daysOff, year);
    for (const made of this.grid.querySelectorAll("button:not(.yw-picker__day--off)")) {
      const day = new Date(Number(made.value));
      if (day.getUTCFullYear() !== year || !off.has(day.toISOString().slice(0, 10))) continue;
      made.classList.add("yw-picker__day--off");
      made.setAttribute("aria-label", made.getAttribute("aria-label") + this.words.between + this.words.rest);
    }
  }

  choose(day) {
    const parts = [day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate()];
    this.fields.forEach((field, at) => {
      field.value = String(parts[at]);
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
    this.dialog.close();
  }
}

function today() {
  const now = new Date();
  return new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()));
}

function said(sentence, filled) {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => filled[name]);
}

function button(text, classes) {
  return Object.assign(document.createElement("button"), { type: "button", className: classes, textContent: text });
}

function row(cells) {
  const made = document.createElement("tr");
  made.append(...cells);
  return made;
}

function icon() {
  const drawn = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [name, value] of [["class", "yw-icon"], ["viewBox", "0 0 24 24"], ["aria-hidden", "true"], ["focusable", "false"]]) drawn.setAttribute(name, value);
  drawn.append(document.createElementNS(drawn.namespaceURI, "path"));
  drawn.firstChild.setAttribute("d", ICON);
  return drawn;
}
