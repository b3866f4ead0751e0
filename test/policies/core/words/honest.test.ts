import { describe, expect, test } from '@jest/globals';
import { screen, type PersonalDataKind } from '../../../../policies/core/words/screening.js';

/* Each number is made up, as in screening.test.ts. */

const today = '2026-09-15';
const found = (text: string, field = 'reasons') => screen(text, { field, today }).map(({ kind }) => kind);

/** What officers and councillors write of the law, of papers and of meetings, with their dates. */
const honest = [
  'The Children Act 1989 was amended on 14 October 1991',
  'Working Together to Safeguard Children, guidance published on 4 July 2018',
  'The Ofsted report of 12 March 2019 found that visits were late',
  'Ofsted inspected the service on 12 March 2019',
  'the ILACS inspection of 3 to 14 June 2019',
  'Minute 42 of 15 September 2011 asks for it',
  'minutes of the meeting held on 03/03/2020',
  'the Children and Families Scrutiny Committee of 2 May 2019',
  'the sub-committee met on 2 May 2019',
  'resolved by full Council on 15 May 2019',
  'the Corporate Parenting Panel of 5 June 2018',
  'the delegation of 1 April 2022, paragraph 4',
  'delegated by the Director on 1 April 2022',
  'the scheme of delegation of 01.04.2022',
  'the protocol adopted on 7 December 2011',
  'the standing orders of 7 December 2011',
  'the constitution, as it stood on 1 May 2020',
  'I was elected on 5 May 2022',
  'appointed to the committee on 24 May 2023',
  'the by-election of 11 February 2021',
  'the training of 9 January 2023 has run out',
  'regulation 3 of the Regulations of 10 September 2012 is in force',
  'the judgment of 21 July 2011 in the Birmingham case',
  'the letter of the Department of 3 March 2020',
  'the policy document of 25 May 2018',
  'item 7 on the agenda for 6 March 2023',
  'the task group reported on 6 March 2023 in its report',
  'birth family and foster carers were asked, meeting of 3 March 2026',
  'the birth parent agreed on 3 March 2026',
  'the birth mother was asked on 3 March 2026',
  'birth parents 12 January 2027',
  'The child lives with the birth family since 2019',
  'birth plan reviewed on 3 March 2026',
  'birth relatives may attend on 12 January 2027',
  'the pre-birth conference of 3 March 2026',
  'the rate of low birth weight in 2015 was high',
  'the births of 2015 are in the joint strategic report',
  'The Ofsted report of 2019 says how many children are born in care',
  'children born abroad, see the Nationality Act 1981',
  'the unborn baby protocol of 3 March 2026',
  'NHS England, 12/01/2027 10:30',
  'the NHS trust agreed on 12 January 2027',
  'NHS trusts were asked 3 times in 2026',
  'In NI on 12 01 27 members met',
  'the NI Assembly and 4 councils answered in 2025',
  'stillborn, newborn and unborn are words of the report of 2015',
  'R v Birmingham City Council, ex parte O [1983] 1 AC 578',
  'The Access to Information (England) Regulations 2012, SI 2012/2089, regulation 16',
  'since 2019 the board has met four times',
  'the review of 1 October 2018 by the partnership',
  'the cabinet decision of 4 November 2020',
  'the statutory direction of 10 January 2018',
  'a statement to the panel on 9/9/2019',
  'the code of conduct approved on 17 July 2012',
];

