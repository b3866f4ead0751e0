/**
 * Two tables, of kinds and not of words: what people write honestly passes untouched, and an identifier is refused
 * however it is set apart. Every number is made up (see screening.test.ts).
 */
import { describe, expect, test } from '@jest/globals';
import { screen, type PersonalDataKind } from '../../../../policies/core/words/screening.js';

const today = '2026-09-15';
const kindsIn = (text: string, field = 'reasons'): PersonalDataKind[] =>
  screen(text, { field, today }).map(({ kind }) => kind);

const honest: readonly string[] = [
  // The law and guidance, by their dates
  'The Children Act 1989 received Royal Assent on 16 November 1989.',
  'The Local Government Act 1972, in force since 1 April 1974, gives no roving commission.',
  'Children Act 2004, s.19 (15 November 2004)',
  'The Local Government (Access to Information) Act of 12 July 1985',
  'the Data Protection Act 2018 came into force on 25 May 2018',
  'Statutory guidance of 26 March 2015 on inter-agency working',
  'Working Together to Safeguard Children (published 26 March 2015)',
  'DfE guidance dated 01/04/2013, paragraph 12',
  'The Care Planning Regulations (SI 2010/959), made on 29 March 2010',
  'the circular of 3 March 2011 on elected members',
  'Model Code of Conduct, 3 December 2020',
  // Reports, minutes, meetings
  'Lord Laming’s report, published 28 January 2003',
  'The report of 10 March 2014 (paragraphs 10.36 to 10.39) agrees.',
  'As the report to the committee on 12/09/2011 says, members observe.',
  'Minute 42 of 15 September 2011',
  'minutes of 3 March 2011 and 5 May 2011',
  'Council, 14 July 2014, item 9',
  'Cabinet of 2 June 2015 approved the scheme',
  'the meeting on 24 January 2012 asked for this',
  'The Children and Families Scrutiny Committee of 9 February 2012 resolved so.',
  'On 9 February 2012 the Scrutiny Committee resolved so.',
  'The Overview and Scrutiny Sub-Committee (03.03.2014) asked for it.',
  'Corporate Parenting Panel, 12-05-2015',
  'the Safeguarding Board of 1st of February, 2016',
  'The Constitution as at 1 May 2019, article 12',
  'Policy of 1 September 2020, section 4',
  'the protocol of 4 April 2018',
  'The resolution of 21 May 2013',
  'Ofsted inspection, 8 July 2016',
  'Court of Appeal judgment of 24 February 1983',
  'R v Birmingham City Council, ex parte O [1983] 1 AC 578',
  '(1985) 84 LGR 563',
  // Families and birth, without a date of birth
  'The birth family agreed on 3 March 2026.',
  'Contact with the birth parents begins on 12 January 2027.',
  'The birth mother was asked on 01/09/2026.',
  'Birth relatives, siblings among them, come on 12.01.2027.',
  'birth-family time, 12/1/2027',
  'The pre-birth conference is on 12 January 2027 at 10:00.',
  'The unborn child’s conference, 12 January 2027',
  'The birth rate in 2015 was lower.',
  'Newborn checks in 2025/26',
  // Figures
  'In 2015 the service had 1,250 contacts; in 2016, 1,380.',
  'from 2014/15 to 2024-25',
  'NHS England’s plan for 2019/20 to 2023/24',
  'The NHS trust sent 12 reports in 2025.',
  'NHS guidance, paragraphs 10.36 to 10.39',
  'NI figures for 2014-15 and 2015-16',
  'NI on 15.09.26 was not discussed',
  'National Insurance rose by 1.25% in 2022.',
  'See OBS-2026-0001, version 3, item 4.2, room B12, 09:30-10:30.',
  'Section 47, section 17 and s.100F(1)',
  'The council set £1,234,567 aside for 2026/27.',
  'We act on 12 March 2027 at the earliest.',
];

