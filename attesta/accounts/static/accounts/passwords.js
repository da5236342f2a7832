// A button that shows what is typed in a password field, with the words of its data-show and data-hide.
(() => {
  "use strict";

  for (const field of document.querySelectorAll("input[type=password][data-show]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-quiet button-small";
    button.textContent = field.dataset.show;
    button.setAttribute("aria-controls", field.id);
    button.addEventListener("click", () => {
      const shown = field.type === "text";
      field.type = shown ? "password" : "text";
      button.textContent = shown ? field.dataset.show : field.dataset.hide;
      field.focus();
    });
    field.after(button);
    if (field.form) field.form.addEventListener("submit", () => (field.type = "password"));
  }
})();
