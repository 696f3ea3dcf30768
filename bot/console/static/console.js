// What every page of the console does with a script: all of it works without one, only less comfortably.
"use strict";

// A password can be looked at before it is sent.
for (const button of document.querySelectorAll("[data-reveal]")) {
  const input = document.getElementById(button.dataset.reveal);
  button.hidden = false;
  button.addEventListener("click", () => {
    const isShown = input.type === "text";
    input.type = isShown ? "password" : "text";
    button.setAttribute("aria-pressed", String(!isShown));
    input.focus();
  });
  input.form.addEventListener("submit", () => { input.type = "password"; });
}

// A link that is shown once can be copied without selecting it.
for (const button of document.querySelectorAll("[data-copy]")) {
  const source = document.getElementById(button.dataset.copy);
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(source.value);
    document.querySelector(`[data-copy-told="${button.dataset.copy}"]`).textContent = button.dataset.copied;
  });
}

// The token of an invitation stands behind the # of its address: no server and no log ever sees it there.
const invitation = document.querySelector("input#invitation");
if (invitation && location.hash.length > 1) {
  invitation.value = location.hash.slice(1);
  history.replaceState(null, "", location.pathname);
}

// Whoever was told of a fault begins there; else in the first field of a page that is one form.
const fault = document.querySelector("[aria-invalid='true']") || document.querySelector("[data-focus]");
if (fault) fault.focus();
else document.querySelector("main .narrow form input:not([type=hidden])")?.focus();

// One press sends a form once.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
}
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
