import { describe, expect, test } from '@jest/globals';
import { cautionsIn, isNameOf, type CautionKind } from '../../../../policies/core/words/cautions.js';

const kindsIn = (text: string, field = 'reasons'): CautionKind[] =>
  cautionsIn({ [field]: text }).map(({ kind }) => kind);

const named: readonly (readonly [string, string])[] = [
  ['I spoke to Jane Smith about it.', 'Jane Smith'],
  ['Jane Smith has asked for this.', 'Jane Smith'],
  ['Yesterday Jane Smith rang.', 'Jane Smith'],
  ['The case of Kieran O’Neill is known to me.', 'Kieran O’Neill'],
  ['what happened to Amina Yusuf last year', 'Amina Yusuf'],
  ['a placement with Tomasz Nowakowski', 'Tomasz Nowakowski'],
  ['the house of Zdenka Hruskova', 'Zdenka Hruskova'],
  ['the family of Mr Pemberton', 'Mr Pemberton'],
  ['Mrs. Okonkwo complained', 'Mrs. Okonkwo'],
  ['Ms J. Harrow-Smythe agreed', 'Ms J. Harrow-Smythe'],
  ['Dr Patel saw her', 'Dr Patel'],
  ['the girl is called Ellie', 'Ellie'],
  ['her brother Callum and others', 'Callum'],
  ['his mother, Shireen, wrote', 'Shireen'],
  ['asked by J. Pemberton in May', 'J. Pemberton'],
  ['The child Maisie Brown-Jones was there', 'Maisie Brown-Jones'],
  ['we met Sarah-Jane McAllister there', 'Sarah-Jane McAllister'],
];

const unnamed: readonly string[] = [
  'The Children and Families Scrutiny Committee asked for it.',
  'North Yorkshire, Milton Keynes and Tower Hamlets do the same.',
  'Stockton-on-Tees Borough Council and Kingston upon Thames',
  'As Chair of the Corporate Parenting Panel I report in March.',
  'The Director of Children’s Services and the Monitoring Officer agree.',
  'The Local Government Act 1972 and the Children Act 1989',
  'R v Sheffield City Council, ex p Chadwick (1985) 84 LGR 563',
  'R v Birmingham City Council, ex parte O [1983] 1 AC 578',
  'Working Together to Safeguard Children 2023',
  'The Data Protection Act 2018 and UK GDPR',
  'the Independent Reviewing Officer and the Virtual School Head',
  'the Lead Member for Children',
  'Monday Morning. Tuesday Afternoon.',
  'Section 47 Enquiries and Initial Child Protection Conferences',
  'an Initial Child Protection Conference and a Core Group',
  'Ofsted, Cafcass and the Youth Justice Board',
  'Women’s Aid, Citizens Advice and the National Youth Advocacy Service',
  'Family Group Conference; Family Support Worker',
  'the Local Safeguarding Children Board',
  'The Leader of the Council and the Cabinet Member for Education',
  'Thank you. The next meeting is in Room B12.',
  'A need to understand Early Help and the Front Door.',
  'Lord Laming and Professor Munro reported on it.',
  'at St Mary’s Church Hall, Victoria Road',
  'A briefing, data or an anonymised audit would not show it.',
  'Minute 42 of the Audit and Governance Committee',
  'Bradford District Care Trust',
  'Great Ormond Street Hospital',
  'Liquidlogic and Microsoft Teams',
  'the Ombudsman, the Information Commissioner and the High Court',
  'the Prevent Duty',
  'Signs of Safety',
  'Merkwortzq',
];

const partisan: readonly string[] = [
  'He would use it for the Labour group.',
  'The Conservative group has no need of it.',
  'She is a Liberal Democrat.',
  'It is for Reform UK to say.',
  'The Green Party would gain.',
  'as Plaid Cymru wishes',
  'UKIP members ask too often',
  'My group does not want it.',
  'the party whip said no',
  'because of the election campaign',
  'before the local elections.',
  'The opposition group would use this.',
  'Not of our party',
  'It serves his re-election.',
  'This is party political.',
  'He is Labour.',
  'She wants it for political advantage.',
];

