// Every page works without these scripts; with them no text gets lost.
//   session.js: warning before the end    drafts.js: what is typed and not sent    kept_here.js: its copy in this browser
//   here: 1 sending twice    2 characters left    3 keys    4 ticking all rows    5 beginnings of a goal    6 life areas of steps

import { SECOND, words } from "./words.js";
import { sessionIsAlive } from "./session.js";
import { watchDrafts } from "./drafts.js";

sessionIsAlive();
watchDrafts();

// ---------- 1 sending twice ----------

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

// ---------- 2 characters left ----------
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

// ---------- 3 keys ----------
// With a modifier only: single letters belong to those who dictate (WCAG 2.1.4). On Apple's keyboards
// Ctrl+K deletes to the end of the line, so there it is ⌘. The sheet of them all: /hilfe/tastatur/.

const apple = /mac|iphone|ipad/i.test(navigator.platform);
const keys = { k: toTheSearch, enter: sendTheForm };

function toTheSearch() {
  const field = document.getElementById("f-search");
  field?.focus();
  field?.select();
  return field;
}

// Only where text is kept: elsewhere Enter does what it always does.
function sendTheForm({ target }) {
  const form = target.form?.matches("[data-draft]") && target.form;
  const button = form && form.querySelector(".f-submit [type=submit]:not(:disabled)");
  if (button) form.requestSubmit(button);
  return button;
}

document.addEventListener("keydown", (event) => {
  const modified = (apple ? event.metaKey : event.ctrlKey) && !event.altKey && !event.shiftKey;
  if (!modified || event.repeat || document.querySelector("dialog[open]")) return;
  if (keys[event.key.toLowerCase()]?.(event)) event.preventDefault();
});

// ---------- 4 ticking all rows ----------
// The box sends "all" by itself, also for rows on other pages; here the rows follow it, and one row less is not all.

document.querySelectorAll("[data-check-all]").forEach((all) => {
  const rows = all.form.querySelectorAll(`[name="${all.dataset.checkAll}"]`);
  all.addEventListener("change", () => rows.forEach((row) => { row.checked = all.checked; }));
  rows.forEach((row) => row.addEventListener("change", () => { if (!row.checked) all.checked = false; }));
});

// ---------- 5 beginnings of a goal ----------
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

// ---------- 6 what is done counts for its life area ----------
// <input data-area="language">: the box of that area is ticked along, and may be taken back.

document.addEventListener("change", ({ target }) => {
  const area = target.dataset.area && target.checked && target.form?.querySelector(`[name=life_areas][value="${target.dataset.area}"]`);
  if (area) area.checked = true;
});
