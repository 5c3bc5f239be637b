// What is typed and not sent: <form data-draft="/entwuerfe/" data-draft-name="/faelle/…/kontakte/neu/">.
// Half a second after a change a copy lies in this browser, ten seconds after it the server has it and the copy goes.
// Before a form is sent, the server keeps it once more: without connection the page stays as it is.

import { forget, keep, kept, sent } from "./kept_here.js";
import { heard, onChange, renewToken, sessionIsOver } from "./session.js";
import { SECOND, words } from "./words.js";

const NOT_KEPT = ["csrfmiddlewaretoken", "form_key", "draft_name", ""];
const LONGEST_WAIT = 60 * SECOND;
const PATIENCE = 15 * SECOND;
const drafts = [];

class Draft {
  constructor(form) {
    this.form = form;
    this.name = form.dataset.draftName;
    this.status = form.querySelector("[data-draft-status]") ?? form.appendChild(statusLine());
    this.copies = Promise.resolve();
    this.failed = 0;
    form.addEventListener("input", () => this.touch());
    form.addEventListener("change", () => this.touch());
  }

  touch() {
    this.changed = this.touched = true;
    this.later();
    clearTimeout(this.copyTimer);
    this.copyTimer = setTimeout(() => this.copy(), SECOND / 2);
  }

  // ten seconds, and longer from failure to failure
  later() {
    const wait = Number(this.form.dataset.draftWait ?? 10) * SECOND;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), Math.min(wait * 2 ** Math.max(this.failed - 1, 0), LONGEST_WAIT));
  }

  stop() {
    clearTimeout(this.timer);
    clearTimeout(this.copyTimer);
    this.changed = false;
  }

  // one after the other, so that no copy is written after it was forgotten
  copy() {
    if (this.changed) this.copies = this.copies.then(() => keep(this.name, this.pairs()));
  }

  pairs() {
    const found = [];
    for (const field of this.form.elements) {
      if (NOT_KEPT.includes(field.name) || field.disabled) continue;
      if (["password", "file", "submit", "button", "reset", "image"].includes(field.type)) continue;
      if (["checkbox", "radio"].includes(field.type) && !field.checked) continue;
      if (field.type === "select-multiple") for (const option of field.selectedOptions) found.push([field.name, option.value]);
      else found.push([field.name, field.value]);
    }
    return found;
  }

  post(keepalive) {
    const body = new URLSearchParams([["draft_name", this.name], ...this.pairs()]);
    return fetch(this.form.dataset.draft, {
      method: "POST",
      body,
      headers: { "X-CSRFToken": this.form.elements.csrfmiddlewaretoken?.value ?? "" },
      credentials: "same-origin",
      redirect: "manual",
      keepalive: keepalive && body.toString().length < 60000, // browsers take no more when leaving
      signal: keepalive ? undefined : AbortSignal.timeout(PATIENCE),
    });
  }

  /** "saved", "refused", "offline" or "signed out". */
  async save({ leaving = false } = {}) {
    clearTimeout(this.timer);
    this.changed = false;
    let answer;
    try {
      answer = await this.post(leaving);
      if (answer.status === 403 && (await renewToken())) answer = await this.post(leaving);
    } catch {
      return this.offline();
    }
    if (answer.status >= 500) return this.offline();
    if (answer.ok) return this.saved();
    this.changed = true;
    this.copy();
    const signedOut = answer.status === 401 || answer.type === "opaqueredirect";
    this.say(signedOut ? words.signedOut : words.refused, true);
    return signedOut ? "signed out" : "refused";
  }

  saved() {
    heard();
    this.failed = 0;
    if (!this.changed) this.copies = this.copies.then(() => forget(this.name));
    const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    this.say(words.saved?.replace("{time}", time));
    tell(this.unsent ? words.again : "");
    return "saved";
  }

  offline() {
    this.changed = true;
    this.failed += 1;
    this.copy();
    this.say("");
    tell(this.unsent ? words.unsent : words.offline);
    this.later();
    return "offline";
  }

  async send(button) {
    if (this.sending) return;
    this.sending = this.unsent = true;
    const state = await this.save();
    this.sending = false;
    if (state === "signed out") return sessionIsOver();
    if (state === "offline") return;
    this.unsent = false;
    tell("");
    await sent(this.name);
    this.cleared = true;
    this.form.requestSubmit(button?.isConnected ? button : null);
    this.cleared = false;
  }

  async offer() {
    const copy = await kept(this.name);
    if (!copy) return;
    const other = document.querySelector("[data-draft-saved]");
    if (other && new Date(other.dataset.draftSaved) >= copy.at) return forget(this.name);
    const offer = document.getElementById("f-kept-here").content.firstElementChild.cloneNode(true);
    const moment = copy.at.toLocaleString(document.documentElement.lang, { dateStyle: "short", timeStyle: "short" });
    offer.querySelector("[data-kept-at]").textContent = words.keptHere.replace("{moment}", moment);
    offer.querySelector("[data-kept-files]").hidden = !this.form.querySelector("[type=file]");
    offer.querySelector("[data-kept-resume]").addEventListener("click", () => { offer.remove(); this.fill(copy.pairs); });
    offer.querySelector("[data-kept-discard]").addEventListener("click", () => { offer.remove(); forget(this.name); });
    other?.remove();
    this.form.before(offer);
  }

  fill(pairs) {
    for (const field of this.form.elements) {
      if (NOT_KEPT.includes(field.name) || field.type === "file") continue;
      const own = pairs.filter(([name]) => name === field.name).map(([, value]) => value);
      if (["checkbox", "radio"].includes(field.type)) field.checked = own.includes(field.value);
      else if (field.type === "select-multiple") for (const option of field.options) option.selected = own.includes(option.value);
      else if (own.length) field.value = nth(own, field, this.form);
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    this.form.querySelector("textarea, input:not([type=hidden])")?.focus();
    this.save();
  }

  say(sentence, trouble = false) {
    this.status.textContent = sentence ?? "";
    this.status.classList.toggle("f-draft-status--trouble", trouble);
  }
}

