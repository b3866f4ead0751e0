/**
 * Asks the browser for a passkey before a form is sent, and sends its answer with the form. A form for passkeys is hidden
 * until here: it does nothing without scripts, or in a browser that knows no passkeys.
 */
const bytesOf = (text) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));

const textOf = (buffer) =>
  btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

const named = (credentials) => credentials.map((each) => ({ ...each, id: bytesOf(each.id) }));

const made = (options) =>
  navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytesOf(options.challenge),
      user: { ...options.user, id: bytesOf(options.user.id) },
      excludeCredentials: named(options.excludeCredentials),
    },
  });

const used = (options) =>
  navigator.credentials.get({
    publicKey: {
      ...options,
      challenge: bytesOf(options.challenge),
      allowCredentials: named(options.allowCredentials),
    },
  });

/** What the service reads of an answer. */
const written = ({ rawId, type, response }) => {
  const said = { clientDataJSON: textOf(response.clientDataJSON) };
  if (response.attestationObject) {
    said.attestationObject = textOf(response.attestationObject);
    said.transports = response.getTransports?.() ?? [];
  } else {
    said.authenticatorData = textOf(response.authenticatorData);
    said.signature = textOf(response.signature);
    if (response.userHandle?.byteLength) said.userHandle = textOf(response.userHandle);
  }
  const id = textOf(rawId);
  return JSON.stringify({ id, rawId: id, type, clientExtensionResults: {}, response: said });
};

const words = {
  InvalidStateError: 'This device has a passkey for your account already.',
  NotAllowedError:
    'No passkey was used: you cancelled it, it took too long, or this device has none for this service.',
  SecurityError: 'Passkeys do not work at this address of the service.',
};

const answerOf = async (form) => {
  const asked = await fetch(form.dataset.options, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '{}',
  });
  const said = await asked.json();
  if (!asked.ok) throw new Error(said.detail);
  return written(await (form.dataset.passkey === 'create' ? made(said) : used(said)));
};

/** Whether this browser knows passkeys, at an address at which they work. */
export const knowsPasskeys = () => Boolean(globalThis.PublicKeyCredential && navigator.credentials);

export const askForPasskey = (form) => {
  const problem = form.querySelector('[role="alert"]');
  const name = form.querySelector('input[name="name"]');
  const say = (text) => {
    problem.textContent = text;
    problem.hidden = false;
  };
  form.hidden = false;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    problem.hidden = true;
    if (name && name.value.trim() === '') {
      say(name.dataset.missing);
      name.focus();
      return;
    }
    answerOf(form).then(
      (answer) => {
        form.elements.namedItem('response').value = answer;
        form.submit();
      },
      (error) => say(words[error.name] ?? error.message),
    );
  });
};
