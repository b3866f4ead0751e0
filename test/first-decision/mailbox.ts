import { setTimeout as after } from 'node:timers/promises';
import { StepFailed } from '../../server/demo-line/client.js';
import { decoded, type MailServer } from '../support/smtp.js';

const withinMs = 30_000;

/** The text of the first message to an address that says this, once it is there. @throws StepFailed after a time */
export const mailTo = async (
  { received }: MailServer,
  step: string,
  email: string,
  says: string,
): Promise<string> => {
  for (const until = Date.now() + withinMs; Date.now() < until; await after(20)) {
    const found = received.filter(({ to }) => to === email).map(decoded);
    const text = found.find((each) => each.includes(says));
    if (text !== undefined) return text;
  }
  throw new StepFailed(step, `no mail to ${email} that says “${says}” came within ${withinMs / 1000} s.`);
};
