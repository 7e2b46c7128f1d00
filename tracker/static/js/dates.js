// Says under a date box how the service reads it, while one types; the reading itself is the server's.

const PAUSE = 400;

const read = async (box, note, signal) => {
  const address = `${box.dataset.readsDate}?text=${encodeURIComponent(box.value)}`;
  const answer = await fetch(address, { headers: { Accept: "application/json" }, signal });
  if (!answer.ok || answer.redirected) return;
  const { sentence, problem } = await answer.json();
  note.textContent = sentence ?? problem ?? "";
};

for (const box of document.querySelectorAll("[data-reads-date]")) {
  const note = document.getElementById(`${box.id}-read`);
  let timer;
  let asking = new AbortController();
  box.addEventListener("input", () => {
    clearTimeout(timer);
    asking.abort();
    if (box.value.trim() === "") {
      note.textContent = "";
      return;
    }
    timer = setTimeout(() => {
      asking = new AbortController();
      // Without an answer the page after saving says it all the same.
      read(box, note, asking.signal).catch(() => {});
    }, PAUSE);
  });
}
