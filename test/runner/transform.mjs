import { transformSync } from '@swc/core';

/**
 * TypeScript as Node runs it.
 *
 * @param {string} source
 * @param {string} file its path, which the map names
 * @returns {{ code: string, map: string }} the map as JSON, not named in the code
 */
export const transform = (source, file) => {
  const { code, map } = transformSync(source, {
    configFile: false,
    swcrc: false,
    filename: file,
    sourceFileName: file,
    sourceMaps: true,
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'es6' },
  });
  return { code, map: map ?? '' };
};
