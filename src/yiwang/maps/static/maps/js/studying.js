// Of a study's questions only those are shown that the chosen method asks; without script all are.
const form = document.querySelector("[data-study]");
const method = document.getElementById("q-method");

function show() {
  for (const [name, methods] of Object.entries(form.dataset)) {
    const group = document.getElementById(`q-${name}`)?.closest(".govuk-form-group");
    if (group) group.hidden = !methods.split(" ").includes(method.value);
  }
}

method.addEventListener("change", show);
show();
