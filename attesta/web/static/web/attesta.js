// Progressive enhancement only: every page works without this file.
(() => {
  "use strict";

  const root = document.documentElement;
  root.classList.add("js");

  const live = () => document.getElementById("live");

  function say(words, look = "visually-hidden") {
    const region = live();
    if (!region || !words) return;
    region.className = look;
    region.textContent = "";
    window.setTimeout(() => {
      region.textContent = words;
    }, 60);
  }

  // --- copy a text, and say so ---------------------------------------------------------------

  async function copy(button) {
    const field = document.querySelector(button.dataset.copy);
    const text = field ? field.value : button.dataset.text;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      if (!field) return;
      field.select();
      if (!document.execCommand("copy")) return;
    }
    confirmCopy(button);
  }

  function confirmCopy(button) {
    const word = button.querySelector("span") || button;
    const before = button.dataset.before || word.textContent;
    button.dataset.before = before;
    word.textContent = button.dataset.copied;
    say(button.dataset.copied);
    window.clearTimeout(Number(button.dataset.timer));
    button.dataset.timer = String(
      window.setTimeout(() => {
        word.textContent = before;
      }, 2500),
    );
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy], [data-text]");
    if (button) copy(button);
    const print = event.target.closest("[data-print]");
    if (print) window.print();
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  document.addEventListener("focusin", (event) => {
    if (event.target.matches("input[data-select]")) event.target.select();
  });

  // --- menus close with Escape, and when focus leaves them --------------------------------------

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = document.querySelector("details.menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  document.addEventListener("focusout", (event) => {
    const menu = event.target.closest("details.menu[open]");
    if (menu && event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });

  // --- quick choices fill their field -----------------------------------------------------------

  document.addEventListener("click", (event) => {
    const choice = event.target.closest("[data-fill]");
    if (!choice) return;
    const field = document.querySelector(choice.dataset.fill);
    if (!field) return;
    field.value = choice.dataset.value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    field.focus();
  });

  // --- a file dropped on its field is chosen, and sent -------------------------------------------------

  const zone = (event) => event.target instanceof Element && event.target.closest("[data-drop]");
  const carriesFiles = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");

  document.addEventListener("dragover", (event) => {
    const place = zone(event);
    if (!place || !carriesFiles(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    place.classList.add("drop-over");
  });

  document.addEventListener("dragleave", (event) => {
    const place = zone(event);
    if (place && !place.contains(event.relatedTarget)) place.classList.remove("drop-over");
  });

  document.addEventListener("drop", (event) => {
    const place = zone(event);
    if (!place || !carriesFiles(event)) return;
    event.preventDefault();
    place.classList.remove("drop-over");
    const field = place.querySelector("input[type=file]");
    if (!field || event.dataTransfer.files.length === 0) return;
    const chosen = new DataTransfer();
    chosen.items.add(event.dataTransfer.files[0]);
    field.files = chosen.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    if (field.form) field.form.requestSubmit();
  });

  // --- an unsaved form is sent once -----------------------------------------------------------------

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || form.matches("[hx-post]")) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    window.setTimeout(() => delete form.dataset.sent, 4000);
  });

  window.addEventListener("pageshow", () => {
    for (const form of document.forms) delete form.dataset.sent;
  });

  // --- what went wrong, or what was done, goes first and is read out -------------------------------------

  document.addEventListener("DOMContentLoaded", () => {
    const done = window.location.hash ? null : document.querySelector(".messages");
    const said = document.querySelector(".error-summary") || done;
    if (said) said.focus();
  });

  // Stands until something is tried again.
  const failed = () => say(live() && live().dataset.failed, "live-failed");
  document.addEventListener("htmx:beforeRequest", () => {
    if (live()) live().className = "visually-hidden";
  });
  document.addEventListener("htmx:responseError", failed);
  document.addEventListener("htmx:sendError", failed);
})();
