// A question for several files: each chosen one stands in a list with its size, what is wrong with it, and a
// button that takes it out again; choosing once more adds. Without script the browser's own field stands.
export function listChosenFiles(root) {
  for (const field of root.querySelectorAll("input[type=file][data-chooser]")) new Chosen(field);
}

export class Chosen {
  constructor(field) {
    this.field = field;
    field.chosen = this;
    this.words = JSON.parse(field.dataset.chooser);
    this.kinds = field.accept.split(",").filter(Boolean).map((kind) => kind.toLowerCase());
    this.most = Number(field.dataset.maxBytes || Infinity);
    this.files = [];
    this.list = Object.assign(document.createElement("ul"), { className: "yw-file-list yw-file-list--chosen", hidden: true });
    this.list.setAttribute("aria-label", this.words.chosen);
    this.spoken = Object.assign(document.createElement("p"), { className: "govuk-visually-hidden" });
    this.spoken.setAttribute("aria-live", "polite");
    field.closest(".yw-file").after(this.list, this.spoken);
    field.addEventListener("change", () => this.add([...field.files]));
    if (field.files.length) this.add([...field.files]);
  }

  add(files) {
    const known = new Set(this.files.map(mark));
    this.files.push(...files.filter((file) => !known.has(mark(file))));
    this.show();
    this.spoken.textContent = `${this.words.chosen}: ${this.files.map((file) => file.name).join(", ")}`;
  }

  remove(file) {
    const at = this.files.indexOf(file);
    this.files.splice(at, 1);
    this.show();
    const rows = this.list.querySelectorAll("button");
    (rows[Math.min(at, rows.length - 1)] ?? this.field).focus();
  }

  fault(file) {
    if (file.size > this.most) return this.words.tooLarge;
    const isOfKind = !this.kinds.length || this.kinds.some((kind) => file.name.toLowerCase().endsWith(kind));
    return isOfKind ? "" : this.words.wrongKind;
  }

  show() {
    const kept = new DataTransfer();
    for (const file of this.files) kept.items.add(file);
    this.field.files = kept.files;
    this.field.setCustomValidity(this.files.some((file) => this.fault(file)) ? this.words.unfit : "");
    this.rows = new Map(this.files.map((file) => [file, this.row(file)]));
    this.list.replaceChildren(...this.rows.values());
    this.list.hidden = !this.files.length;
    this.field.parentElement.querySelector(".yw-file__name").hidden = this.files.length > 0;
  }

  row(file) {
    const made = Object.assign(document.createElement("li"), { className: "yw-file-list__item" });
    const name = Object.assign(document.createElement("span"), { className: "yw-file-list__name", textContent: `${file.name} ` });
    name.append(Object.assign(document.createElement("span"), { className: "yw-soft yw-tiny", textContent: size(file.size) }));
    const remove = Object.assign(document.createElement("button"), {
      type: "button", className: "govuk-button yw-button--quiet yw-button--small", textContent: this.words.remove,
    });
    remove.append(Object.assign(document.createElement("span"), { className: "govuk-visually-hidden", textContent: ` ${file.name}` }));
    remove.addEventListener("click", () => this.remove(file));
    made.append(name, remove);
    if (this.fault(file)) this.tell(made, this.fault(file), "danger");
    return made;
  }

  tell(row, words, tone) {
    row.querySelector(".yw-file-list__told")?.remove();
    row.append(Object.assign(document.createElement("span"), { className: `yw-file-list__told yw-file-list__told--${tone}`, textContent: words }));
  }
}

const mark = (file) => `${file.name} ${file.size} ${file.lastModified}`;
const size = (count) => (count < 1e6 ? `${Math.max(1, Math.round(count / 1000))} KB` : `${(count / 1e6).toFixed(1).replace(".0", "")} MB`);
