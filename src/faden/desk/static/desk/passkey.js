// Verbindet die Schaltfläche der Seite mit allauths Skript; ohne JavaScript bleibt sie verborgen.

const button = document.querySelector("[data-passkey]");
const trouble = document.querySelector("[data-passkey-trouble]");

if (button && window.webauthnJSON.supported()) {
  const ids = { credential: button.dataset.credential ?? "passkey-credential" };
  const options = document.getElementById("passkey-options")?.dataset.options;
  // Jede Funktion dort nennt ihre Schaltfläche anders.
  for (const name of ["login", "add", "authenticate"]) ids[name] = button.id;
  if (button.dataset.passwordless) ids.passwordless = button.dataset.passwordless;
  window.allauth.webauthn.forms[button.dataset.passkey]({ ids, data: options && JSON.parse(options) });
  document.querySelectorAll("[data-passkey-needs]").forEach((part) => { part.hidden = false; });
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  trouble.hidden = false;
});
