/**
 * What `@jest/globals` is in a worker. Modules that several test files share keep their imports, while jest has a
 * new set of these for each file: so each passes a call on to the set of the file that runs now.
 */
const now = () => {
  const globals = globalThis[Symbol.for('need-to-know.jest-globals')];
  if (!globals) throw new Error('Run the tests with `npm test`.');
  return globals;
};

const passedOn = (name) =>
  new Proxy(() => {}, {
    apply: (_, self, given) => now()[name].apply(self, given),
    get: (_, key) => now()[name][key],
  });

export const afterAll = passedOn('afterAll');
export const afterEach = passedOn('afterEach');
export const beforeAll = passedOn('beforeAll');
export const beforeEach = passedOn('beforeEach');
export const describe = passedOn('describe');
export const expect = passedOn('expect');
export const it = passedOn('it');
export const jest = passedOn('jest');
export const test = passedOn('test');
