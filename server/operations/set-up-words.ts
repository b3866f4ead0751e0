/** The check list in words, with the page on which each step is taken. */
import { officeSays } from '../../policies/core/office-names.js';
import { holdsOffice } from '../../policies/people/actor.js';
import { numberOf } from '../../policies/core/words/number-of.js';
import type { Lack, SetUpCounts, SetUpKey } from '../../policies/operations/set-up.js';
import type { Ctx } from '../case/ctx.js';
import { paths } from '../web/paths.js';
import type { SetUpRead } from './read-set-up.js';

const titles: Readonly<Record<SetUpKey, string>> = {
  administrator: 'First administrator',
  monitoring_officer: 'Monitoring Officer',
  childrens_services: officeSays.childrens_services,
  democratic_services: officeSays.democratic_services,
  legal: officeSays.legal,
  host: 'Hosts',
  register: 'Register of members',
  members: 'Members',
  protocol: 'Observation protocol',
  mail: 'Mail',
  second_administrator: 'Second administrator',
  deputies: 'Deputies',
  data_protection: officeSays.data_protection,
  auditor: officeSays.auditor,
};

const lackSays: Readonly<Record<Lack, string>> = {
  nobody: 'Nobody holds this office. An administrator adds a person and gives it to them.',
  confirmation:
    'The office waits for a second person: another administrator, or the Monitoring Officer, confirms it.',
  password: 'Nobody has set a password yet. Links to do so have been sent, or an administrator sends one.',
  head: 'The office has no head who can sign in.',
  deputy: 'Some office has no deputy today. An office records its own deputies.',
  second_person: 'With one administrator, the Monitoring Officer alone can confirm offices.',
  register: 'The register is empty. Democratic Services import it.',
  invitation: 'No member can sign in. Democratic Services invite them.',
  protocol: 'No protocol is in force. Democratic Services publish it.',
  mail_unsent: 'No mail has left the service. The person who runs the machine sets SMTP_URL and MAIL_FROM.',
  mail_given_up: 'Some mail was given up. Check the mail server and the address of the sender.',
};

/** How far a step has come that is done. */
const doneSays = (key: SetUpKey, { offices, members, mail }: SetUpCounts): string => {
  if (key === 'register') return `${numberOf(members.inRegister, 'member')} in the register.`;
  if (key === 'members')
    return `${members.signIn} of ${numberOf(members.inRegister, 'member')} can sign in; ${members.invited} invited and not in yet.`;
  if (key === 'protocol') return 'A version is in force.';
  if (key === 'mail') return `${numberOf(mail.sent, 'message')} sent, ${mail.waiting} waiting.`;
  if (key === 'deputies') return 'Each of the three offices has a deputy.';
  const office = offices[key === 'second_administrator' ? 'administrator' : key];
  const signIn = office?.signIn ?? 0;
  return `${signIn === 1 ? '1 person' : `${signIn} people`} can sign in.`;
};

/** The pages that everybody may open who reads the list. */
const places: Partial<Readonly<Record<SetUpKey, string>>> = {
  members: paths.people,
  protocol: paths.protocol,
  deputies: paths.standby,
};

/** The page for a step, where this person may open it. */
const placeOf = ({ ability, actor }: Pick<Ctx, 'ability' | 'actor'>, key: SetUpKey, lacks: Lack | null) => {
  const isKeeper = holdsOffice(actor, 'democratic_services');
  if (key === 'register') return isKeeper ? paths.importCouncillors : null;
  if (key === 'members' && isKeeper) return paths.inviteMembers;
  if (key === 'mail') return ability.can('read', { kind: 'Operations' }) ? paths.operations : null;
  const open = places[key];
  if (open !== undefined) return open;
  if (!ability.can('read', 'OfficeHeld')) return null;
  return lacks === 'confirmation' ? `${paths.people}?show=waiting` : paths.people;
};

/** The check list, for those who set the council up. */
export const presentSetUp = (
  reader: Pick<Ctx, 'ability' | 'actor'>,
  { missing, steps, counts }: SetUpRead,
) => ({
  missing,
  steps: steps.map(({ key, needed, lacks }) => ({
    key,
    title: titles[key],
    needed,
    done: lacks === null,
    says: lacks === null ? doneSays(key, counts) : lackSays[lacks],
    page: placeOf(reader, key, lacks),
  })),
});
