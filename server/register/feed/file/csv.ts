import { CsvError, parse } from 'csv-parse/sync';
import { Invalid, type FieldError } from '../../../../policies/core/refusals.js';
import type { Decoded } from './decode.js';
import { mostMembers, tooManyMembers, unreadable } from './fault.js';
import type { RawMember } from './members.js';

const columns = [
  'councillorid',
  'fullusername',
  'wardtitle',
  'email',
  'keyposts',
  'startdate',
  'enddate',
] as const;
/** Read where it is there, to leave out the posts that name it. */
const partyColumn = 'politicalpartytitle';
type Column = (typeof columns)[number] | typeof partyColumn;

/** `Councillor ID`, `councillor_id` and `councillorid` are one heading. */
const headingOf = (cell: string): string => cell.toLowerCase().replaceAll(/[^a-z]/gu, '');

/** The columns to read, false for columns that we do not know. */
const columnsOf = (header: readonly string[]): (Column | false)[] => {
  const read = [...columns, partyColumn] as const;
  const found = header.map((cell) => read.find((column) => column === headingOf(cell)) ?? false);
  const errors = columns.flatMap((column): FieldError[] => {
    const times = found.filter((name) => name === column).length;
    if (times === 1) return [];
    return [
      {
        field: `column.${column}`,
        message: times ? 'This column stands more than once.' : `Add a column with the heading “${column}”.`,
      },
    ];
  });
  if (errors.length > 0) throw new Invalid(errors);
  return found;
};

/** By the parser's code for a fault; its own words quote the file. */
const faults: Readonly<Partial<Record<string, string>>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quoted field is not closed, or the file is cut off',
  CSV_RECORD_INCONSISTENT_COLUMNS:
    'the row has more or fewer columns than the header, or the file is cut off',
};

type Row = Record<(typeof columns)[number], string> & { readonly [partyColumn]?: string };

/** A cut-off date is no longer a date, so the check of dates finds it. */
const isDay = (name: string): boolean => name === 'startdate' || name === 'enddate';

/** What may part the columns: spreadsheets write what their country does. The heading shows which it is. */
const delimiters = [',', ';', '\t', '|'] as const;

interface Table {
  readonly rows: string;
  readonly heading: string;
  readonly delimiter: (typeof delimiters)[number];
}

/** The table, without the line `sep=;` that Excel may put before it. */
const tableIn = (text: string): Table => {
  const rows = text.replace(/^"?sep=.{1,2}"?(?:\r\n|\n|\r)/iu, '');
  const [heading = ''] = rows.split(/[\r\n]/u, 1);
  const known = (delimiter: string): number =>
    heading.split(delimiter).filter((cell) => columns.some((column) => column === headingOf(cell))).length;
  const [delimiter = ','] = delimiters.toSorted((one, other) => known(other) - known(one));
  return { rows, heading, delimiter };
};

/**
 * A file that stops in the middle of a line may have been cut off there, and half an address is an address too. RFC
 * 4180 allows the last line without its end; we allow it too if its last field shows that it is whole.
 */
const refuseCutOff = ({ rows, heading, delimiter }: Table): void => {
  const last = headingOf(heading.split(delimiter).at(-1) ?? '');
  const isWhole = isDay(last) && !rows.endsWith(delimiter);
  if (!/[\r\n"]$/u.test(rows) && !isWhole) {
    throw unreadable('The last line has no end, as in a file that was cut off. End it with a line break.');
  }
};

/**
 * The members of a CSV file with a header row, as texts: separated by commas, semicolons, tabs or bars.
 * @throws Invalid for a file that is not CSV, a missing column, or more members than a council has
 */
export const readCsv = ({ text }: Decoded): RawMember[] => {
  const table = tableIn(text);
  let rows: Row[];
  try {
    rows = parse<Row>(table.rows, {
      columns: columnsOf,
      delimiter: table.delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      skip_empty_lines: true,
      // Excel writes hundreds of rows of nothing but commas below a table.
      skip_records_with_empty_values: true,
      to: mostMembers + 1,
    });
  } catch (fault) {
    if (!(fault instanceof CsvError)) throw fault;
    throw unreadable(`Line ${Number(fault.lines)}: ${faults[fault.code] ?? 'this is not well-formed CSV'}.`);
  }
  if (rows.length > mostMembers) throw tooManyMembers();
  refuseCutOff(table);
  return rows.map((row) => ({
    externalId: row.councillorid,
    name: row.fullusername,
    ward: row.wardtitle,
    email: row.email,
    posts: row.keyposts,
    party: row[partyColumn],
    terms: [{ from: row.startdate, to: row.enddate }],
  }));
};
