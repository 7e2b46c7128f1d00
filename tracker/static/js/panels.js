// What opens and closes: the person's menu, the filters on a phone, details on paper; and shows what needs a script.

for (const part of document.querySelectorAll("[data-needs-script]")) part.hidden = false;

for (const panel of document.querySelectorAll("[data-closes]")) {
  document.addEventListener("click", (event) => {
    if (!panel.contains(event.target)) panel.open = false;
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && panel.open) {
      panel.open = false;
      panel.querySelector("summary").focus();
    }
  });
}

if (matchMedia("(max-width: 699px)").matches) {
  for (const panel of document.querySelectorAll("[data-filter-panel]")) panel.open = false;
}

const opened = new Set();
addEventListener("beforeprint", () => {
  for (const part of document.querySelectorAll("main details:not([open])")) {
    part.open = true;
    opened.add(part);
  }
});
addEventListener("afterprint", () => {
  for (const part of opened) part.open = false;
  opened.clear();
});
