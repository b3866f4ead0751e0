/** Whether the run is `npm run test:long`: tests that sample or search then do so at full length. */
export const isLong = process.env['LONG'] === '1';
