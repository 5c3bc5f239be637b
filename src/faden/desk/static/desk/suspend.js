// Suspending a step: the day and the number of days compute each other. Without this script the server does.

const form = document.querySelector("form[data-suspend]");
const DAY = 86_400_000;

function begin() {
  const { until, days } = form.elements;
  const today = Date.parse(`${form.dataset.suspend}T00:00:00Z`);
  until.addEventListener("input", () => {
    const count = Math.round((until.valueAsNumber - today) / DAY);
    days.value = count > 0 ? count : "";
  });
  days.addEventListener("input", () => {
    const count = Number(days.value);
    if (Number.isInteger(count) && count > 0 && count <= 3650) until.valueAsNumber = today + count * DAY;
  });
}

if (form) begin();