const disguised: readonly (readonly [PersonalDataKind, string])[] = [
  // An NHS number
  ['nhs_number', 'NHS 99 90 00 00 18'],
  ['nhs_number', 'NHS 9-9-9-0-0-0-0-0-1-8'],
  ['nhs_number', 'NHS: 9 9 9 0 0 0 0 0 1 8'],
  ['nhs_number', 'NHS no. 999/000/0018'],
  ['nhs_number', 'NHS number 9990.0000.18'],
  ['nhs_number', 'N.H.S. 999 00 000 18'],
  ['nhs_number', 'N H S 99900 00018'],
  ['nhs_number', 'nhs number of the child is 9990 000 018'],
  ['nhs_number', '99900/00018 (NHS)'],
  ['nhs_number', 'the number for the NHS, 999_000_0018'],
  ['nhs_number', 'NHS ９９９／０００／００１８'],
  ['nhs_number', 'NHS 999 – 000 – 00 – 18'],
  ['nhs_number', 'NHS # 999|000|0018'],
  ['nhs_number', 'NHS 999, 000, 0018'],
  ['nhs_number', 'NHS no 999 000 0019'],
  ['nhs_number', 'NHS number: 99-90-00-00-17'],
  ['nhs_number', 'NHS\n999\n000\n0018'],
  ['nhs_number', 'NHS·999·000·0018'],
  // A National Insurance number
  ['national_insurance_number', 'NI A B 1 2 3 4 5 6 C'],
  ['national_insurance_number', 'NI: AB/12/34/56/C'],
  ['national_insurance_number', 'NI no AB--12--34--56--C'],
  ['national_insurance_number', 'N.I. AB_123456'],
  ['national_insurance_number', 'NINO ab 12 34 56'],
  ['national_insurance_number', 'N-I-N-O: AB.123.456'],
  ['national_insurance_number', 'National Insurance number of the father: AB 123 456'],
  ['national_insurance_number', 'NI ＡＢ／１２／３４／５６'],
  ['national_insurance_number', 'AB 1234 56 is the NI number'],
  ['national_insurance_number', 'ni number QQ-1-2-3-4-5-6'],
  // A date of birth
  ['date_of_birth', 'born 2015'],
  ['date_of_birth', 'born in 2015'],
  ['date_of_birth', 'a girl born about 2015'],
  ['date_of_birth', 'born c. 2015'],
  ['date_of_birth', 'the 2015-born twin'],
  ['date_of_birth', 'year of birth 2015'],
  ['date_of_birth', 'DOB 2 0 1 5'],
  ['date_of_birth', 'born 2.0.1.5'],
  ['date_of_birth', 'DOB 0 1 0 2 2 0 1 5'],
  ['date_of_birth', 'DOB 01_02_2015'],
  ['date_of_birth', 'DOB 01|02|15'],
  ['date_of_birth', 'DOB 03, 03, 2026'],
  ['date_of_birth', 'D/O/B 3//3//26'],
  ['date_of_birth', 'd-o-b 03 - 03 - 26'],
  ['date_of_birth', 'D O B 030326'],
  ['date_of_birth', 'd.o.b. 2026.3.3'],
  ['date_of_birth', 'date of birth 03.03..2026'],
  ['date_of_birth', 'date-of-birth: 3/3'],
  ['date_of_birth', 'date of birth ０３／０３／２６'],
  ['date_of_birth', 'born on 3/Mar'],
  ['date_of_birth', 'born 03_March_2026'],
  ['date_of_birth', 'born March_2026'],
  ['date_of_birth', 'birth date 20 26 03 03'],
  ['date_of_birth', 'birthday 3-3-26'],
  ['date_of_birth', '03·03·2026 (DOB)'],
  ['date_of_birth', 'The report names a child of 3 March 2012.'],
  ['date_of_birth', 'The minutes say that the child, born 3 March 2012, was there.'],
];

describe('honest text', () => {
  test.each(honest)('“%s” passes untouched', (text) => expect(kindsIn(text)).toEqual([]));

  test('passes in a field that cites an authority, whatever its date', () => {
    for (const field of ['authority', 'minute', 'namedBy', 'authority.citation']) {
      expect(kindsIn('3 March 2011', field)).toEqual([]);
      expect(kindsIn('born 3 March 2011', field)).toEqual(['date_of_birth']);
    }
  });
});

describe('an identifier that is set apart', () => {
  test.each(disguised)('is found as %s in “%s”', (kind, text) => expect(kindsIn(text)).toContain(kind));
});
