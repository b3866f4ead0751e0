import { importPages } from './register/import.js';
import { keepingPages, newPages } from './register/keep.js';
import { readingPages, recordPages } from './register/read.js';

/** The register of members. The page of one entry comes after those whose last word is no id. */
export const registerPages = [...readingPages, ...newPages, ...importPages, ...recordPages, ...keepingPages];
