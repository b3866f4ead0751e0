/** Subject access requests as tests make them. */
import { findWeighed, markPassages, type Marking } from '../../db/subject-access/access-requests.js';
import { proposalOf } from '../../policies/subject-access/passages.js';
import type { Account, Answer, Council } from './council.js';
import { expectOk } from './line.js';
import { behindTheApi, ctxFor } from './people.js';

/** Somebody else acts for Data Protection as well: one marks, and a second one releases. */
export const secondOfDataProtection = async (
  council: Council,
  account: Account = 'auditor',
): Promise<void> => {
  const { id } = await council.as(account);
  await behindTheApi(council.world.db, (trx) =>
    trx('offices_held').insert({ person_id: id, office: 'data_protection', capacity: 'authorised' }),
  );
};

/** In the form of a fingerprint, and of nothing. */
const unread = '0'.repeat(32);

interface PassageShown {
  readonly id: string;
  readonly fingerprint: string;
  readonly kind: string;
  readonly field: string | null;
  readonly reference: string | null;
  readonly text: string | null;
  readonly privileged: boolean;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly proposal: { readonly mark: 'disclose' | 'withhold' | 'weigh'; readonly exemption: string | null };
  readonly marked: { readonly mark: string; readonly exemption: string | null } | null;
}

/** One access request on its way. */
export class Access {
  constructor(
    private readonly council: Council,
    readonly id: string,
  ) {}

  static async recorded(council: Council, councillor: string, receivedOn: string): Promise<Access> {
    const protection = await council.as('data.protection');
    const body = { councillor, receivedOn, by: 'The councillor, by letter', identityChecked: true };
    return new Access(council, expectOk(await protection.post('/api/access-requests', body)).body.id);
  }

  get path(): string {
    return `/api/access-requests/${this.id}`;
  }

  async read(by: Account = 'data.protection'): Promise<Answer> {
    return (await this.council.as(by)).get(this.path);
  }

  async passages(): Promise<readonly PassageShown[]> {
    return expectOk(await this.read()).body.passages;
  }

  /** Marks a passage as it is now, unless the body says what was read. */
  async put(passage: string, body: object, by: Account = 'data.protection'): Promise<Answer> {
    const found = (await this.passages()).find(({ id }) => id === passage);
    const fingerprint = found?.fingerprint ?? unread;
    return (await this.council.as(by)).put(`${this.path}/passages/${passage}`, { fingerprint, ...body });
  }

  /** Releases the file as it is now. */
  async release(by: Account = 'data.protection'): Promise<Answer> {
    const fingerprint: string = expectOk(await this.read()).body.fingerprint ?? unread;
    return this.post('release', { fingerprint }, by);
  }

  async post(what: string, body: object = {}, by: Account = 'data.protection'): Promise<Answer> {
    return (await this.council.as(by)).post(`${this.path}/${what}`, body);
  }

  /**
   * Marks all that has no mark: as proposed, and withheld for others where a person is to weigh it.
   * @param but the passage that is left as it is
   */
  async markAll(but?: string): Promise<void> {
    const { db } = this.council.world;
    const now = () => this.council.clock;
    const by = (await this.council.as('data.protection')).id;
    const { passages } = await findWeighed(db, (await ctxFor(db, by, now)).ability, this.id);
    const marked = passages.flatMap((each): Marking[] => {
      const { mark, exemption } = proposalOf(each);
      const passage = { passage: each.id, fingerprint: each.fingerprint, instead: null };
      if (each.marked !== null || each.id === but) return [];
      return mark === 'disclose'
        ? [{ ...passage, mark, exemption }]
        : [{ ...passage, mark: 'withhold', exemption: exemption ?? 'rights_of_others' }];
    });
    if (marked.length > 0)
      await behindTheApi(db, (trx) => markPassages(trx, this.id, { by, at: now(), marked }));
  }

  async released(by: Account = 'auditor'): Promise<void> {
    expectOk(await this.release(by));
  }

  async file(by: Account = 'data.protection'): Promise<Answer> {
    return (await this.council.as(by)).get(`${this.path}/file`);
  }
}
