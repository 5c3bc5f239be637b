// The only script of ours. Every page works without it; with it no text gets lost.
//   1 session: warning before the end    2 drafts    3 sending twice    4 characters left
//   5 to the search by Ctrl+K    6 ticking all rows
// All sentences stand, translated, in the templates (look/parts/words.html, idle.html).

const words = document.getElementById("f-words")?.dataset ?? {};
const SECOND = 1000;

// ---------- 1 session ----------
// Every answer of the server prolongs the session, also in another window of the same person.
// After its end the page is covered until the same person signs in in another window.

const idle = document.getElementById("f-idle");
const who = document.querySelector(".f-who")?.textContent;
const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
const windows = idle && "BroadcastChannel" in window ? new BroadcastChannel("faden-sitzung") : null;
let end = Infinity;
let idleTimers = [];

function sessionIsAlive() {
  if (!idle) return;
  const seconds = Number(idle.dataset.idleSeconds);
  end = Date.now() + seconds * SECOND;
  idleTimers.forEach(clearTimeout);
  idleTimers = [setTimeout(look, Math.max(seconds - 120, seconds / 2) * SECOND, true), setTimeout(look, seconds * SECOND)];
  phase(false);
  if (idle.open) idle.close();
}

function look(soon = false) {
  if (Date.now() >= end) return sessionIsOver();
  if (!soon || idle.open) return;
  drafts.forEach((draft) => draft.changed && draft.save());
  idle.showModal();
}

function sessionIsOver() {
  end = 0;
  phase(true);
  if (!idle.open) idle.showModal();
  idle.querySelector("[data-idle-over] a").focus();
}

function phase(over) {
  idle.classList.toggle("f-dialog--opaque", over);
  idle.querySelector("[data-idle-soon]").hidden = over;
  idle.querySelector("[data-idle-over]").hidden = !over;
}

async function stay() {
  try {
    const answer = await fetch(idle.dataset.keepaliveUrl, { credentials: "same-origin", redirect: "manual", cache: "no-store" });
    if (answer.ok) heard();
    else sessionIsOver();
  } catch {
    // no connection is no sign-out: the warning stays
  }
}

function heard() {
  if (!end) return; // too late: sign in first
  sessionIsAlive();
  windows?.postMessage({ who });
}

function otherWindow({ data }) {
  if (data.who !== who) return;
  if (data.token) document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((field) => { field.value = data.token; });
  sessionIsAlive();
  drafts.forEach((draft) => draft.changed && draft.save());
}

if (idle) {
  idle.querySelector("[data-idle-stay]").addEventListener("click", stay);
  idle.addEventListener("cancel", (event) => { event.preventDefault(); if (end) stay(); });
  idle.addEventListener("close", () => { if (!end) idle.showModal(); });
  windows?.addEventListener("message", otherWindow);
  windows?.postMessage({ who, token });
  document.addEventListener("visibilitychange", () => look());
  document.addEventListener("htmx:after:request", ({ detail }) => { if (detail?.ctx?.response?.raw?.ok) heard(); });
}

// ---------- 2 drafts ----------
// <form data-draft="/entwuerfe/" data-draft-name="kontakt-…">: saved 10 s after the last change.

const drafts = [];

class Draft {
  constructor(form) {
    this.form = form;
    this.wait = Number(form.dataset.draftWait ?? 10) * SECOND;
    this.status = form.querySelector("[data-draft-status]") ?? form.appendChild(statusLine());
    form.addEventListener("input", () => this.touch());
    form.addEventListener("change", () => this.touch());
    form.addEventListener("submit", () => this.stop());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && this.changed) this.save({ keepalive: true });
    });
    window.addEventListener("online", () => this.changed && this.save());
  }

  touch() {
    this.changed = true;
    this.later(this.wait);
  }

  later(milliseconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), milliseconds);
  }

  stop() {
    clearTimeout(this.timer);
    this.changed = false;
  }

  body() {
    const body = new URLSearchParams({ draft_name: this.form.dataset.draftName });
    for (const field of this.form.elements) {
      if (field.type === "password") continue;
      if (["csrfmiddlewaretoken", "form_key", "draft_name", ""].includes(field.name)) continue;
      if (["file", "submit", "button", "reset", "image"].includes(field.type) || field.disabled) continue;
      if (["checkbox", "radio"].includes(field.type) && !field.checked) continue;
      if (field.type === "select-multiple") for (const option of field.selectedOptions) body.append(field.name, option.value);
      else body.append(field.name, field.value);
    }
    return body;
  }

  async save({ keepalive = false } = {}) {
    clearTimeout(this.timer);
    this.changed = false;
    const body = this.body();
    let answer;
    try {
      answer = await fetch(this.form.dataset.draft, {
        method: "POST",
        body,
        headers: { "X-CSRFToken": this.form.elements.csrfmiddlewaretoken?.value ?? "" },
        credentials: "same-origin",
        redirect: "manual",
        keepalive: keepalive && body.toString().length < 60000, // browsers take no more when leaving
      });
    } catch {
      return this.again();
    }
    if (answer.ok) {
      heard();
      const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
      return this.say(words.saved?.replace("{time}", time));
    }
    if (answer.status >= 500) return this.again();
    this.changed = true;
    this.say(answer.status === 401 || answer.type === "opaqueredirect" ? words.signedOut : words.refused, true);
  }

  again() {
    this.changed = true;
    this.say(words.offline, true);
    this.later(this.wait);
  }

  say(sentence, trouble = false) {
    this.status.textContent = sentence ?? "";
    this.status.classList.toggle("f-draft-status--trouble", trouble);
  }
}

