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
  /** The end that no use puts off; none where the page does not know it. */
  const last = dialog.dataset.secondsLeft
    ? Date.now() + Number(dialog.dataset.secondsLeft) * 1000
    : Number.POSITIVE_INFINITY;
  let ends;
  let looking;
  /** Whether the last end was announced: that is done once. */
  let announced = false;

  const show = (title) => {
    for (const part of ['before', 'last', 'ended']) parts(part).hidden = part !== title;
    dialog.setAttribute('aria-labelledby', `stay-${title}`);
    if (!dialog.open) dialog.showModal();
  };
  /** Said once. */
  const end = () => {
    clearInterval(looking);
    show('ended');
    parts('close').focus();
  };
  /** Read out only when it changes. */
  const say = (part, words) => {
    if (parts(part).textContent !== words) parts(part).textContent = words;
  };
  const look = () => {
    const left = Math.min(ends, last) - Date.now();
    if (left > warning) return;
    if (left <= 0) {
      end();
      return;
    }
    if (ends < last) {
      show('before');
      say('left', inWords(left));
      return;
    }
    if (!announced) show('last');
    announced = true;
    say('last-left', inWords(left));
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
  for (const part of ['close', 'go-on']) parts(part).addEventListener('click', () => dialog.close());
  // A person who presses Escape is there.
  dialog.addEventListener('cancel', (event) => {
    if (parts('before').hidden) return;
    event.preventDefault();
    void stay();
  });
  elsewhere.addEventListener('message', goOn);
  used();
  goOn();
};
