/** What looks like a person’s name is asked about; places, offices, laws and beginnings of sentences are not. */
import { expect, test } from '@jest/globals';
import { cautionsIn } from '../../../../policies/core/words/cautions.js';

/* Every person is made up. */

const honest = [
  'As Chair of the Children and Families Scrutiny Committee I report to full Council in March.',
  'The Monitoring Officer and the Director of Children’s Services agreed on Monday.',
  'Children Act 1989, section 47; Working Together to Safeguard Children 2023, chapter 3.',
  'R v Birmingham City Council, ex parte O [1983] 1 AC 578',
  'R v Barnes BC, ex p Conlan [1938] 3 All ER 226',
  'R v Hampstead BC, ex p Woodward (1917) 116 LT 213',
  'British Oxygen v Minister of Technology [1971] AC 610',
  'The Laming Report and the Munro Review changed this.',
  'Gillick competence and the Fraser guidelines apply.',
  'Ofsted inspected North Yorkshire in June.',
  'The meeting is in Milton Keynes, at the Civic Centre.',
  'Fernhill Primary School and Harbour View Academy sent the figures.',
  'Democratic Services asked Legal about the Terms of Reference.',
  'Reviewing Fernhill would not help. Visiting Harbourside might.',
  'The Head of Safeguarding hosts. The Lead Member was told.',
  'St Mary’s Hospital, the Royal Infirmary and Great Ormond Street Hospital answered.',
  'Independent Reviewing Officers and Conference Chairs gave figures.',
  'Need to Know Test: Proportionality. Lawful Basis: Article 6(1)(e).',
  'On Tuesday 3 March the Local Safeguarding Children Partnership met.',
  'UK GDPR Article 9, Data Protection Act 2018 Schedule 1 paragraph 18',
  'Local Government Act 1972 s.100F; Localism Act 2011 ss.27, 28',
  'The Corporate Parenting Panel’s Annual Report 2025 asks for this.',
  'I sit on the Audit Committee and on Cabinet. However, Scrutiny asked first.',
  'Young people of the Children in Care Council were asked at Easter.',
  'The Chief Executive of Exampleshire County Council wrote in April.',
  'A Child in Need plan, a Strategy Discussion and an Initial Child Protection Conference',
  'Family Procedure Rules 2010, rule 12.73, with Practice Direction 12G',
  'the ward of Castle Hill; Station Road; Victoria Park; Albert Square',
  'The Cafcass guardian, the NSPCC and Barnardo’s sent papers.',
  'Will the Chair see it? May we? Grace periods are none. Mark this as read.',
  'In May and June it will be seen. August is quiet.',
  'The minutes of the Health and Wellbeing Board, item 4, say so.',
  'Sent to Internal Audit, Human Resources and the Press Office.',
  'The Council’s Code of Conduct, Part 5 of the Constitution',
  'At the Town Hall, Committee Room 2, with the Lord Mayor and the Mayor',
  'The Police and Crime Commissioner and the Integrated Care Board agreed.',
  'No case is named here. Nothing else is asked.',
  'Less intrusive means: A briefing. Anonymised audit. Staff talk.',
  'Essex, Kent and Surrey County Councils do the same.',
  'Parliament passed the Human Rights Act 1998 (Article 8).',
];
const names: readonly (readonly [string, string])[] = [
  ['Sam Testchild was upset', 'Sam Testchild'],
  ['the mother of Jamie said so', 'Jamie'],
  ['Tamsin Orchard lives there', 'Tamsin Orchard'],
  ['a visit to Kayden Brightwater at home', 'Kayden Brightwater'],
  ['we spoke of Zsofia Kowalczyk', 'Zsofia Kowalczyk'],
  ['Mrs Brightwater did not agree', 'Brightwater'],
  ['Mr. Orchard was there', 'Orchard'],
  ['J. Brightwater signed', 'J. Brightwater'],
  ['SAM TESTCHILD is known', 'SAM TESTCHILD'],
  ['Ayesha’s school', 'Ayesha'],
  ['the child is called Quillon Marsh-Tern', 'Quillon Marsh-Tern'],
  ['Grace Brightwater and her brother', 'Grace Brightwater'],
  ['the father, Oisin O’Orchard, agreed', 'Oisin O’Orchard'],
  ['Brightwater, Sam', 'Sam'],
  ['Committee heard that Muhammad was there', 'Muhammad'],
  ['Today Sam Testchild moved', 'Sam Testchild'],
];

const namesIn = (text: string): readonly string[] =>
  cautionsIn({ text }).flatMap(({ kind, words }) => (kind === 'name' ? words : []));

test.each(names)('“%s” is asked about', (text, name) => {
  expect(namesIn(text).some((each) => each.includes(name))).toBe(true);
});

test.each(honest)('“%s” is not', (text) => {
  expect(namesIn(text)).toEqual([]);
});
