import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/**
 * Asks for a secret: a terminal shows none of it, from a pipe it is the first line.
 * @returns the typed text; empty if there was none
 */
export const askedSecretly = (question: string): Promise<string> =>
  new Promise((resolve) => {
    process.stderr.write(question);
    const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
    const lines = createInterface({
      input: process.stdin,
      output: unseen,
      terminal: process.stdin.isTTY,
    });
    let typed = '';
    lines.once('line', (line) => {
      typed = line;
      lines.close();
    });
    lines.once('close', () => {
      process.stderr.write('\n');
      resolve(typed);
    });
  });
