/**
 * Work for a constituent whose own case this is (need-to-know.md, section 2, `constituent_case`): no improper purpose, but
 * by papers, for an elected member, and with the constituent’s authority.
 */
import { describe, expect, test } from '@jest/globals';
import { useCouncil, type Account } from '../../support/council.js';
import { expectOk, Line, reason } from '../../support/line.js';

const council = useCouncil();

const withAuthority = 'A parent of the child asked me, and gave me their written authority on paper.';
const casework = (onBehalfOf?: string) => ({
  observationType: 'document_inspection',
  role: { kind: 'ward' },
  authority: { kind: 'none' },
  papers: [{ category: 'Assessment of the family', from: '2026-01-05', to: '2026-03-31' }],
  declarations: {
    collateralPurpose: 'constituent_case',
    connection: 'none',
    documents: 'no',
    ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
  },
});

const answers = {
  role: { answer: 'ward', reason },
  authority: { answer: 'none', reason },
  collateral_purpose: { answer: 'constituent_case', reason: 'The parent’s written authority was seen.' },
};

describe('ward casework', () => {
  test('with the authority of the constituent is approved as an inspection of documents', async () => {
    const line = await Line.assessed(council, casework(withAuthority), answers, 'scrutiny.member');
    const read = await (await council.as('legal')).get(line.path);
    expect(read.body.declarations).toMatchObject({ onBehalfOf: withAuthority });
    expectOk(await line.right('none'));
    await line.discuss();
    expectOk(await line.sign('childrens_services'));
    expectOk(await line.sign('democratic_services'));
    expect(await line.decide('approve')).toMatchObject({ status: 201, body: { status: 'approved' } });
  });

  test('without it is not handed in, and the field is named', async () => {
    const line = await Line.drafted(council, casework(), 'scrutiny.member');
    const client = await council.as('scrutiny.member');
    expect(await client.post(`${line.path}/submit`, { version: 1 })).toMatchObject({
      status: 422,
      body: { rule: 'complete', errors: [{ field: 'declarations.onBehalfOf' }] },
    });
  });

  test('is not approved while Legal have not written down the request and the authority', async () => {
    const line = await Line.assessed(
      council,
      casework(withAuthority),
      { ...answers, collateral_purpose: { answer: 'constituent_case' } },
      'scrutiny.member',
    );
    const { body } = await (await council.as('legal')).get(`${line.path}/assessment`);
    expect(body.outcome).toBe('incomplete');
    expect((body.findings as { question: string }[])[6]).toMatchObject({
      question: 'collateral_purpose',
      result: 'needs_reason',
      authority: 'Data Protection Act 2018, Schedule 1, paragraphs 23 and 24 (elected representatives)',
    });
  });

  test.each([['scrutiny.member', 'core_group', 'council_rule']] as const)(
    'is no way to watch: asked for by %s as %s it is refused by a rule of the council',
    async (author: Account, observationType, ground) => {
      const { papers: _papers, ...asked } = casework(withAuthority);
      const line = await Line.assessed(council, { ...asked, observationType }, answers, author);
      await line.discuss();
      expect(await line.decide('refuse', { grounds: [ground] })).toMatchObject({
        status: 201,
        body: { status: 'refused', decision: { grounds: [ground] } },
      });
    },
  );

  test('never names the constituent: what looks like personal data is refused with its field', async () => {
    const line = await Line.drafted(council, casework(withAuthority), 'scrutiny.member');
    const client = await council.as('scrutiny.member');
    const { declarations } = casework('They can be reached at someone@example.org.');
    expect(await client.patch(line.path, { version: 1, declarations })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'declarations.onBehalfOf' }] },
    });
  });
});
