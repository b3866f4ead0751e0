/** Papers: the rights to them (pages/), and their release and return by Children's Services. */
import { releasable } from '../../policies/papers/papers.js';
import { refusalOf, verdict } from '../../policies/permission/permit.js';
import { releasePapers as releaseCommand } from '../../policies/papers/commands.js';
import { rightStands } from '../../policies/papers/right.js';
import { paths } from '../web/paths.js';
import { presentDue } from '../deadline/present.js';
import { papersHere, releaseHere } from './commands.js';
import { readRequest } from '../request/read-request.js';
import { releasePapers } from './release-papers.js';
import { barHere } from '../web/pages/bar.js';
import { validate, asFormErrors } from '../web/pages/faults.js';
import { entered, given, type Form } from '../web/pages/form.js';
import { momentOf } from '../web/pages/typed/moment.js';
import { page } from '../web/pages/page.js';
import { confirmRightPage } from './pages/confirm-right.js';
import { headed } from './pages/headed.js';
import { rightPage } from './pages/right.js';
import { askRightReviewPage, decideRightReviewPage } from './pages/review-right.js';
import { statementPage } from './pages/statement.js';

/** The record to make: a release of papers, or the return of papers released at that time. */
const separator = '|';
const releaseValue = (category: string) => ['release', '', category].join(separator);
const returnValue = (at: Date, category: string) => ['return', at.toISOString(), category].join(separator);

const releaseIn = (form: Form): object => {
  const [kind, at, ...rest] = (entered(form, 'what') ?? '').split(separator);
  const category = rest.join(separator);
  const moment = momentOf(form, 'date', 'time');
  if (kind === 'return') return given({ category, at, returned: moment ?? '' });
  return given({
    category: kind === 'release' ? category : undefined,
    at: moment,
    copy: entered(form, 'copy') === 'true' ? true : undefined,
  });
};

/** The page has one day and one time, for either record. */
const onPage = (field: string): string =>
  field === 'category' ? 'what' : field === 'at' || field === 'returned' ? 'date' : field;

const papersPage = page({
  ...releaseHere.page,
  view: 'papers/views/release',
  async load(ctx, { params }) {
    const file = await readRequest(ctx, params.reference);
    const { row, grant, papers } = file;
    const isUnderRight = rightStands(row);
    const out = papers.releases.filter(({ returnedAt, copy }) => returnedAt === null && !copy);
    return {
      request: headed(file),
      due: presentDue(ctx.settings, row),
      underRight: isUnderRight,
      toRelease: refusalOf(verdict(releaseCommand, ctx, file, {}))
        ? []
        : releasable(row, isUnderRight ? null : grant).map((category) => ({
            value: releaseValue(category),
            category,
          })),
      toReturn: out.map(({ category, releasedAt }) => ({
        value: returnValue(releasedAt, category),
        category,
        at: releasedAt,
      })),
      // What is out can come back, whatever has become of the request.
      bar: barHere(ctx, papersHere(file), file, {}),
    };
  },
  form: {
    body: releaseHere.body,
    anchor: (field) => (field === 'date' ? 'date-day' : field),
    read: (form) =>
      validate(releaseHere.body, releaseIn(form), {
        named: onPage,
      }),
    async act(ctx, { params: { reference }, body }) {
      await asFormErrors(() => releasePapers(ctx, reference, body), { named: onPage });
      return paths.request(reference);
    },
  },
});

export const paperPages = [
  rightPage,
  confirmRightPage,
  askRightReviewPage,
  decideRightReviewPage,
  statementPage,
  papersPage,
];
