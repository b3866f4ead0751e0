/** From an empty database to the first decision, by commands, calls and mail alone. */
import { addDays, addMonths, londonDate } from '../../policies/core/time/london.js';
import { observationType } from '../../policies/core/observation-types.js';
import type { FeedMember } from '../../policies/register/register-feed.js';
import { officeSays } from '../../policies/core/office-names.js';
import {
  answerAll,
  approve,
  signTogether,
  submit,
  windowOf,
  type Asked,
  type Offices,
} from '../../server/demo-line/walk.js';
import { StepFailed, type Person, type Service } from '../../server/demo-line/client.js';
import { feedXml } from '../support/register-feed.js';
import { mailTo } from './mailbox.js';
import type { Machine } from './machine.js';
import {
  comesIn,
  comesInByMail,
  host,
  lineManager,
  officers,
  somebody,
  type Somebody,
  type Step,
} from './people.js';

const today = londonDate(new Date());
const administrator = somebody('Ash Fiction');
const monitoringOfficer = somebody('Heath Fiction');

/** Three members in two wards; the first of them asks. */
const asking = { name: 'Councillor Glen Fiction', email: 'glen.fiction@borough.example' };
const register: readonly FeedMember[] = [
  asking,
  { name: 'Councillor Ivy Fiction', email: 'ivy.fiction@borough.example' },
  { name: 'Councillor Jay Fiction', email: null },
].map(({ name, email }, index) => ({
  externalId: String(9001 + index),
  name,
  email,
  ward: `Fictional Ward ${(index % 2) + 1}`,
  posts: [],
  term: { from: addDays(today, -200), to: addMonths(today, 40) },
}));

/** Makes the account of a first keeper at the machine. */
const firstAccount = (machine: Machine, step: string, who: Somebody, office: string): Promise<string> =>
  machine.command(step, 'create-account', '--name', who.name, '--email', who.email, '--office', office);

interface PersonAnswer {
  readonly id: string;
  readonly name: string;
  readonly offices: readonly { readonly id: string; readonly state: string }[];
}

/** Who gives offices, and who confirms them: nobody, where a lone administrator is to be shown. */
interface Keepers {
  readonly by: Person;
  readonly confirming: Person | null;
}

/** Adds an officer with their office and sends them a link; a second person confirms the office. */
const appointed = async (
  { by, confirming }: Keepers,
  step: string,
  who: Somebody,
  office: string,
): Promise<void> => {
  const { id } = await by.call<PersonAnswer>(step, 'POST', '/api/people', { ...who });
  const given = { office, capacity: 'principal', head: office !== 'host', from: today };
  const { offices } = await by.call<PersonAnswer>(step, 'POST', `/api/people/${id}/offices`, given);
  await by.call(step, 'POST', `/api/people/${id}/invite`);
  for (const holding of offices) {
    await confirming?.call(step, 'POST', `/api/people/${id}/offices/${holding.id}/confirm`);
  }
};

/** The entry of a member in the register, and their account. */
const entryOf = async (by: Person, step: string, { name }: Somebody): Promise<{ readonly id: string }> => {
  type List = { readonly items: readonly { readonly id: string; readonly name: string }[] };
  const { items } = await by.call<List>(step, 'GET', '/api/councillors?limit=25');
  const found = items.find((each) => each.name === name);
  if (!found) throw new StepFailed(step, `${name} is not in the register.`);
  return found;
};

/** What the register says of a member before they ask: the committee, and what they were trained in. */
const recordDuties = async (by: Person, step: string, councillor: string): Promise<void> => {
  const committee = { title: 'Children and Families Scrutiny Committee', kind: 'relevant_committee' };
  const at = `/api/councillors/${councillor}`;
  await by.call(step, 'POST', `${at}/appointments`, { ...committee, from: addDays(today, -100) });
  for (const kind of ['safeguarding', 'data_protection', 'dbs']) {
    const days = { completed: addDays(today, -30), expires: addMonths(today, 30) };
    await by.call(step, 'POST', `${at}/training`, { kind, ...days });
  }
};

