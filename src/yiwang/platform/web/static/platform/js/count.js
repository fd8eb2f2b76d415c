// Says how many characters are left. Counts code points, as the server does, so that a rare ideograph is one.
export function countCharacters(root) {
  for (const field of root.querySelectorAll("textarea[data-count]")) {
    const note = root.getElementById(field.dataset.countId);
    const limit = Number(field.dataset.count);
    const spoken = note.cloneNode(false);
    spoken.removeAttribute("id");
    spoken.className = "govuk-visually-hidden";
    spoken.setAttribute("aria-live", "polite");
    note.after(spoken);
    let timer = 0;
    const tell = () => {
      const left = limit - [...field.value].length;
      note.textContent = left < 0 ? note.dataset.over.replace("#", -left) : note.dataset.left.replace("#", left);
      note.classList.toggle("yw-count--over", left < 0);
      clearTimeout(timer);
      timer = setTimeout(() => { spoken.textContent = note.textContent; }, 1000);
    };
    field.addEventListener("input", tell);
    if (field.value) tell();
  }
}
