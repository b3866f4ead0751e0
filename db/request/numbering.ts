/** SQL that gives out the next reference of the year `:year`, such as `OBS-2026-0001`: parts of one statement. */

/** The next number of the year. */
export const numbered = `numbered as (insert into reference_numbers as n (year, last) values (:year, 1)
  on conflict (year) do update set last = n.last + 1 returning year, last::text)`;

/** The reference with that number. */
export const numberedReference = `'OBS-' || year || '-' || lpad(last, greatest(4, length(last)), '0')`;
