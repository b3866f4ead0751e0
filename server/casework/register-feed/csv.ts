import { CsvError, parse } from 'csv-parse/sync';
import { Invalid, type FieldError } from '../../../policies/refusals.js';
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
type Column = (typeof columns)[number];

/** The columns to read, false for those that are none of ours. */
const columnsOf = (header: readonly string[]): (Column | false)[] => {
  const found = header.map((cell) => columns.find((column) => column === cell.trim().toLowerCase()) ?? false);
  const errors = columns.flatMap((column): FieldError[] => {
    const times = found.filter((name) => name === column).length;
    if (times === 1) return [];
    return [
      {
        field: `column.${column}`,
        message: `This column ${times ? 'stands more than once' : 'is missing'}.`,
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

/**
 * The members of a CSV file with a header row, parted by commas, as texts.
 * @throws Invalid for what is no CSV, a missing column, or more members than a council has
 */
export const readCsv = (text: string): RawMember[] => {
  let rows: Record<Column, string>[];
  try {
    rows = parse<Record<Column, string>>(text, {
      columns: columnsOf,
      record_delimiter: ['\r\n', '\n', '\r'],
      skip_empty_lines: true,
      to: mostMembers + 1,
    });
  } catch (fault) {
    if (!(fault instanceof CsvError)) throw fault;
    throw unreadable(`Line ${Number(fault.lines)}: ${faults[fault.code] ?? 'this is not well-formed CSV'}.`);
  }
  if (rows.length > mostMembers) throw tooManyMembers();
  return rows.map((row) => ({
    externalId: row.councillorid,
    name: row.fullusername,
    ward: row.wardtitle,
    email: row.email,
    posts: row.keyposts,
    terms: [{ from: row.startdate, to: row.enddate }],
  }));
};
