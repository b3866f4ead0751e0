/** The words of the notice about the register. */
import { numberOf } from '../../policies/core/words/number-of.js';
import type { Templates } from '../core/template.js';

type Counts = Readonly<Record<string, number>>;

const members = (count: number): string => numberOf(count, 'member');

/** A sentence for each number that is not 0, in this order. */
const sentences: Readonly<Record<string, (count: number) => string>> = {
  added: (count) => `Taken over: ${members(count)} who ${count === 1 ? 'is' : 'are'} new.`,
  changed: (count) => `Taken over: changes of ${members(count)}.`,
  gone: (count) => `Left for you: ${members(count)} in the register and not in office by the file.`,
  doubtful: (count) => `Left for you: ${members(count)} whose number has another name now.`,
  namesake: (count) => `Left for you: ${members(count)} who may be new, and may be somebody of that name.`,
  address: (count) => `Left for you: ${members(count)} with the e-mail address of somebody else.`,
  membership: (count) =>
    `Left for you: ${members(count)} whose membership would begin, return, be shorter or end.`,
};

export const registerNotices = {
  register_differs: {
    subject: () => 'The register differs from the committee system',
    body: ['The committee system and the register of members were compared, without anybody looking on.'],
    counted: (counts: Counts) =>
      Object.entries(sentences).flatMap(([name, says]) => {
        const count = counts[name] ?? 0;
        return count > 0 ? [says(count)] : [];
      }),
    link: (_reference, pages) => ({
      text: 'Open the import, to see the differences and decide what was left',
      path: pages.importCouncillors,
    }),
  },
} satisfies Templates;
