// Lines under a field while somebody types: the combobox with a list of WAI-ARIA. A search field asks by its
// address and goes to the title that is chosen; one with data-suggest-posts sends what was typed, which may say
// where somebody lives, in the body, and takes the chosen line over. Without script the form asks as it is.
const PAUSE = 150;

export function suggestWhileTyping(root) {
  for (const field of root.querySelectorAll("input[data-suggest]")) suggestFor(field);
}

function suggestFor(field) {
  const list = Object.assign(document.createElement("ul"), { id: `${field.id}-list`, className: "yw-suggest", hidden: true });
  const spoken = Object.assign(document.createElement("p"), { className: "govuk-visually-hidden" });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.dataset.suggestLabel);
  spoken.setAttribute("aria-live", "polite");
  const posts = "suggestPosts" in field.dataset;
  // a search form is the box of its list; in a form of many questions the field gets one of its own
  if (posts) {
    const box = Object.assign(document.createElement("div"), { className: "yw-suggest-box" });
    field.before(box);
    box.append(field, list, spoken);
  } else field.closest("form").append(list, spoken);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) {
    field.setAttribute(name, value);
  }
  let timer = 0;
  let asking = new AbortController();
  let chosen = -1;

  const close = () => {
    clearTimeout(timer);
    asking.abort();
    list.hidden = true;
    spoken.textContent = "";
    field.setAttribute("aria-expanded", "false");
    choose(-1);
  };
  const choose = (at) => {
    chosen = at;
    [...list.children].forEach((row, place) => row.setAttribute("aria-selected", String(place === at)));
    if (at < 0) return field.removeAttribute("aria-activedescendant");
    field.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
  };
  const show = (rows) => {
    if (!rows.length) return close();
    list.replaceChildren(...rows.map((row, at) => line(row, `${list.id}-${at}`)));
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
    spoken.textContent = field.dataset.suggestFound.replace("#", rows.length);
    choose(-1);
  };
  const ask = async () => {
    const typed = field.value.trim();
    asking.abort();
    asking = new AbortController();
    if (typed.length < (posts ? 2 : 1)) return close();
    try {
      const answer = await (posts ? send : look)(field.dataset.suggest, typed, asking.signal);
      show(answer.ok ? (await answer.json()).suggestions : []);
    } catch (problem) {
      if (problem.name !== "AbortError") close();
    }
  };
  const go = (row) => {
    if (!posts) return location.assign(row.dataset.href);
    field.value = row.dataset.value;
    close();
  };

  field.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(ask, PAUSE);
  });
  field.addEventListener("compositionend", () => { timer = setTimeout(ask, PAUSE); });
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return;
    const last = list.children.length - 1;
    if (event.key === "ArrowDown") choose(chosen === last ? -1 : chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen < 0 ? last : chosen - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && chosen >= 0) go(list.children[chosen]);
    else return;
    event.preventDefault();
  });
  // the field keeps the focus, so that a press on the list doesn't close it before it is chosen
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const row = event.target.closest("[role=option]");
    if (row) go(row);
  });
}

const look = (door, typed, signal) => fetch(`${door}?q=${encodeURIComponent(typed)}`, { signal });

const send = (door, typed, signal) => fetch(door, {
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify({ typed: typed.slice(0, 60) }),
  credentials: "omit",
  signal,
});

function line(row, id) {
  const made = Object.assign(document.createElement("li"), { id, className: "yw-suggest__row" });
  const title = Object.assign(document.createElement("span"), { className: "yw-suggest__title", textContent: row.title ?? row.address });
  const kind = Object.assign(document.createElement("span"), { className: "yw-suggest__kind", textContent: row.kind ?? row.other });
  made.setAttribute("role", "option");
  made.setAttribute("aria-selected", "false");
  if (row.title) made.dataset.href = row.address;
  else made.dataset.value = row.address;
  made.append(title, " ", kind);
  return made;
}