const nonpartisan: readonly string[] = [
  'The labour ward is not for observers.',
  'The chair gave the green light.',
  'A third party is concerned.',
  'She is a party to proceedings.',
  'The working party met.',
  'On a conservative estimate, two hours.',
  'Each party to the agreement was asked.',
  'the Independent Reviewing Officer',
  'the independent group of advisers',
  'Group work and the Core Group',
  'reform of the service',
  'The green paper and the labour market',
  'no election of chair is needed',
  'the elected members',
  'His party to the complaint',
  'my group work with families',
  'Labour law, and slave labour',
  'The family group conference',
];

describe('what looks like a person’s name', () => {
  test.each(named)('is asked about in “%s”: %s', (text, name) =>
    expect(cautionsIn({ necessity: text })).toEqual([{ field: 'necessity', kind: 'name', words: [name] }]),
  );

  test.each(unnamed)('is not seen in “%s”', (text) => expect(kindsIn(text)).toEqual([]));

  test.each(['declarations.onBehalfOf', 'gist', 'document', 'papers.0.category'])(
    'is asked about in the field %s',
    (field) =>
      expect(cautionsIn({ [field]: 'Mrs Jane Smith, mother, asked me' })).toEqual([
        { field, kind: 'name', words: ['Mrs Jane Smith'] },
      ]),
  );

  test('is not looked for in a field that cites, or that names people or things', () => {
    for (const field of [
      'authority',
      'minute',
      'citation',
      'cites.body',
      'basis.policyDocument',
      'namedBy',
      'name',
      'chaperone',
      'caseReference',
    ]) {
      expect(kindsIn('Jane Smith', field)).toEqual([]);
    }
  });

  test('is the name of somebody where each of its words is', () => {
    const people = ['Councillor Jane Ann Smith', 'Zoë O’Neill'];
    expect(
      ['Jane Smith', 'Mrs Smith', 'Zoe O’Neill', 'Cllr J. Smith'].map((each) => isNameOf(each, people)),
    ).toEqual([true, true, true, true]);
    expect(['Jane Brown', 'John Smith'].map((each) => isNameOf(each, people))).toEqual([false, false]);
  });
});

describe('words of party or election', () => {
  test.each(partisan)('are asked about in “%s”', (text) => expect(kindsIn(text)).toContain('party'));
  test.each(nonpartisan)('are not seen in “%s”', (text) => expect(kindsIn(text)).toEqual([]));
  test('are looked for in reasons alone', () => {
    expect(kindsIn('the Labour group', 'necessity')).toEqual([]);
    expect(kindsIn('the Labour group', 'reason.family')).toEqual(['party']);
  });
});

test.each([
  ['told', ['name', 'party']],
  ['gist', ['name', 'party']],
  ['instead', ['name']],
  ['delay', ['name']],
] as const)('%s is a text in which people look again for %j', (field, kinds) => {
  expect(kindsIn('Jane Smith of the Labour group asked.', field)).toEqual(kinds);
});

test('a caution holds the words of its field, each once', () => {
  const text = 'Jane Smith and Jane Smith of the Labour group';
  expect(cautionsIn({ reasons: text, necessity: text })).toEqual([
    { field: 'reasons', kind: 'name', words: ['Jane Smith'] },
    { field: 'reasons', kind: 'party', words: ['Labour group'] },
    { field: 'necessity', kind: 'name', words: ['Jane Smith'] },
  ]);
});

test.each([
  'Aa ',
  'Jane ',
  'A. ',
  'the party ',
  'the election ',
  'mother Mm ',
  'Mr Aa ',
  "O'A",
  'Aa-',
  ' ',
  '\n',
  'Labour ',
])('the time for a long row of %j grows no faster than its length', (unit) => {
  const timeOf = (length: number): number => {
    const text = unit.repeat(length / unit.length);
    const began = process.cpuUsage();
    cautionsIn({ reasons: text });
    const { user, system } = process.cpuUsage(began);
    return user + system;
  };
  timeOf(1_250);
  const growth = () => timeOf(20_000) / Math.max(timeOf(1_250), 100);
  expect(Math.min(growth(), growth(), growth())).toBeLessThanOrEqual(64);
});
