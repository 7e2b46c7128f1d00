// What a form does for its writer: goes to the errors, counts characters, follows the chosen status, is sent only once.

document.querySelector("[data-focus]")?.focus();

const numbers = new Intl.NumberFormat("en-GB");

for (const counter of document.querySelectorAll("[data-counts]")) {
  const box = document.getElementById(counter.dataset.counts);
  const most = Number(counter.dataset.max);
  const count = () => {
    const left = most - [...box.value].length;
    counter.textContent = left >= 0 ? `${numbers.format(left)} left` : `${numbers.format(-left)} too many`;
    counter.classList.toggle("counter-over", left < 0);
  };
  box.addEventListener("input", count);
  count();
}

// A label may have other words for a status, data-words-r; data-other-words are its own.
const relabel = (form, chosen) => {
  for (const label of form.querySelectorAll("label[data-other-words]")) {
    label.textContent = label.dataset[`words${chosen}`] ?? label.dataset.otherWords;
  }
};

const follow = (group) => {
  const form = group.closest("form") ?? document;
  const chosen = group.querySelector("input:checked")?.value ?? "";
  for (const part of form.querySelectorAll("[data-for-rag]")) {
    const isFor = chosen === "" || part.dataset.forRag.split(" ").includes(chosen);
    part.hidden = !isFor && !part.classList.contains("field-wrong");
  }
  relabel(form, chosen);
};

for (const group of document.querySelectorAll("[data-chooses-rag]")) {
  group.addEventListener("change", () => follow(group));
  follow(group);
}

for (const button of document.querySelectorAll("[data-shows-password]")) {
  const box = document.getElementById(button.dataset.showsPassword);
  button.addEventListener("click", () => {
    const isShown = box.type === "password";
    box.type = isShown ? "text" : "password";
    button.textContent = isShown ? "Hide password" : "Show password";
    box.focus();
  });
}

// The form's own listeners come first; what they held back does not count as sent.
const sent = new WeakSet();
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method !== "post") return;
  if (sent.has(event.target)) event.preventDefault();
  sent.add(event.target);
  setTimeout(() => sent.delete(event.target), 8000);
});
addEventListener("pageshow", () => {
  for (const form of document.forms) sent.delete(form);
});