function statusLine() {
  const line = document.createElement("p");
  line.className = "f-draft-status";
  line.setAttribute("role", "status");
  return line;
}

function watchDrafts() {
  document.querySelectorAll("form[data-draft]").forEach((form) => {
    if (!drafts.some((draft) => draft.form === form)) drafts.push(new Draft(form));
  });
}

watchDrafts();
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
sessionIsAlive();

// ---------- 3 sending twice ----------

function release(form) {
  delete form.dataset.sent;
  form.querySelectorAll("[data-held]").forEach((button) => { button.disabled = false; delete button.dataset.held; });
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "true";
  // lock after sending: a disabled button would not send its name
  setTimeout(() => form.querySelectorAll("button:not([type=button]):not(:disabled)").forEach((button) => { button.disabled = true; button.dataset.held = "true"; }));
  setTimeout(() => release(form), 10 * SECOND);
});
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));

// ---------- 4 characters left ----------
// Seen at once; read out only in a pause and only when it gets tight.

function count(area) {
  const line = document.createElement("p");
  line.className = "f-counter";
  line.ariaHidden = "true";
  const spoken = document.createElement("p");
  spoken.className = "kern-sr-only";
  spoken.setAttribute("role", "status");
  area.after(line, spoken);
  let pause;
  const show = () => {
    const left = area.maxLength - area.value.replaceAll("\n", "\r\n").length; // as the server counts
    line.textContent = words.left?.replace("{count}", left) ?? "";
    line.classList.toggle("f-counter--over", left <= 0);
    clearTimeout(pause);
    if (left < area.maxLength / 10) pause = setTimeout(() => { spoken.textContent = line.textContent; }, SECOND);
  };
  area.addEventListener("input", show);
  show();
}

document.querySelectorAll("textarea[maxlength]").forEach(count);

// ---------- 5 to the search by Ctrl+K ----------
// With a modifier only: single letters belong to those who dictate (WCAG 2.1.4). On Apple's keyboards
// Ctrl+K deletes to the end of the line, so there it is ⌘K.

const searchField = document.getElementById("f-search");
const apple = /mac|iphone|ipad/i.test(navigator.platform);

if (searchField) document.addEventListener("keydown", (event) => {
  const wanted = event.key.toLowerCase() === "k" && (apple ? event.metaKey : event.ctrlKey) && !event.altKey && !event.shiftKey;
  if (!wanted || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  searchField.focus();
  searchField.select();
});

// ---------- 6 ticking all rows ----------
// The box sends "all" by itself, also for rows on other pages; here the rows follow it, and one row less is not all.

document.querySelectorAll("[data-check-all]").forEach((all) => {
  const rows = all.form.querySelectorAll(`[name="${all.dataset.checkAll}"]`);
  all.addEventListener("change", () => rows.forEach((row) => { row.checked = all.checked; }));
  rows.forEach((row) => row.addEventListener("change", () => { if (!row.checked) all.checked = false; }));
});

// ---------- 7 beginnings of a goal ----------
// <a data-beginning="field" data-choice="list=value">: takes its words without losing what is typed.

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-beginning]");
  const field = link && document.getElementById(link.dataset.beginning);
  if (!field) return;
  event.preventDefault();
  const [list, value] = link.dataset.choice.split("=");
  document.getElementById(list).value = value;
  const words = link.textContent.replace(/…$/, "");
  field.value = field.value.trim() ? `${field.value.trimEnd()}\n${words}` : words;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
});
