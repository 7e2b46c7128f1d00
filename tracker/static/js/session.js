// Says two minutes before a session ends that it will, and lets the person stay; what is typed stays where it is.

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

// The page is never loaded anew by itself: somebody may be writing on it.
const stay = async () => {
  const answer = await fetch(location.href, { method: "HEAD", redirect: "manual" }).catch(() => null);
  if (answer?.ok) begin();
  else if (answer) say("You are signed out. What you wrote is still on this page: save it, then sign in.");
  else say("There is no connection. Try again.");
};

const say = (sentence) => {
  warning.querySelector("[data-says]").textContent = sentence;
};

const warn = () => {
  const words = document.createElement("p");
  words.className = "wrap spread";
  const sentence = document.createElement("span");
  sentence.dataset.says = "";
  sentence.textContent = `You will be signed out at ${time.format(new Date(Date.now() + 2 * MINUTE))}.`;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-small";
  button.textContent = "Stay signed in";
  button.addEventListener("click", stay);
  words.append(sentence, button);
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
