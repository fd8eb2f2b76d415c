// Of a study's questions only those are shown that the chosen method asks; without script all are.
const form = document.querySelector("[data-study]");
const method = document.getElementById("q-method");

function show() {
  for (const [name, methods] of Object.entries(form.dataset)) {
    const group = document.getElementById(`q-${name}`)?.closest(".govuk-form-group");
    if (group) group.hidden = !methods.split(" ").includes(method.value);
  }
}

// What is shown only where it is needed is no more optional.
for (const name of ["other", "metres", "minutes", "line"]) {
  document.getElementById(`q-${name}`)?.closest(".govuk-form-group").querySelector(".yw-optional")?.remove();
}
method.addEventListener("change", show);
show();
