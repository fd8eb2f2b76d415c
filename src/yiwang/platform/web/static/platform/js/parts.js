// Sends a large file in parts (tus 1.0), so that a lost connection costs one part. Without script it goes whole.
const PART = 4 * 1024 * 1024;
const LARGE = 8 * 1024 * 1024;
const TOKEN = "csrfmiddlewaretoken";
const VERSION = { "Tus-Resumable": "1.0.0" };
const wait = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));
const encoded = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

async function announce(form, file, token) {
  const told = [["filename", file.name]];
  for (const [name, value] of new FormData(form)) if (typeof value === "string" && name !== TOKEN) told.push([name, value]);
  const answer = await fetch(form.dataset.parts, {
    method: "POST",
    headers: {
      ...VERSION,
      Accept: "application/json",
      "X-CSRFToken": token,
      "Upload-Length": String(file.size),
      "Upload-Metadata": told.map(([key, value]) => `${key} ${encoded(value)}`).join(","),
    },
  });
  if (answer.status === 422) return { refusal: (await answer.json()).title };
  return { place: answer.ok ? answer.headers.get("Location") : null };
}

async function sendParts(place, file, token, shown) {
  let offset = 0;
  for (let pause = 1; offset < file.size; ) {
    try {
      const part = file.slice(offset, offset + PART);
      const answer = await fetch(place, {
        method: "PATCH",
        headers: {
          ...VERSION,
          "X-CSRFToken": token,
          "Content-Type": "application/offset+octet-stream",
          "Upload-Offset": String(offset),
        },
        body: part,
      });
      if (answer.status !== 204 && answer.status !== 409 && answer.status < 500) return false;
      if (answer.status === 204) pause = 1;
    } catch {
      // the connection is lost: ask again a little later
    }
    const asked = await fetch(place, { method: "HEAD", headers: VERSION }).catch(() => null);
    const now = Number(asked?.headers.get("Upload-Offset") ?? NaN);
    if (Number.isNaN(now) || now === offset) await wait((pause = Math.min(pause * 2, 60)));
    if (!Number.isNaN(now)) offset = now;
    shown.value = offset / file.size;
  }
  return true;
}

// What is refused before anything was sent is said here, not after the whole file has gone.
function tell(shown, refusal) {
  shown.hidden = true;
  const words = shown.previousElementSibling?.matches("[role=alert]") ? shown.previousElementSibling : document.createElement("p");
  words.className = "govuk-error-message";
  words.setAttribute("role", "alert");
  words.textContent = refusal;
  shown.before(words);
}

export function sendLargeFiles(root) {
  for (const form of root.querySelectorAll("form[data-parts]")) {
    form.addEventListener("submit", async (event) => {
      const file = form.querySelector("input[type=file]")?.files[0];
      if (!file || file.size < LARGE) return;
      event.preventDefault();
      const token = form.querySelector(`[name=${TOKEN}]`).value;
      const shown = form.querySelector("progress");
      shown.hidden = false;
      const { place, refusal } = await announce(form, file, token);
      if (refusal) return tell(shown, refusal);
      if (place && (await sendParts(place, file, token, shown))) window.location = place.replace(/parts\/$/, "");
      else form.submit();
    });
  }
}
