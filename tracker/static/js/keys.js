// Keys: Ctrl Enter sends the form one is in, 1 to 4 choose a grade while one is focused.

const formAround = (element) => element?.closest?.("form[method='post']");

const send = (form) => {
  const button = form.querySelector("[data-primary]") ?? form.querySelector("button[type='submit']");
  form.requestSubmit(button);
};

const grade = (event) => {
  const group = event.target.closest?.("[data-grades]");
  const number = Number(event.key);
  const radio = group && number >= 1 && number <= 4 && group.querySelectorAll("input[type='radio']")[number - 1];
  if (radio) {
    radio.focus();
    radio.click();
  }
  return Boolean(radio);
};

document.addEventListener("keydown", (event) => {
  const isControl = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  let isTaken = false;
  if (isControl && event.key === "Enter") {
    const form = formAround(event.target);
    isTaken = Boolean(form);
    if (form && !event.repeat) send(form);
  } else if (!event.ctrlKey && !event.metaKey && !event.altKey) {
    isTaken = grade(event);
  }
  if (isTaken) event.preventDefault();
});
