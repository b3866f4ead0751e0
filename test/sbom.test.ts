/** The bill of materials that `npm run sbom` prints: CycloneDX, of what the service is shipped with. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';

const root = path.resolve(import.meta.dirname, '..');

const component = z.looseObject({
  'bom-ref': z.string(),
  type: z.literal('library'),
  group: z.string().optional(),
  name: z.string(),
  version: z.string().regex(/^\d+\.\d+\.\d+/),
  purl: z.string().regex(/^pkg:npm\//),
  hashes: z.array(
    z.strictObject({ alg: z.literal('SHA-512'), content: z.string().regex(/^[0-9a-f]{128}$/) }),
  ),
});
const bill = z.looseObject({
  bomFormat: z.literal('CycloneDX'),
  specVersion: z.string().regex(/^1\.[5-9]$/),
  serialNumber: z.string().regex(/^urn:uuid:[0-9a-f-]{36}$/),
  metadata: z.looseObject({
    component: z.looseObject({ name: z.string(), version: z.string(), type: z.literal('application') }),
  }),
  components: z.array(component),
  dependencies: z.array(z.looseObject({ ref: z.string(), dependsOn: z.array(z.string()) })),
});

const lock = z
  .looseObject({ packages: z.record(z.string(), z.looseObject({ dev: z.boolean().optional() })) })
  .parse(JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')));
/** The packages of the lock file, by name and version. */
const locked = (dev: boolean): string[] =>
  Object.entries(lock.packages)
    .filter(([place, each]) => place !== '' && (each.dev === true) === dev)
    .map(([place, { version }]) => `${place.split('node_modules/').at(-1)}@${String(version)}`);

let printed: z.infer<typeof bill>;
beforeAll(async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [path.join(root, 'test/sbom.mjs')], {
    cwd: root,
    maxBuffer: 64 * 1024 * 1024,
  });
  printed = bill.parse(JSON.parse(stdout));
}, 120_000);

describe('the bill of materials', () => {
  test('is CycloneDX, and of this service', () => {
    const { name, version } = printed.metadata.component;
    const { name: own, version: ownVersion } = JSON.parse(
      readFileSync(path.join(root, 'package.json'), 'utf8'),
    ) as { readonly name: string; readonly version: string };
    expect([name, version]).toEqual([own, ownVersion]);
  });

  test('lists what the service is shipped with, and nothing that only makes or tests it', () => {
    const listed = printed.components.map(
      ({ group, name, version }) => `${group === undefined ? '' : `${group}/`}${name}@${version}`,
    );
    expect([...new Set(listed)].toSorted()).toEqual([...new Set(locked(false))].toSorted());
    const shipped = new Set(locked(false));
    const ofDevelopment = locked(true).filter((each) => !shipped.has(each));
    expect(ofDevelopment.length).toBeGreaterThan(100);
    expect(listed.filter((each) => ofDevelopment.includes(each))).toEqual([]);
  });

  test('says of each what it needs, by what is listed', () => {
    const listed = new Set(['need-to-know@0.1.0', ...printed.components.map((each) => each['bom-ref'])]);
    const needed = printed.dependencies.flatMap(({ ref, dependsOn }) => [ref, ...dependsOn]);
    expect(needed.filter((ref) => !listed.has(ref))).toEqual([]);
  });
});
