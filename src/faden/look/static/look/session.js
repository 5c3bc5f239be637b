// Warning before the end of the session. Every answer of the server prolongs it, also in another window of the
// same person. After its end the page is covered until the same person signs in in another window.

import { SECOND } from "./words.js";

const idle = document.getElementById("f-idle");
const who = document.querySelector(".f-who")?.textContent;
const windows = idle && "BroadcastChannel" in window ? new BroadcastChannel("faden-sitzung") : null;
const savers = [];
let end = Infinity;
let idleTimers = [];

/** Called before the session ends, and when the same person has signed in again elsewhere. */
export const onChange = (save) => savers.push(save);

export function sessionIsAlive() {
  if (!idle) return;
  const seconds = Number(idle.dataset.idleSeconds);
  end = Date.now() + seconds * SECOND;
  idleTimers.forEach(clearTimeout);
  idleTimers = [setTimeout(look, Math.max(seconds - 120, seconds / 2) * SECOND, true), setTimeout(look, seconds * SECOND)];
  phase(false);
  if (idle.open) idle.close();
}

/** The server has answered as to somebody who is signed in. */
export function heard() {
  if (!end) return; // too late: sign in first
  sessionIsAlive();
  windows?.postMessage({ who });
}

export function sessionIsOver() {
  if (!idle) return;
  end = 0;
  phase(true);
  if (!idle.open) idle.showModal();
  idle.querySelector("[data-idle-over] a").focus();
}

/** After a sign-in in another tab the page's token is out of date; true when there is a new one. */
export async function renewToken() {
  const answer = await keepalive().catch(() => null);
  const token = answer?.headers.get("X-CSRFToken");
  if (token) useToken(token);
  return Boolean(token);
}

const keepalive = () => fetch(idle?.dataset.keepaliveUrl, { credentials: "same-origin", redirect: "manual", cache: "no-store" });

function useToken(token) {
  document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((field) => { field.value = token; });
}

function look(soon = false) {
  if (Date.now() >= end) return sessionIsOver();
  if (!soon || idle.open) return;
  savers.forEach((save) => save());
  idle.showModal();
}

function phase(over) {
  idle.classList.toggle("f-dialog--opaque", over);
  idle.querySelector("[data-idle-soon]").hidden = over;
  idle.querySelector("[data-idle-over]").hidden = !over;
}

async function stay() {
  try {
    const answer = await keepalive();
    if (answer.ok) heard();
    else sessionIsOver();
  } catch {
    // no connection is no sign-out: the warning stays
  }
}

function otherWindow({ data }) {
  if (data.who !== who) return;
  if (data.token) useToken(data.token);
  sessionIsAlive();
  savers.forEach((save) => save());
}

if (idle) {
  idle.querySelector("[data-idle-stay]").addEventListener("click", stay);
  idle.addEventListener("cancel", (event) => { event.preventDefault(); if (end) stay(); });
  idle.addEventListener("close", () => { if (!end) idle.showModal(); });
  windows?.addEventListener("message", otherWindow);
  windows?.postMessage({ who, token: document.querySelector("[name=csrfmiddlewaretoken]")?.value });
  document.addEventListener("visibilitychange", () => look());
  document.addEventListener("htmx:after:request", ({ detail }) => { if (detail?.ctx?.response?.raw?.ok) heard(); });
}
