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

const dialog = document.querySelector('dialog[data-idle-minutes]');
if (dialog) {
  const idle = Number(dialog.dataset.idleMinutes) * minute;
  const parts = (name) => dialog.querySelector(`[data-stay="${name}"]`);
  /** Another page of this browser keeps the same session in use. */
  const elsewhere = new BroadcastChannel('session in use');
  let ends = Date.now() + idle;

  const goOn = () => {
    ends = Date.now() + idle;
    if (dialog.open) dialog.close();
  };
  const show = (ended) => {
    parts('before').hidden = ended;
    parts('ended').hidden = !ended;
    if (!dialog.open) dialog.showModal();
  };
  const look = () => {
    const left = ends - Date.now();
    if (left > warning) return;
    show(left <= 0);
    const words = inWords(Math.max(left, 1));
    // Read out only when it changes.
    if (parts('left').textContent !== words) parts('left').textContent = words;
  };

  parts('stay').addEventListener('click', async () => {
    try {
      const answer = await fetch('/api/me', { headers: { Accept: 'application/json' } });
      if (answer.ok) {
        elsewhere.postMessage('used');
        goOn();
      } else show(true);
    } catch {
      // Without a connection it asks again until the end has come.
    }
  });
  parts('close').addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => {
    // What has ended is said once.
    if (ends <= Date.now()) clearInterval(looking);
  });
  elsewhere.addEventListener('message', goOn);
  elsewhere.postMessage('used');
  const looking = setInterval(look, 1000);
}
