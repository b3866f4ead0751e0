/**
 * Asks before a session ends without use, so that nobody is signed out while they write (WCAG 2.2.1). Without scripts the
 * page says how long a session lasts, and what is sent too late is kept.
 */
const minute = 60_000;
/** How long before the end it asks. */
const warning = 2 * minute;

const counted = (number, unit) => `${number} ${unit}${number === 1 ? '' : 's'}`;

/** In minutes, and at the end in steps of twenty seconds: who listens is not told each second. */
const inWords = (left) => {
  const steps = Math.ceil(left / 20_000);
  return steps > 2 ? counted(Math.ceil(left / minute), 'minute') : counted(steps * 20, 'second');
};

/** @param {HTMLDialogElement} dialog `stay.njk`, which says for how many minutes a session lasts without use */
export const askBeforeTheEnd = (dialog) => {
  const idle = Number(dialog.dataset.idleMinutes) * minute;
  const parts = (name) => dialog.querySelector(`[data-stay="${name}"]`);
  /** Another page of this browser keeps the same session in use. */
  const elsewhere = new BroadcastChannel('session in use');
  /** A channel has this origin alone, and so no target to be named. */
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  const used = () => elsewhere.postMessage('used');
  let ends;
  let looking;

  const show = (title) => {
    for (const part of ['before', 'ended']) parts(part).hidden = part !== title;
    dialog.setAttribute('aria-labelledby', `stay-${title}`);
    if (!dialog.open) dialog.showModal();
  };
  /** Said once. */
  const end = () => {
    clearInterval(looking);
    show('ended');
    parts('close').focus();
  };
  const look = () => {
    const left = ends - Date.now();
    if (left > warning) return;
    if (left <= 0) {
      end();
      return;
    }
    show('before');
    const words = inWords(left);
    // Read out only when it changes.
    if (parts('left').textContent !== words) parts('left').textContent = words;
  };
  const goOn = () => {
    // The service notes once a minute that a session is in use.
    ends = Date.now() + idle - minute;
    if (dialog.open) dialog.close();
    clearInterval(looking);
    looking = setInterval(look, 1000);
  };

  const stay = async () => {
    try {
      const answer = await fetch('/api/me', { headers: { Accept: 'application/json' } });
      if (answer.status === 401) end();
      if (!answer.ok) return;
      used();
      goOn();
    } catch {
      // Without a connection it asks again until the end has come.
    }
  };
  parts('stay').addEventListener('click', () => void stay());
  parts('close').addEventListener('click', () => dialog.close());
  // Whoever presses Escape is there.
  dialog.addEventListener('cancel', (event) => {
    if (parts('before').hidden) return;
    event.preventDefault();
    void stay();
  });
  elsewhere.addEventListener('message', goOn);
  used();
  goOn();
};
