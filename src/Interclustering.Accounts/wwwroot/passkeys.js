// Passkeys, where the browser has them: without, the buttons stay hidden and the password does.
if (window.PublicKeyCredential?.parseCreationOptionsFromJSON) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      const credential = form.querySelector("[data-credential]");
      if (credential.value) return;
      event.preventDefault();
      const said = form.querySelector("[role=status]");
      try {
        const token = new URLSearchParams(new FormData(form));
        const answer = await fetch(form.dataset.options, { method: "POST", body: token });
        if (answer.status === 403 && form.dataset.confirm) {
          location.assign(form.dataset.confirm);
          return;
        }
        if (!answer.ok) throw new Error(String(answer.status));
        const options = await answer.json();
        const given = form.dataset.passkey === "create"
          ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
          : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
        credential.value = JSON.stringify(given);
        form.requestSubmit();
      } catch {
        // The browser's own question was closed, or there is no passkey here.
        said.textContent = said.dataset.failed;
      }
    });
  }
}
