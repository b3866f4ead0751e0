/** The words of the notices about a text that was reported. */
import { toList, type Template, type Templates } from '../core/template.js';

const toRedactions: Template['link'] = (_reference, pages) => ({
  text: 'Open the reported texts',
  path: pages.redactions,
});

export const redactionNotices = {
  text_reported: {
    subject: () => 'A text has been reported',
    body: [
      'Somebody reported a text because it says who a child, a family or another person is. It is hidden.',
      'Two people erase it, one of them of Data Protection. If the report is wrong, Data Protection put it back.',
    ],
    link: toRedactions,
  },
  text_erased: {
    subject: () => 'A text has been erased',
    body: ['A text that you wrote or reported was erased by two people. A mark stands in its place.'],
    link: toList,
  },
  text_put_back: {
    subject: () => 'A text has been put back',
    body: ['A text that you wrote or reported was hidden for a time. Data Protection put it back.'],
    link: toList,
  },
} satisfies Templates;
