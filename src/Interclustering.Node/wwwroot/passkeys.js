// Passkeys, where the browser has them: without, the buttons stay hidden and the password does.
if (window.PublicKeyCredential?.parseCreationOptionsFromJSON) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      if (form.elements.credential.value) return;
      event.preventDefault();
      const said = form.querySelector("[role=status]");
      try {
        const token = new URLSearchParams(new FormData(form));
        const answer = await fetch(form.dataset.options, { method: "POST", body: token });
        if (!answer.ok) throw new Error(String(answer.status));
        const options = await answer.json();
        const credential = form.dataset.passkey === "create"
          ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
          : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
        form.elements.credential.value = JSON.stringify(credential);
        form.requestSubmit();
      } catch {
        // Whoever closes the browser's own question, or has no passkey here, stays where she is.
        said.textContent = said.dataset.failed;
      }
    });
  }
}
