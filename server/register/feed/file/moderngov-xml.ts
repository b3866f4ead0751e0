import { SaxesParser } from 'saxes';
import { isLabelOf, type Decoded } from './decode.js';
import { mostMembers, tooManyMembers, unreadable } from './fault.js';
import type { RawMember } from './members.js';

type Leaf = 'ward' | 'externalId' | 'name' | 'email' | 'posts' | 'party' | 'from' | 'to';
interface Branch {
  readonly [element: string]: Branch | Leaf;
}

/**
 * The elements to read, by their place in ModernGov's `GetCouncillorsByWard`. Home address, telephone and surgery
 * details are beside them, and none of that text is ever read. The party's name is, only while the file is read, to
 * leave out the posts that contain it.
 */
const councillor: Branch = {
  councillorid: 'externalId',
  fullusername: 'name',
  keyposts: 'posts',
  politicalpartytitle: 'party',
  workaddress: { email: 'email' },
  termsofoffice: { termofoffice: { startdate: 'from', enddate: 'to' } },
};
const termOfOffice = (councillor.termsofoffice as Branch).termofoffice;
const ward: Branch = { wardtitle: 'ward', councillors: { councillor } };
const document: Branch = { councillorsbyward: { wards: { ward } } };

type Texts = { [leaf in Leaf]?: string };

/**
 * The members of a ModernGov feed, as texts. The parser knows only the five predefined entities and numeric
 * references; it refuses a document type at its end, before anything could be expanded.
 * @throws Invalid for a file that is not well-formed, not this document, or has more members than a council
 */
export const readXml = ({ text, encoding: written }: Decoded): RawMember[] => {
  const parser = new SaxesParser();
  const at = () => `Line ${parser.line}, column ${parser.column}`;
  const members: { texts: Texts; terms: Texts[]; wardTexts: Texts }[] = [];
  const open: (Branch | Leaf)[] = [document];
  /** How many elements deep we are in one that is not read. */
  let skipping = 0;
  let wardTexts: Texts = {};

  /** The member and field that an element's text belongs to. */
  const holder = (leaf: Leaf): Texts => {
    const member = members.at(-1);
    if (leaf === 'ward' || !member) return wardTexts;
    return leaf === 'from' || leaf === 'to' ? (member.terms.at(-1) ?? {}) : member.texts;
  };
  const begin = (element: Branch | Leaf): void => {
    if (element === ward) wardTexts = {};
    if (element === termOfOffice) members.at(-1)?.terms.push({});
    if (element === councillor) {
      if (members.length === mostMembers) throw tooManyMembers();
      members.push({ texts: {}, terms: [], wardTexts });
    }
    if (typeof element !== 'string') return;
    const texts = holder(element);
    if (texts[element] !== undefined) throw unreadable(`${at()}: an element stands twice.`);
    texts[element] = '';
  };

  parser.on('xmldecl', ({ encoding }) => {
    if (encoding !== undefined && !isLabelOf(written, encoding)) {
      throw unreadable(`The file declares another encoding than it is written in, which is ${written}.`);
    }
  });
  parser.on('doctype', () => {
    throw unreadable('The file has a document type declaration, which is not allowed.');
  });
  // The parser's own words quote the file.
  parser.on('error', ({ message }) => {
    throw unreadable(
      message.endsWith('undefined entity.')
        ? `${at()}: an entity other than the five of XML itself.`
        : `${at()}: not well-formed XML, or cut off.`,
    );
  });
  parser.on('opentagstart', ({ name }) => {
    const within = open.at(-1);
    const element = typeof within === 'object' && Object.hasOwn(within, name) ? within[name] : undefined;
    if (skipping === 0 && element !== undefined) {
      open.push(element);
      begin(element);
      return;
    }
    // A councillor out of place would be left out unseen, and then be taken for gone.
    if (within === document || typeof within === 'string' || name === 'councillor') {
      throw unreadable(`${at()}: this is not a list of councillors by ward.`);
    }
    skipping += 1;
  });
  parser.on('closetag', () => {
    if (skipping > 0) skipping -= 1;
    else open.pop();
  });
  const take = (part: string): void => {
    const element = open.at(-1);
    if (typeof element !== 'string') return;
    const texts = holder(element);
    texts[element] = `${texts[element] ?? ''}${part}`;
  };
  parser.on('text', take);
  parser.on('cdata', take);
  parser.write(text).close();

  return members.map(({ texts, terms, wardTexts: { ward: wardTitle } }) => ({
    ...texts,
    ward: wardTitle,
    terms,
  }));
};
