// A copy in this browser of what the server does not have yet: always encrypted, for 14 days at most.
// The key comes with the page of whoever is signed in (look/parts/drafts.html); nobody else's page can read the copy,
// nor find it: it is filed under a hash of key and form. Without https there is no copy (browsers refuse to encrypt).

const DAYS = 14 * 24 * 60 * 60 * 1000;
const MINE = "faden-text:";
const SENT = "faden-sent";
const { copyOwner, copyKey, now } = document.getElementById("f-drafts")?.dataset ?? {};
const skew = now ? new Date(now) - Date.now() : 0; // the server's clock counts
const raw = copyKey && globalThis.crypto?.subtle ? Uint8Array.from(atob(copyKey), (letter) => letter.charCodeAt(0)) : null;
const key = raw && crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
let signingOut = false;
const bytes = (text) => new TextEncoder().encode(text);
const base64 = (buffer) => btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(""));
const unbase64 = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

async function place(form) {
  const hash = await crypto.subtle.digest("SHA-256", new Uint8Array([...raw, ...bytes(form)]));
  return `${MINE}${copyOwner}:${base64(hash)}`;
}

/** Keep name and value pairs of a form; false where this browser cannot. */
export async function keep(form, pairs) {
  if (!raw) return false;
  try {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: bytes(form) }, await key, bytes(JSON.stringify(pairs)));
    const name = await place(form);
    if (!signingOut) localStorage.setItem(name, JSON.stringify({ at: Date.now() + skew, iv: base64(iv), sealed: base64(sealed) }));
    return !signingOut;
  } catch {
    return false; // full, or forbidden here
  }
}

/** The copy of a form, { at, pairs }, or null. */
export async function kept(form) {
  if (!raw) return null;
  try {
    const { at, iv, sealed } = JSON.parse(localStorage.getItem(await place(form)));
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: unbase64(iv), additionalData: bytes(form) }, await key, unbase64(sealed));
    return { at: new Date(at), pairs: JSON.parse(new TextDecoder().decode(plain)) };
  } catch {
    return null;
  }
}

export async function forget(form) {
  if (raw) localStorage.removeItem(await place(form));
}

/** The form is on its way: the next page tells whether it arrived. */
export async function sent(form) {
  if (raw) remember(await place(form));
}

/** On a new page: what arrived goes, unless this page gives the form or its words back. */
async function arrived() {
  const name = sessionStorage.getItem(SENT);
  if (!name || !raw) return;
  sessionStorage.removeItem(SENT);
  const here = await Promise.all([...document.querySelectorAll("form[data-draft]")].map((form) => place(form.dataset.draftName)));
  if (!here.includes(name) && !document.querySelector("[data-typed]")) localStorage.removeItem(name);
}

function remember(name) {
  try {
    sessionStorage.setItem(SENT, name);
  } catch {
    // forbidden here: then there is no copy either
  }
}

function forgetWhere(fits) {
  Object.keys(localStorage).filter((name) => name.startsWith(MINE) && fits(name)).forEach((name) => localStorage.removeItem(name));
}

function tooOld(name) {
  try {
    return JSON.parse(localStorage.getItem(name)).at < Date.now() + skew - DAYS;
  } catch {
    return true;
  }
}

try {
  forgetWhere(tooOld);
  arrived();
} catch {
  // no storage in this browser: no copies
}
// Who signs out leaves nothing behind; what others left waits for them.
document.addEventListener("submit", ({ target }) => {
  if (!copyOwner || !target.matches("form[data-sign-out]")) return;
  signingOut = true;
  forgetWhere((name) => name.startsWith(`${MINE}${copyOwner}:`));
});
