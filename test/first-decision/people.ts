/** Who takes part: plainly nobody, and how each of them comes in. */
import type { Office } from '../../policies/core/office.js';
import { needsCodes } from '../../policies/proof/needed.js';
import { visitorAt, type Person, type Service } from '../../server/demo-line/client.js';
import { codeAt } from '../support/code-at.js';
import { mailTo } from './mailbox.js';
import { tokenIn, type Machine } from './machine.js';

/** What each step of the council is written down by. */
export type Step = <Done>(says: string, work: (step: string) => Promise<Done>) => Promise<Done>;

export interface Somebody {
  readonly name: string;
  readonly email: string;
}

export const somebody = (name: string): Somebody => ({
  name,
  email: `${name.toLowerCase().replaceAll(/[^a-z]+/g, '.')}@borough.example`,
});

/** The host of the first visit, and who they answer to. */
export const host = somebody('Ferry Legend');
export const lineManager = somebody('Gale Parable');

/** The offices that an administrator gives before the first request, and to whom. */
export const officers = [
  ['childrens_services', somebody('Brook Fable')],
  ['democratic_services', somebody('Cliff Story')],
  ['legal', somebody('Dell Saga')],
  ['data_protection', somebody('Eddy Myth')],
  ['host', host],
  ['host', lineManager],
] as const satisfies readonly (readonly [Office, Somebody])[];

const passphrase = 'kettle moss lantern ninth';

/**
 * Sets a password through a link, signs in, and sets an app for codes up where an office needs one.
 * @param text what holds the link: what a command printed, or a mail
 */
export const comesIn = async (
  service: Service,
  step: string,
  who: Somebody,
  text: string,
): Promise<Person> => {
  const token = tokenIn(step, text);
  const visitor = visitorAt(service);
  await visitor.call(step, 'POST', '/api/password', { token, password: passphrase });
  const person = await visitor.signIn(step, { email: who.email, password: passphrase });
  const { offices } = await person.call<{ offices: readonly { office: Office }[] }>(step, 'GET', '/api/me');
  if (needsCodes(offices)) await setsUpCodes(person, step);
  return person;
};

/** Sets an app for codes up, as every officer has to before anything else. */
const setsUpCodes = async (person: Person, step: string): Promise<void> => {
  const { key } = await person.call<{ key: string }>(step, 'POST', '/api/me/codes', {});
  const code = codeAt(key, new Date());
  await person.call(step, 'POST', '/api/me/codes/confirm', { code });
};

/** The same, with the link in the mail to them. */
export const comesInByMail = async (
  { mail }: Machine,
  service: Service,
  step: string,
  who: Somebody,
): Promise<Person> => comesIn(service, step, who, await mailTo(mail, step, who.email, '/set-password/'));
