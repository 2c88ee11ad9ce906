// « Mes thèmes »: a choice that is kept in this browser, and becomes an address of the agenda only when its link is followed.
const key = "my-themes";
const part = document.querySelector("[data-mine]");
const [link, forget, says] = ["link", "forget", "says"]
  .map((name) => part.querySelector(`[data-mine-${name}]`));
const form = part.querySelector("form");
const boxes = [...form.querySelectorAll("input")];

// What another version has kept, or another script of this site, may be of any shape.
function read() {
  try {
    const kept = new URLSearchParams(localStorage.getItem(key) ?? "");
    return boxes.filter((box) => kept.getAll(box.name).includes(box.value));
  } catch {
    // The browser keeps nothing: there is nothing to offer.
    return null;
  }
}

function show(mine) {
  for (const box of boxes) box.checked = mine.includes(box);
  for (const shown of [link, forget]) shown.hidden = mine.length === 0;
  link.href = `${form.action}?${new URLSearchParams(mine.map((box) => [box.name, box.value]))}`;
  link.textContent = mine.map((box) => box.parentElement.textContent.trim()).join(" · ");
}

const mine = read();
part.hidden = !mine;
if (mine) {
  show(mine);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const picked = boxes.filter((box) => box.checked);
    localStorage.setItem(key, new URLSearchParams(picked.map((box) => [box.name, box.value])));
    show(picked);
    form.closest("details").open = false;
    says.textContent = picked.length > 0 ? says.dataset.kept : says.dataset.forgotten;
    (picked.length > 0 ? link : form.closest("details").querySelector("summary")).focus();
  });
  forget.addEventListener("click", () => {
    localStorage.removeItem(key);
    show([]);
    says.textContent = says.dataset.forgotten;
    form.closest("details").querySelector("summary").focus();
  });
}
