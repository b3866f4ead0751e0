import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/**
 * Asks for what nobody else is to read: at a terminal nothing of it is shown, from a pipe it is the first line.
 * @returns what was typed; empty where nothing was
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
