// A button that copies a field appears only where the browser can do it; without script the field is there to be selected.
function offer(root) {
  for (const button of root.querySelectorAll("button[data-copies]")) {
    const field = document.getElementById(button.dataset.copies);
    const says = document.getElementById(button.dataset.says);
    field.addEventListener("focus", () => field.select());
    // Only in a secure context: https, or this machine.
    if (navigator.clipboard) {
      button.hidden = false;
      button.addEventListener("click", async () => {
        try {
          await navigator.clipboard.writeText(field.value);
          says.hidden = false;
        } catch {
          // Refused by the browser or its owner: what is selected can be copied by hand.
          field.focus();
        }
      });
    }
  }
}

offer(document);
// A part of the page that came later says so.
document.addEventListener("arrived", (event) => offer(event.target));
