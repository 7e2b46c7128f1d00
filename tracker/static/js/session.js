// Says two minutes before a session ends without use that it will, and lets the person stay.

const MINUTE = 60000;
const minutes = Number(document.body.dataset.idleMinutes);
const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/London" });
let timer;
let warning = null;

const begin = () => {
  clearTimeout(timer);
  warning?.remove();
  warning = null;
  timer = setTimeout(warn, Math.max(minutes - 2, 1) * MINUTE);
};

const stay = async () => {
  const answer = await fetch(location.href, { method: "HEAD", redirect: "manual" }).catch(() => null);
  if (answer?.ok) begin();
  else location.reload();
};

const warn = () => {
  const words = document.createElement("p");
  words.className = "wrap spread";
  words.append(`You will be signed out at ${time.format(new Date(Date.now() + 2 * MINUTE))}.`);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-small";
  button.textContent = "Stay signed in";
  button.addEventListener("click", stay);
  words.append(button);
  warning = document.createElement("div");
  warning.className = "session-warning";
  warning.setAttribute("role", "alert");
  warning.append(words);
  document.querySelector("main").before(warning);
};

if (minutes > 2) {
  begin();
  document.addEventListener("answered", begin);
}
