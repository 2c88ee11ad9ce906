// The editor's comforts: kept while one types, a toolbar that writes Markdown, a clean paste. The form works without any of them.

// Keeps what is typed, a few seconds after the last key, and when the page is left: each form by itself.
for (const form of document.querySelectorAll("form[data-keep]")) {
  const said = form.querySelector("#kept, .kept");
  let changed = false;
  let waiting;

  const fields = () => {
    const typed = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") typed.append(name, value);
    return typed;
  };

  async function keep() {
    clearTimeout(waiting);
    if (!changed) return;
    changed = false;
    try {
      const answer = await fetch(form.dataset.keep, { method: "POST", body: fields(), keepalive: true });
      // A session that has ended leads to the sign-in: what is on the page stays, and sending it asks to sign in.
      if (answer.ok && !answer.redirected) said.textContent = await answer.text();
      else changed = answer.status !== 413;
    } catch {
      changed = true;
    }
  }

  // A form of something new has an address of its own, so that « Back » leads to what it has become.
  const key = form.elements.namedItem("form");
  if (key && !key.value.includes("-")) {
    const address = new URL(location.href);
    address.searchParams.set("saisie", key.value);
    history.replaceState(history.state, "", address);
  }

  form.addEventListener("input", () => {
    changed = true;
    clearTimeout(waiting);
    waiting = setTimeout(keep, 2000);
  });
  form.addEventListener("submit", () => { changed = false; clearTimeout(waiting); });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") keep(); });
}

// The line of a folded part says what its fields hold.
for (const fold of document.querySelectorAll("details.fold")) {
  const inside = fold.querySelector(".inside");
  const held = (field) => {
    if (field.type === "hidden" || field.type === "file") return "";
    if (field.type === "checkbox" || field.type === "radio") return field.checked ? field.labels[0]?.textContent.trim() : "";
    if (field.tagName !== "SELECT") return field.value.trim();
    return field.value && field.value !== field.dataset.usual ? field.selectedOptions[0].text : "";
  };
  fold.addEventListener("input", () => {
    const all = [...inside.querySelectorAll("input, select, textarea")].map(held).filter(Boolean);
    fold.querySelector(".holds").textContent = all.join(" · ") || inside.dataset.nothing;
  });
}

// A place that was used before brings its address, where none was typed.
const place = document.querySelector("#placeName[list]");
place?.addEventListener("change", () => {
  const known = [...place.list.options].find((option) => option.value === place.value);
  const address = ["street", "postalCode", "city"].map((name) => place.form.elements.namedItem(name));
  if (!known || address.some((field) => field.value.trim())) return;
  for (const field of [...address, place.form.elements.namedItem("region")]) {
    if (known.dataset[field.name]) field.value = known.dataset[field.name];
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
});

// Replaces what is selected as typing would, so that it can be undone.
function write(area, text, from, to) {
  area.focus();
  area.setSelectionRange(from, to);
  if (!document.execCommand("insertText", false, text)) {
    area.setRangeText(text, from, to, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

const marks = {
  bold(area) {
    const { selectionStart: from, selectionEnd: to, value } = area;
    write(area, `**${value.slice(from, to)}**`, from, to);
    if (from === to) area.setSelectionRange(from + 2, from + 2);
  },
  heading: (area) => lines(area, (line) => `## ${line.replace(/^#+ */, "")}`),
  list: (area) => lines(area, (line) => `- ${line.replace(/^[-*] +/, "")}`),
  link(area, button) {
    const { selectionStart: from, selectionEnd: to, value } = area;
    const address = prompt(button.dataset.ask, "https://");
    if (address && address !== "https://") write(area, `[${value.slice(from, to) || address}](${address})`, from, to);
  },
};

function lines(area, mark) {
  const { selectionStart: from, selectionEnd: to, value } = area;
  const start = value.lastIndexOf("\n", from - 1) + 1;
  const end = value.indexOf("\n", to) < 0 ? value.length : value.indexOf("\n", to);
  write(area, value.slice(start, end).split("\n").map(mark).join("\n"), start, end);
}

for (const bar of document.querySelectorAll(".formatting[data-for]")) {
  const area = document.getElementById(bar.dataset.for);
  const buttons = [...bar.querySelectorAll("button")];
  bar.hidden = false;
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) marks[button.dataset.mark](area, button);
  });
  // One stop of the Tab key for the whole toolbar (WAI-ARIA Authoring Practices, toolbar).
  buttons.forEach((button, index) => { button.tabIndex = index === 0 ? 0 : -1; });
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const now = buttons.indexOf(document.activeElement);
    if (!step || now < 0) return;
    event.preventDefault();
    const next = buttons[(now + step + buttons.length) % buttons.length];
    buttons.forEach((button) => { button.tabIndex = button === next ? 0 : -1; });
    next.focus();
  });
  area.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "b") {
      event.preventDefault();
      marks.bold(area);
    }
  });
  area.addEventListener("paste", (event) => {
    const html = event.clipboardData?.getData("text/html");
    if (!html) return;
    event.preventDefault();
    write(area, markdownOf(html), area.selectionStart, area.selectionEnd);
  });
}

// What Word or a web page puts on the clipboard, as Markdown: headings, paragraphs, bold, italics, lists and links, nothing else.
function markdownOf(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const left of page.querySelectorAll("script, style, head, title, meta, link, svg, img, o\\:p")) left.remove();
  return textOf(page.body).replace(/[ \t\u00a0]+\n/g, "\n").replace(/\n{3,}/g, "\n\n").trim();
}

function textOf(node, list) {
  return [...node.childNodes].map((child) => {
    if (child.nodeType === Node.TEXT_NODE) return child.data.replace(/\s+/g, " ");
    return child.nodeType === Node.ELEMENT_NODE ? elementOf(child, list) : "";
  }).join("");
}

function elementOf(element, list) {
  const name = element.localName;
  const inside = textOf(element, name === "ul" || name === "ol" ? { ordered: name === "ol", count: 0 } : list);
  const text = inside.trim();
  const heading = /^h([1-6])$/.exec(name);
  const weight = element.style.fontWeight;
  if (heading) return text ? `\n\n${"#".repeat(Math.min(4, Math.max(2, Number(heading[1]))))} ${text}\n\n` : "";
  if (name === "br") return "\n";
  if (name === "li") return text ? `\n${list?.ordered ? `${++list.count}.` : "-"} ${text.replace(/\n+/g, "\n  ")}` : "";
  if (name === "ul" || name === "ol") return `\n${inside}\n\n`;
  if (name === "a") return text && /^(https?:|mailto:)/.test(element.getAttribute("href") ?? "") ? `[${text}](${element.getAttribute("href")})` : inside;
  if (name === "strong" || (name === "b" && weight !== "normal") || (name === "span" && Number(weight) >= 600)) return text ? `**${text}**${/\s$/.test(inside) ? " " : ""}` : inside;
  if (name === "em" || name === "i") return text ? `*${text}*${/\s$/.test(inside) ? " " : ""}` : inside;
  if (/mso-list|MsoListParagraph/.test(`${element.getAttribute("style") ?? ""} ${element.className}`)) return text ? `\n- ${text.replace(/^[·•o§-]\s*/, "")}\n` : "";
  if (["p", "div", "section", "article", "tr", "blockquote", "table", "header", "footer"].includes(name)) return text ? `\n\n${inside}\n\n` : "";
  if (name === "td" || name === "th") return `${text} `;
  return inside;
}
