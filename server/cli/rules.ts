import { matrix, type MatrixRow } from '../../policies/rule-book/matrix.js';
import { solicitorChecklist } from '../../policies/rule-book/solicitor-checklist.js';
import { type Command, exitCodes } from './command.js';

const heads = [
  'Command',
  'Who gives it',
  'From',
  'To',
  'Signs',
  'What may stand in the way, and its authority',
];

const cells = ({ command, by, from, to, signs, hinders }: MatrixRow): string[] => [
  `\`${command}\``,
  by.join('<br>'),
  from?.join(', ') ?? '',
  to?.join(', ') ?? '',
  signs ? 'yes' : '',
  hinders.map(({ says, authority }) => `${says} (${authority})`).join('<br>'),
];

/** A cell of a Markdown table: what would end it is written out. */
const written = (cell: string): string => cell.replaceAll('|', '\\|');

const line = (row: readonly string[]): string => `| ${row.map(written).join(' | ')} |`;

const tableOf = (about: string, rows: readonly MatrixRow[]): string =>
  [`## ${about}`, '', line(heads), line(heads.map(() => '---')), ...rows.map((row) => line(cells(row)))].join(
    '\n',
  );

/** The matrix of permissions, made of the commands themselves: a table for each kind of thing. */
const inTables = (): string => {
  const rows = matrix();
  const kinds = [...new Set(rows.map(({ on }) => on))];
  return kinds
    .map((kind) =>
      tableOf(
        kind,
        rows.filter(({ on }) => on === kind),
      ),
    )
    .join('\n\n');
};

export const rules: Command = {
  name: 'rules',
  takes: '[--checklist]',
  says: 'print who may do what, from which status, and what may stand in the way',
  help: `Markdown tables, made of the commands that the service itself asks. A command is refused in this order: authority,
stale version or wrong status, separation of duties for those who sign, then the first of what stands in the way.
With --checklist: the citations of law and guidance that a solicitor of the council checks, each with where it bites.`,
  options: { checklist: { type: 'boolean' } },
  run(given, { say }) {
    say(given.flag('checklist') ? solicitorChecklist().trimEnd() : inTables());
    return Promise.resolve(exitCodes.done);
  },
};