/** The members come into the register and in: the one who asks, signed in. */
const withMembers = async (machine: Machine, service: Service, by: Person, step: Step): Promise<Person> => {
  await step('Democratic Services import the register from a ModernGov file', async (at) => {
    const file = { mediaType: 'application/xml', text: feedXml(register) };
    await by.call(at, 'POST', '/api/councillors/import?dryRun=true', { file });
    await by.call(at, 'POST', '/api/councillors/import', { file });
  });
  await step('Democratic Services record the committee and the training of a member', async (at) =>
    recordDuties(by, at, (await entryOf(by, at, asking)).id),
  );
  await step('Democratic Services invite all members who have an address', async (at) => {
    const { invited } = await by.call<{ invited: number }>(at, 'POST', '/api/councillors/invite', {});
    if (invited !== 2) throw new StepFailed(at, `${invited} were invited.`);
  });
  await step('Democratic Services publish the observation protocol', (at) =>
    by.call(at, 'POST', '/api/protocol', {
      text: 'What is heard stays in the room. An observer takes no notes and approaches no family.',
    }),
  );
  return step('A member sets a password, signs in and accepts the protocol', async (at) => {
    const member = await comesInByMail(machine, service, at, asking);
    await member.call(at, 'POST', '/api/protocol/acceptance', { version: 1 });
    return member;
  });
};

/** The officers, each with an office that a second person confirmed, signed in. */
const withOfficers = async (
  machine: Machine,
  service: Service,
  keepers: Keepers,
  step: Step,
): Promise<Offices> => {
  const people = new Map<string, Person>();
  for (const [office, who] of officers) {
    const called = `${who.name}, ${officeSays[office]}`;
    await step(
      `${called}: the administrator gives the office, ${keepers.confirming ? 'the Monitoring Officer confirms it' : 'and nobody confirms it'}`,
      (at) => appointed(keepers, at, who, office),
    );
    const person = await step(`${called}: sets a password through the link in the mail, and signs in`, (at) =>
      comesInByMail(machine, service, at, who),
    );
    people.set(office, person);
  }
  const of = (office: string): Person => {
    const found = people.get(office);
    if (!found) throw new Error(`Nobody holds ${office}.`);
    return found;
  };
  return {
    childrens_services: of('childrens_services'),
    democratic_services: of('democratic_services'),
    legal: of('legal'),
  };
};

/** The request of the member, from the draft to the decision; the reference of it. */
const decided = async (offices: Offices, member: Person, step: Step): Promise<string> => {
  const type = 'initial_child_protection_conference';
  const asked: Asked = { type, label: observationType(type).label, window: windowOf(today, 0) };
  const request = await step('The member writes a request and submits it', () => submit(member, asked));
  await step('Children’s Services name the host and the line manager', (at) =>
    offices.childrens_services.call(at, 'PUT', `/api/requests/${request.reference}/host`, {
      version: request.version,
      host: host.email,
      manager: lineManager.email,
    }),
  );
  await step('The three offices answer the fourteen questions of the test', () =>
    answerAll(offices, asked, request),
  );
  await step('They discuss it; Children’s Services and Democratic Services sign', () =>
    signTogether(offices, asked, request),
  );
  await step('Legal approves', () => approve(offices.legal, asked, request));
  return request.reference;
};

/** The check list of the administrator: how many steps are missing. */
const missing = async (by: Person, step: string): Promise<number> =>
  (await by.call<{ missing: number }>(step, 'GET', '/api/set-up')).missing;

/** Takes the council from nothing to its first decision. @throws StepFailed naming the step */
export const toFirstDecision = async (
  machine: Machine,
  step: Step,
  { confirms }: { readonly confirms: boolean },
): Promise<void> => {
  const printed = {
    administrator: await step('create-account makes the first administrator, on an empty database', (at) =>
      firstAccount(machine, at, administrator, 'administrator'),
    ),
    officer: await step('create-account makes the first Monitoring Officer', (at) =>
      firstAccount(machine, at, monitoringOfficer, 'monitoring_officer'),
    ),
  };
  const service = await step('The service starts in production, behind a proxy', machine.start);
  const by = await step('The administrator sets a password through the printed link, and signs in', (at) =>
    comesIn(service, at, administrator, printed.administrator),
  );
  const second = await step('The Monitoring Officer does the same', (at) =>
    comesIn(service, at, monitoringOfficer, printed.officer),
  );
  const keepers = { by, confirming: confirms ? second : null };
  const offices = await withOfficers(machine, service, keepers, step);
  const member = await withMembers(machine, service, offices.democratic_services, step);
  await step('The administrator’s check list lacks nothing before the first request', async (at) => {
    const left = await missing(by, at);
    if (left > 0) throw new StepFailed(at, `${left} steps are missing.`);
  });
  const reference = await decided(offices, member, step);
  await step('The member, who is told by mail, reads the decision', async (at) => {
    await mailTo(machine.mail, at, asking.email, 'a decision has been made');
    const { status } = await member.call<{ status: string }>(at, 'GET', `/api/requests/${reference}`);
    if (status !== 'approved') throw new StepFailed(at, `it is ${status}.`);
  });
  await step('The whole trail is checked', (at) => machine.command(at, 'verify', '--database'));
};
