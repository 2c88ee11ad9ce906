// Suggests what may be meant while the reader types. Without script the box is a box.
for (const box of document.querySelectorAll("input[data-suggestions]")) {
  const list = document.getElementById(box.getAttribute("list"));
  let asked = 0;
  let waiting;
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const number = ++asked;
      try {
        const answer = await fetch(`${box.dataset.suggestions}?q=${encodeURIComponent(box.value)}`);
        if (!answer.ok || number !== asked) return;
        list.replaceChildren(...(await answer.json()).map((text) => Object.assign(document.createElement("option"), { value: text })));
      } catch {
        // Suggestions are a convenience: without an answer there are none.
      }
    }, 150);
  });
}