const number = '999 000 0018';
const disguised: readonly (readonly [PersonalDataKind, string])[] = [
  ['nhs_number', 'NHS 99 90 00 00 18'],
  ['nhs_number', 'NHS number 9-9-9-0-0-0-0-0-1-8'],
  ['nhs_number', 'NHS: 9 9 9 0 0 0 0 0 1 8'],
  ['nhs_number', 'N.H.S. no. 999/000/0018'],
  ['nhs_number', 'N H S number: 9990 000 018'],
  ['nhs_number', 'nhs no 99900.00018'],
  ['nhs_number', 'NHS number is 999 - 000 - 0018'],
  ['nhs_number', 'NHS number of the child is 9.9.9.0.0.0.0.0.1.8'],
  ['nhs_number', '99/90/00/00/18 (NHS)'],
  ['nhs_number', 'ＮＨＳ ９９９０ ０００ ０１８'],
  ['nhs_number', 'NHS number 999 000 0019, with a digit mistyped'],
  ['nhs_number', 'NHS ref 999_000_0018'],
  ['nhs_number', 'NHS (999) (000) (0018)'],
  ['nhs_number', 'NHS no: 999·000·0018'],
  ['nhs_number', '999/000/0018'],
  ['nhs_number', `Minute 42, ${number}`],
  ['national_insurance_number', 'NI A B 1 2 3 4 5 6 C'],
  ['national_insurance_number', 'NI number AB/12/34/56/C'],
  ['national_insurance_number', 'NI: AB.12.34.56'],
  ['national_insurance_number', 'National Insurance number is AB - 12 - 34 - 56 - C'],
  ['national_insurance_number', 'NINO a.b.1.2.3.4.5.6.c'],
  ['national_insurance_number', 'N I no ab 12 34 56'],
  ['national_insurance_number', 'AB/12/34/56/C (NI)'],
  ['national_insurance_number', 'ＮＩ ＡＢ１２３４５６'],
  ['national_insurance_number', 'N.I. AB 123 456'],
  ['national_insurance_number', 'NI no. AB_12_34_56_C'],
  ['date_of_birth', 'DOB 3 . 3 . 2015'],
  ['date_of_birth', 'DOB 0 3 0 3 2 0 1 5'],
  ['date_of_birth', 'dob 03 - 03 - 26'],
  ['date_of_birth', 'D O B 3/3/26'],
  ['date_of_birth', 'D/O/B 030326'],
  ['date_of_birth', 'd-o-b 03_03_2026'],
  ['date_of_birth', 'date of birth 03 03 26'],
  ['date_of_birth', 'date of birth is 2026 . 03 . 03'],
  ['date_of_birth', 'ＤＯＢ ０３０３２６'],
  ['date_of_birth', 'born 2015'],
  ['date_of_birth', 'born in 2015'],
  ['date_of_birth', 'a boy, born in Leeds in 2015'],
  ['date_of_birth', 'the child (born 2015) lives there'],
  ['date_of_birth', 'born 2 0 1 5'],
  ['date_of_birth', 'DOB 2015'],
  ['date_of_birth', 'year of birth: 2015'],
  ['date_of_birth', "born in '15"],
  ['date_of_birth', 'born 03/2015'],
  ['date_of_birth', 'born March 2015'],
  ['date_of_birth', 'born on the third of March'],
  ['date_of_birth', 'birthday: 3 Mar'],
  ['date_of_birth', 'birthdate 3rd/March/26'],
  ['date_of_birth', 'birth on 3 March 2026'],
  ['date_of_birth', 'the birth was on 3.3.26'],
  ['date_of_birth', 'Minute 42, child born 15 September 2011'],
  ['date_of_birth', 'the committee of 3 March 2020 heard that she was born 4 March 2015'],
  ['date_of_birth', 'birth certificate of 3 March 2026'],
  ['date_of_birth', '3 March 2015, as everybody knows'],
  ['telephone', '07700/900/123'],
  ['telephone', '020/7946/0018'],
  ['postcode', 'SW1A / 1AA'],
  ['postcode', 'SW1A.1AA'],
  ['email', 'someone at example dot org'],
  ['email', 'someone (at) example (dot) org'],
];

describe('the screening reads labels and separators, and what a date is the date of', () => {
  test('fifty kinds of honest text pass untouched', () => {
    expect(honest.length).toBeGreaterThanOrEqual(50);
    expect(honest.map((text) => [text, found(text)])).toEqual(honest.map((text) => [text, []]));
  });

  test('fifty disguised identifiers are refused', () => {
    expect(disguised.length).toBeGreaterThanOrEqual(50);
    expect(disguised.map(([kind, text]) => [text, found(text).includes(kind)])).toEqual(
      disguised.map(([, text]) => [text, true]),
    );
  });

  test('a field that cites takes an old date of anything, and never a date of birth', () => {
    for (const field of ['authority.citation', 'authority', 'minute', 'namedBy']) {
      expect([field, found('As agreed on 15 September 2011', field)]).toEqual([field, []]);
      expect([field, found('DOB 15 September 2011', field)]).toEqual([field, ['date_of_birth']]);
    }
    expect(found('As agreed on 15 September 2011', 'text')).toEqual(['date_of_birth']);
  });
});
