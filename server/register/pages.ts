import { importPages } from './pages/import.js';
import { keepingPages, newPages } from './pages/keep.js';
import { readingPages, recordPages } from './pages/read.js';

/** The register of members. The page of one entry comes after those whose last word is no id. */
export const registerPages = [...readingPages, ...newPages, ...importPages, ...recordPages, ...keepingPages];
