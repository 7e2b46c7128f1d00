// Says two minutes before a session ends that it will, and lets the person stay; what is typed stays where it is.
// Its last end, hours after signing in, cannot be put off: then only what to do is said.

const MINUTE = 60000;
const minutes = Number(document.body.dataset.idleMinutes);
const last = Date.now() + Number(document.body.dataset.minutesLeft) * MINUTE;
const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/London" });
let timer;
let warning = null;
let isLastSaid = false;

const begin = () => {
  if (isLastSaid) return;
  clearTimeout(timer);
  warning?.remove();
  warning = null;
  const idle = Date.now() + Math.max(minutes - 2, 1) * MINUTE;
  const isLast = last - 2 * MINUTE <= idle;
  timer = setTimeout(isLast ? warnOfTheLast : warn, Math.max((isLast ? last - 2 * MINUTE : idle) - Date.now(), 0));
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

const show = (text, ...buttons) => {
  const words = document.createElement("p");
  words.className = "wrap spread";
  const sentence = document.createElement("span");
  sentence.dataset.says = "";
  sentence.textContent = text;
  words.append(sentence, ...buttons);
  warning = document.createElement("div");
  warning.className = "session-warning";
  warning.setAttribute("role", "alert");
  warning.append(words);
  document.querySelector("main").before(warning);
};

const until = (moment) => `You will be signed out at ${time.format(new Date(moment))}.`;

const warn = () => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-small";
  button.textContent = "Stay signed in";
  button.addEventListener("click", stay);
  show(until(Date.now() + 2 * MINUTE), button);
};

const warnOfTheLast = () => {
  isLastSaid = true;
  show(`${until(last)} Save now. What you send later is kept and comes back when you have signed in again.`);
};

if (minutes > 2) {
  begin();
  document.addEventListener("answered", begin);
}