// Several fields may share a name: each gets its own value back.
function nth(values, field, form) {
  const siblings = [...form.elements].filter(({ name }) => name === field.name);
  return values[siblings.indexOf(field)] ?? field.value;
}

function statusLine() {
  const line = document.createElement("p");
  line.className = "f-draft-status";
  line.setAttribute("role", "status");
  return line;
}

// The bar at the lower edge: calm, read out in a pause.
function tell(sentence) {
  const bar = document.querySelector("#f-drafts [role=status]");
  if (bar && bar.textContent !== sentence) bar.textContent = sentence ?? "";
}

export function watchDrafts() {
  document.querySelectorAll("form[data-draft]").forEach((form) => {
    if (drafts.some((draft) => draft.form === form)) return;
    const draft = new Draft(form);
    drafts.push(draft);
    // a preview: what it shows is typed and saved nowhere
    if ("draftBegun" in form.dataset) draft.touch();
    else draft.offer();
  });
}

const saveAll = (options) => drafts.forEach((draft) => draft.changed && draft.save(options));

onChange(() => saveAll());
window.addEventListener("online", () => saveAll());
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "hidden") return;
  drafts.forEach((draft) => draft.copy());
  saveAll({ leaving: true });
});
window.addEventListener("beforeunload", (event) => {
  if (drafts.some((draft) => draft.changed && draft.failed)) event.preventDefault();
});
// First of all who hear of it: htmx and the lock against sending twice come when the server has the words.
document.addEventListener("submit", (event) => {
  const draft = drafts.find(({ form }) => form === event.target);
  if (!draft?.touched) return;
  if (draft.cleared) return draft.stop();
  event.preventDefault();
  event.stopImmediatePropagation();
  draft.send(event.submitter);
}, true);
// A form that htmx puts into the page loses no text either, also when it is taken out again.
document.addEventListener("htmx:after:swap", () => {
  drafts.filter((draft) => draft.changed && !draft.form.isConnected).forEach((draft) => draft.save());
  watchDrafts();
});
// An answer that is not put into the page (somebody else changed it, signed out) is a page of its own: sent again the plain way.
document.addEventListener("htmx:response:error", ({ detail }) => {
  const form = detail?.ctx?.sourceElement;
  if (form?.matches("form[data-draft]") && detail.ctx.response.raw.status !== 422) form.submit();
});
