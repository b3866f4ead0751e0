/** Each command is met in one way: its page, its form and its route are those that it is offered with. */
import { describe, expect, test } from '@jest/globals';
import { everyCommand } from '../../../policies/permission/every-command.js';
import type { Command } from '../../../policies/command/command.js';
import * as decision from '../../../server/decision/commands.js';
import * as account from '../../../server/account/commands.js';
import * as address from '../../../server/address/commands.js';
import * as grant from '../../../server/grant/commands.js';
import * as incident from '../../../server/incident/commands.js';
import * as auditRequirement from '../../../server/audit-requirement/commands.js';
import * as conflict from '../../../server/conflict/commands.js';
import * as finding from '../../../server/finding/commands.js';
import * as leaflet from '../../../server/leaflet/commands.js';
import * as correction from '../../../server/correction/commands.js';
import * as redaction from '../../../server/redaction/commands.js';
import * as legalHold from '../../../server/legal-hold/commands.js';
import * as needToKnow from '../../../server/need-to-know/commands.js';
import * as office from '../../../server/office/commands.js';
import * as proof from '../../../server/proof/commands.js';
import * as papers from '../../../server/papers/commands.js';
import * as people from '../../../server/people/commands.js';
import * as programme from '../../../server/programme/commands.js';
import * as protocol from '../../../server/protocol/commands.js';
import * as question from '../../../server/question/commands.js';
import * as register from '../../../server/register/commands.js';
import * as request from '../../../server/request/commands.js';
import * as retention from '../../../server/retention/commands.js';
import * as review from '../../../server/review/commands.js';
import * as settings from '../../../server/settings/commands.js';
import * as subjectAccess from '../../../server/subject-access/commands.js';
import * as standby from '../../../server/standby/commands.js';
import * as token from '../../../server/token/commands.js';
import * as visit from '../../../server/visit/commands.js';
import { pages } from '../../../server/pages.js';
import { routes } from '../../../server/routes.js';

interface Met {
  readonly command: Command;
  readonly page: { readonly path: string; readonly params: unknown };
  readonly body: unknown;
  readonly api: { readonly method: string; readonly path: string; readonly body: unknown };
}

const everything: readonly object[] = [
  account,
  address,
  auditRequirement,
  office,
  proof,
  people,
  conflict,
  decision,
  grant,
  finding,
  incident,
  leaflet,
  legalHold,
  correction,
  redaction,
  needToKnow,
  papers,
  programme,
  protocol,
  question,
  register,
  request,
  retention,
  review,
  settings,
  standby,
  subjectAccess,
  token,
  visit,
];

const isCommand = (value: unknown): value is { readonly command: Command } =>
  typeof value === 'object' && value !== null && 'command' in value;
const isMet = (value: unknown): value is Met => isCommand(value) && 'api' in value;

const exported = everything.flatMap((module) => Object.entries(module) as [string, unknown][]);
const met = exported.filter((each): each is [string, Met] => isMet(each[1]));

/** Forms that send something else than the API takes, each with its reason. */
const otherForms: Readonly<Record<string, string>> = {
  confirmRequirementHere: 'a form always has a body, though an empty one',
  cancelHere: 'a form always has a body, though an empty one',
  confirmCorrectionHere: 'a form always has a body, though an empty one',
  withdrawCorrectionHere: 'a form always has a body, though an empty one',
  confirmRedactionHere: 'the form asks besides whether it is understood',
  confirmDisposalHere: 'the form asks besides whether it is understood',
  discussHere: 'speaking and recording a meeting are two forms',
  goneHere: 'the form asks for the day that the API takes to be today',
  moveHere: 'the form has the plan as a whole: what was emptied does not stay',
  publishLeafletHere: 'the form asks for a day, and the API for an instant',
  publishHere: 'the form asks for a day, and the API for an instant',
  withdrawDisposalHere: 'a form always has a body, though an empty one',
  inviteHere: 'a form always has a body, though an empty one',
  signOutPersonHere: 'a form always has a body, though an empty one',
  withdrawCodesRemovalHere: 'a form always has a body, though an empty one',
  confirmCodesRemovalHere: 'a form always has a body, though an empty one',
  withdrawAddressChangeHere: 'a form always has a body, though an empty one',
  confirmAddressChangeHere: 'a form always has a body, though an empty one',
  revokeTokenHere: 'a form always has a body, though an empty one',
  confirmOfficeHere: 'a form always has a body, though an empty one',
};

/** Commands that no line offers, each with its reason. */
const otherwiseMet: Readonly<Record<string, string>> = {
  'Account create_account': 'it is given at the machine itself, by npm run cli',
  'CodeKey begin_codes': 'people give it for themselves, on the page of their codes',
  'CodeKey confirm_codes': 'the same',
  'CodeKey make_recovery_codes': 'the same',
  'Passkeys add_passkey': 'people give it for themselves, on the page of their passkeys',
  'Passkeys remove_passkey': 'the same',
  'Passkeys use_passkey': 'people give it for themselves, on the page that asks for a proof',
  'Operations send_again': 'each message has its button on the page of the jobs and mail',
  'Visit check': 'each of the three checks has its own answer, and its own line',
};

describe('a command as people meet it', () => {
  test('is most of them', () => {
    expect(met.length).toBeGreaterThan(35);
  });

  test.each(met)('%s: the route of the API is the one that it names, with its body', (_name, { api }) => {
    const route = routes.find(({ method, path }) => method === api.method && path === api.path);
    expect(route).toBeDefined();
    expect(route?.body).toBe(api.body);
  });

  test.each(met)('%s: its page is at its address, and its form takes the body of the API', (name, each) => {
    const page = pages.find(({ path }) => path === each.page.path);
    expect(page?.params).toBe(each.page.params);
    expect(page?.form).toBeDefined();
    if (!(name in otherForms)) expect(page?.form?.body).toBe(each.body);
    else expect(page?.form?.body).not.toBe(each.body);
  });

  test('is there for each command', () => {
    const known = exported.flatMap(([, value]) => (isCommand(value) ? [value.command] : []));
    const missing = everyCommand.filter(
      ({ name, on }) => !known.some((each) => each.name === name && each.on === on),
    );
    expect(missing.map(({ name, on }) => `${on} ${name}`).toSorted()).toEqual(
      Object.keys(otherwiseMet).toSorted(),
    );
  });
});
