// Sends the chosen files of a form one by one, each with its progress and what the server says of it. What was
// refused stays in the list; the rest of the page is asked anew. Without script all go at once.
export function sendFilesEach(root) {
  for (const form of root.querySelectorAll("form[data-uploads]")) {
    const field = form.querySelector("input[type=file][data-chooser]");
    form.addEventListener("submit", (event) => {
      if (!field.chosen?.files.length) return;
      event.preventDefault();
      if (!field.checkValidity()) {
        field.chosen.spoken.textContent = field.validationMessage;
        field.chosen.list.querySelector("button").focus();
        return;
      }
      sendAll(form, field.chosen);
    });
  }
}

async function sendAll(form, chosen) {
  const button = form.querySelector("button:not([type=button])");
  button.disabled = true;
  const refused = new Map();
  const all = [...chosen.files];
  for (const file of all) {
    const words = await sendOne(form, chosen, file);
    if (words) refused.set(file, words);
  }
  chosen.files = [...refused.keys()];
  chosen.show();
  for (const [file, words] of refused) chosen.tell(chosen.rows.get(file), words, "danger");
  button.disabled = false;
  await renew(form.dataset.uploads);
  chosen.spoken.textContent = chosen.words.done.replace("{saved}", all.length - refused.size).replace("{lost}", refused.size);
  chosen.spoken.className = "yw-file-list__done";
  button.focus();
}

// Gives why it was refused; nothing where it was kept.
function sendOne(form, chosen, file) {
  const row = chosen.rows.get(file);
  const bar = Object.assign(document.createElement("progress"), { max: 1, value: 0, className: "yw-file-list__progress" });
  bar.setAttribute("aria-label", chosen.words.sending.replace("{name}", file.name));
  row.querySelector("button").replaceWith(bar);
  const body = new FormData(form);
  body.delete(chosen.field.name);
  body.append(chosen.field.name, file);
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => { bar.value = event.loaded / (event.total || 1); });
    request.addEventListener("loadend", () => {
      const [told] = request.response?.files ?? [];
      if (told && !told.error) bar.value = 1;
      done(told ? told.error : chosen.words.lost);
    });
    request.send(body);
  });
}

async function renew(name) {
  const answer = await fetch(location.href);
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(name);
  if (fresh) document.getElementById(name).replaceWith(fresh);
}
