// Passkeys: the browser's own dialogue between our page and the person's device.
//
// A form with data-passkey ("sign-in", "use", "create") takes its options from the JSON element named by
// data-options, or from the address in data-options-url, and posts what the device answers as "credential".
(() => {
  "use strict";

  const forms = document.querySelectorAll("form[data-passkey]");
  if (!window.PublicKeyCredential || !navigator.credentials) {
    for (const note of document.querySelectorAll("[data-passkey-missing]")) note.hidden = false;
    return;
  }

  const toBytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));

  function toText(buffer) {
    if (!buffer) return null;
    const signs = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
    return btoa(signs).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  const withBytes = (descriptors) => (descriptors || []).map((one) => ({ ...one, id: toBytes(one.id) }));

  function toCreate(publicKey) {
    return {
      ...publicKey,
      challenge: toBytes(publicKey.challenge),
      user: { ...publicKey.user, id: toBytes(publicKey.user.id) },
      excludeCredentials: withBytes(publicKey.excludeCredentials),
      authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
    };
  }

  const toUse = (publicKey) => ({
    ...publicKey,
    challenge: toBytes(publicKey.challenge),
    allowCredentials: withBytes(publicKey.allowCredentials),
  });

  function toJSON(credential) {
    const { response } = credential;
    const answer = { clientDataJSON: toText(response.clientDataJSON) };
    if (response.attestationObject) {
      answer.attestationObject = toText(response.attestationObject);
      answer.transports = response.getTransports ? response.getTransports() : [];
    } else {
      answer.authenticatorData = toText(response.authenticatorData);
      answer.signature = toText(response.signature);
      answer.userHandle = toText(response.userHandle);
    }
    return JSON.stringify({
      type: credential.type,
      id: credential.id,
      rawId: toText(credential.rawId),
      authenticatorAttachment: credential.authenticatorAttachment,
      response: answer,
      clientExtensionResults: credential.getClientExtensionResults(),
    });
  }

  async function optionsOf(form) {
    if (form.dataset.options) return JSON.parse(document.getElementById(form.dataset.options).textContent);
    const answer = await fetch(form.dataset.optionsUrl, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new TypeError(`status ${answer.status}`);
    return answer.json();
  }

  async function ask(form, more) {
    const options = await optionsOf(form);
    if (form.dataset.passkey === "create") {
      return navigator.credentials.create({ publicKey: toCreate(options.creation_options.publicKey) });
    }
    return navigator.credentials.get({ publicKey: toUse(options.request_options.publicKey), ...more });
  }

  function send(form, credential) {
    form.elements.credential.value = toJSON(credential);
    form.submit();
  }

  function tell(form, error) {
    const problem = form.querySelector("[data-stopped]");
    problem.textContent = error instanceof TypeError ? problem.dataset.failed : problem.dataset.stopped;
    problem.hidden = false;
  }

  let waiting = null;

  // The browser offers passkeys where the address is typed.
  async function offer(form) {
    const ready = PublicKeyCredential.isConditionalMediationAvailable;
    if (!ready || !(await ready.call(PublicKeyCredential))) return;
    waiting = new AbortController();
    try {
      send(form, await ask(form, { mediation: "conditional", signal: waiting.signal }));
    } catch {
      waiting = null;
    }
  }

  for (const form of forms) {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (waiting) waiting.abort();
      form.querySelector("[data-stopped]").hidden = true;
      try {
        send(form, await ask(form));
      } catch (error) {
        tell(form, error);
      }
    });
    if (form.dataset.passkey === "sign-in") offer(form);
  }
})();
