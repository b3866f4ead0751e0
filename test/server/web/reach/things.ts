import { currentEdition } from '../../../../db/audit/edition.js';
import { decidingOffices } from '../../../../policies/core/office.js';
import { londonDate } from '../../../../policies/core/time/london.js';
import { requestStatuses, type RequestStatus } from '../../../../policies/request/request.js';
import { nobodysId } from '../../../support/bodies.js';
import type { Council } from '../../../support/council.js';
import { foundRow } from '../../../support/found-row.js';
import { expectOk, type Line } from '../../../support/line.js';
import { behindTheApi, lineAt } from '../../../support/people.js';
import { placesOf } from '../../../support/places.js';

/** A request in each status, all of the chair’s. */
const inEachStatus = async (council: Council): Promise<ReadonlyMap<RequestStatus, string>> => {
  const [chair, legal] = [await council.as('scrutiny.chair'), await council.as('legal')];
  const ready = await lineAt(council, 'ready');
  const [approved, refused] = [await lineAt(council, 'ready'), await lineAt(council, 'ready')];
  const [returned, withdrawn] = [await lineAt(council, 'submitted'), await lineAt(council, 'submitted')];
  const overtaken = await lineAt(council, 'submitted');
  expectOk(await approved.decide('approve'));
  expectOk(await refused.decide('refuse'));
  expectOk(await legal.post(`${returned.path}/return`, { version: 1, questions: 'Which duty is it?' }));
  expectOk(await chair.post(`${withdrawn.path}/withdraw`, { version: 1 }));
  const lines: Readonly<Record<RequestStatus, Line>> = {
    draft: await lineAt(council, 'draft'),
    submitted: ready,
    returned,
    approved,
    refused,
    withdrawn,
    time_passed: overtaken,
  };
  await behindTheApi(council.world.db, (trx) =>
    trx('requests')
      .where({ reference: overtaken.reference })
      .update({ status: 'time_passed', due_on: null, time_passed_at: new Date('2099-01-01') }),
  );
  return new Map(requestStatuses.map((status) => [status, lines[status].reference]));
};

/** A meeting of all offices that Legal have recorded. */
const meetingAbout = async (council: Council, reference: string): Promise<string> => {
  const path = `/api/requests/${reference}/discussion`;
  const legal = await council.as('legal');
  const meeting = { date: londonDate(council.clock), present: [...decidingOffices], note: 'We met.' };
  expectOk(await legal.post(path, { version: 1, meeting }));
  return (await legal.get(path)).body.items.at(-1).id as string;
};

/** What the addresses of routes and pages are about: the first that fits the address says what to put in its braces. */
type Named = readonly (readonly [RegExp, Readonly<Record<string, string>>])[];

/** One of each thing that is read or changed, and of requests one in each status. */
export interface Things {
  /** The address of a route or a page about these things, its query included. */
  address(path: string, status: RequestStatus | null): string;
}

/** Where an address is of no use without its query. */
const queries: Readonly<Record<string, string>> = {
  '/api/audit/consistency': '?from=1&to=2',
  '/api/audit/bundle': '?from=0&to=1',
};

export const thingsOf = async (council: Council): Promise<Things> => {
  const places = (await placesOf(council)).flatMap(([, all]) => all);
  const idsAt = (at: RegExp): string[] => {
    const found = places.flatMap((place) => at.exec(place) ?? []);
    if (found.length === 0) throw new Error(`No place is like ${at.source}.`);
    return found.slice(1);
  };
  const idAt = (at: RegExp): string => idsAt(at)[0] ?? '';
  const requests = await inEachStatus(council);
  const entry = await meetingAbout(council, requests.get('submitted') ?? '');
  const [id = '', condition = ''] = idsAt(/^\/grants\/([^/]+)\/conditions\/([^/]+)$/);
  const [member = '', appointment = ''] = idsAt(/^\/councillors\/([^/]+)\/appointments\/([^/]+)\/end$/);
  const [access = '', passage = ''] = idsAt(/^\/retention\/access\/([^/]+)\/passages\/([^/]+)$/);
  const [person = '', holding = ''] = idsAt(/^\/people\/([^/]+)\/offices\/([^/]+)\/confirm$/);
  const message = await foundRow(council.world.db('messages').whereNotNull('failed_at').first('id'));
  await council.place();
  const named: Named = [
    [/grants/, { id, condition }],
    [/visits\/.id.?\/(?:confirm|questions|ask)$/, { id: idAt(/^\/visits\/([^/]+)\/confirm$/) }],
    [/visits\/.id.?\/attendance$/, { id: idAt(/^\/visits\/([^/]+)\/attendance$/) }],
    [/visits/, { id: idAt(/^\/visits\/([^/]+)\/change$/), question: 'connection' }],
    [/questions/, { id: idAt(/^\/questions\/([^/]+)\/respond$/) }],
    [/incidents/, { id: idAt(/^\/incidents\/([^/]+)\/close$/) }],
    [/holds/, { id: idAt(/^\/retention\/holds\/([^/]+)\/lift$/) }],
    [/corrections/, { id: idAt(/^\/corrections\/([^/]+)\/confirm$/) }],
    [/redactions/, { id: idAt(/^\/retention\/redactions\/([^/]+)\/confirm$/) }],
    [/audit-requirements/, { id: idAt(/^\/audit-requirements\/([^/]+)\/end$/) }],
    [/conflicts/, { id: idAt(/^\/conflicts\/([^/]+)\/settle$/) }],
    [/disposals/, { id: idAt(/^\/retention\/disposals\/([^/]+)\/confirm$/) }],
    [/access.*file$/, { id: idAt(/^\/retention\/access\/([^/]+)\/file$/) }],
    [/access/, { id: access, passage, kind: 'requests' }],
    [/councillors/, { id: member, appointment }],
    [/programmes/, { id: idAt(/^\/programmes\/([^/]+)$/) }],
    [/people\/.id.?\/codes/, { id: idAt(/^\/people\/([^/]+)\/codes\/removal\/confirm$/) }],
    [/people\/.id.?\/restore/, { id: idAt(/^\/people\/([^/]+)\/restore$/) }],
    [/people/, { id: person, holding }],
    [/tokens/, { id: idAt(/^\/tokens\/([^/]+)\/revoke$/) }],
    [/messages/, { id: message.id }],
    [/sessions|passkeys/, { id: nobodysId }],
    [/requests/, { office: 'democratic_services', question: 'necessity', entry }],
    [
      /./,
      {
        index: '3',
        edition: currentEdition.code,
        file: 'swagger-ui.css',
        leaflet: 'families',
        type: 'core_group',
        key: nobodysId,
      },
    ],
  ];
  return {
    address: (path, status) => {
      const values: Readonly<Record<string, string>> = {
        ...named.find(([at]) => at.test(path))?.[1],
        reference: requests.get(status ?? 'submitted') ?? '',
      };
      const filled = path.replaceAll(/\{(\w+)\}|:(\w+)/g, (whole, braced?: string, colon?: string) => {
        const value = values[braced ?? colon ?? ''];
        if (value === undefined) throw new Error(`Nothing is known to put for ${whole} in ${path}.`);
        return value;
      });
      return `${filled}${queries[path] ?? ''}`;
    },
  };
};
