import type { FeedMember } from '../../policies/register/register-feed.js';

const firstNames = ['Ash', 'Briar', 'Clover', 'Dale', 'Elm', 'Fern', 'Glen', 'Heath', 'Ivy', 'Jay'];
const posts = [
  [],
  ['Chair, Invented Matters and Fables Committee'],
  [],
  ['Deputy Leader of Nowhere', 'Chair of Made-up Things'],
];

/** So many members who are plainly nobody, three to a ward, and always the same ones. */
export const fictionalMembers = (many: number): FeedMember[] =>
  Array.from({ length: many }, (_, index) => ({
    externalId: String(9001 + index),
    name: `Councillor ${firstNames[index % firstNames.length]} Fiction-${index + 1}`,
    ward: `Fictional Ward ${Math.floor(index / 3) + 1}`,
    email: index % 4 === 3 ? null : `member${index + 1}@council.example`,
    posts: posts[index % posts.length] ?? [],
    term: { from: '2023-05-08', to: index % 2 === 0 ? null : '2027-05-06' },
  }));

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const dayOf = (date: string | null): string =>
  date === null ? 'unspecified' : date.split('-').toReversed().join('/');

/** The days as a ModernGov feed writes them. */
const daysOf = ({ term }: FeedMember): readonly [string, string] => [dayOf(term.from), dayOf(term.to)];

export interface Canary {
  /** Stands, each time with its place, in everything that must never be read. */
  readonly canary?: string;
  /** With posts that disclose the party only by its name, which another field gives. */
  readonly named?: boolean;
}

/** The posts as the committee system writes them: those of a political group stand among the others. */
const writtenPosts = ({ posts: own }: FeedMember, { canary = 'CANARY', named = false }: Canary): string =>
  [
    `Leader of the ${canary} Group`,
    ...own,
    ...(own.length > 0 ? [`${canary} Group Whip`, `Deputy Leader, ${canary} group`] : []),
    ...(named ? [`Spokesperson for Fables (${canary})`] : []),
  ].join('; ');

const councillorXml = (member: FeedMember, feed: Canary): string => {
  const { canary = 'CANARY' } = feed;
  const forbidden = (name: string) => `<${name}>${escaped(canary)} ${name}</${name}>`;
  const email = member.email === null ? '' : `<email>${escaped(member.email)}</email>`;
  const [from, to] = daysOf(member);
  return `
        <councillor note="${escaped(canary)} attribute">
          <councillorid note="${escaped(canary)} attribute">${escaped(member.externalId)}</councillorid>
          <fullusername>${escaped(member.name)}</fullusername>
          ${forbidden('photosmallurl')}
          <politicalpartytitle>${escaped(canary)} Party</politicalpartytitle>
          ${forbidden('districttitle')}
          ${forbidden('representing')}
          <keyposts>${escaped(writtenPosts(member, feed))}</keyposts>
          <homeaddress>${['line1', 'line2', 'postcode', 'phone', 'mobile', 'email'].map(forbidden).join('')}</homeaddress>
          ${forbidden('phone')}
          <workaddress>${['line1', 'line2', 'postcode', 'phone', 'mobile'].map(forbidden).join('')}${email}</workaddress>
          <surgerydetails>${forbidden('line1')}<![CDATA[${canary} cdata]]></surgerydetails>
          <unheardof><fullusername>${escaped(canary)}</fullusername><email>${escaped(canary)}</email></unheardof>
          <!-- ${canary} comment -->
          <termsofoffice>
            <termofoffice><startdate>09/05/2011</startdate><enddate>07/05/2015</enddate></termofoffice>
            <termofoffice><startdate>${from}</startdate><enddate>${to}</enddate></termofoffice>
          </termsofoffice>
        </councillor>`;
};

/** What ModernGov's `GetCouncillorsByWard` answers for these members, with what must not be read beside it. */
export const feedXml = (members: readonly FeedMember[], feed: Canary = {}): string => {
  const wards = [...new Set(members.map(({ ward }) => ward))].map((ward) => {
    const own = members.filter((member) => member.ward === ward);
    return `
    <ward>
      <wardtitle>${escaped(ward)}</wardtitle>
      <councillors>
        <councillorcount> ${own.length}</councillorcount>${own.map((member) => councillorXml(member, feed)).join('')}
      </councillors>
    </ward>`;
  });
  return `<?xml version="1.0" encoding="utf-8"?>
<councillorsbyward>
  <wards>${wards.join('')}
  </wards>
</councillorsbyward>`;
};

const cell = (text: string): string => (/[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** The same as CSV, with columns that must not be read among the others. */
export const feedCsv = (members: readonly FeedMember[], feed: Canary = {}): string => {
  const { canary = 'CANARY' } = feed;
  const rows = [
    [
      'councillorid',
      'politicalpartytitle',
      'fullusername',
      'homeaddress',
      'wardtitle',
      'email',
      'phone',
      'keyposts',
      'startdate',
      'enddate',
    ],
    ...members.map((member) => [
      member.externalId,
      `${canary} Party`,
      member.name,
      `1 ${canary} Street,\n"Nowhere"`,
      member.ward,
      member.email ?? '',
      `${canary} phone`,
      writtenPosts(member, feed),
      ...daysOf(member),
    ]),
  ];
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
};
