/** A machine as a council would set it up: an empty PostgreSQL, a mail server, and the service in production beside them. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { startEmbedded } from '../../db/embedded/embedded.js';
import { StepFailed, type Service } from '../../server/demo-line/client.js';
import { mailServer, type MailServer } from '../support/smtp.js';

/** The address that the council’s people know; a proxy stands before the service and speaks TLS. */
const address = 'https://need-to-know.borough.example';
const councilName = 'Borough of Nowhere Council';

/** As a proxy on the same machine passes calls on. */
const proxied = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '192.0.2.1' };

export interface Machine {
  readonly mail: MailServer;
  /** Runs `npm run cli -- …`; what it prints. @throws StepFailed where it does not end with 0 */
  readonly command: (step: string, ...args: string[]) => Promise<string>;
  /** Starts the service, and waits until it is ready. @throws StepFailed */
  readonly start: (step: string) => Promise<Service>;
  /** Ends the service, the mail server and PostgreSQL, and removes all that they kept. */
  readonly stop: () => Promise<void>;
}

const root = path.resolve(import.meta.dirname, '../..');
const run = promisify(execFile);

/** Until the log says where it listens. */
const listening = async (service: ChildProcess, step: string): Promise<URL> => {
  if (!service.stdout || !service.stderr) throw new Error('The service was started without pipes.');
  let said = '';
  service.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  for await (const line of createInterface({ input: service.stdout })) {
    said += `${line}\n`;
    const ready = /"address":"([^"]+)".*"msg":"ready"/.exec(line)?.[1];
    if (ready !== undefined) {
      service.stdout.resume();
      return new URL(ready);
    }
  }
  throw new StepFailed(step, `the service did not come up:\n${said}`);
};

export const setUpMachine = async (): Promise<Machine> => {
  const folder = mkdtempSync(path.join(tmpdir(), 'first-decision-'));
  // PostgreSQL runs as another user where this is root, and has to come through to its own folder.
  chmodSync(folder, 0o711);
  const database = await startEmbedded({ dataDir: path.join(folder, 'postgres') });
  const mail = await mailServer();
  const { PATH, HOME, TMPDIR } = process.env;
  const settings = {
    PATH,
    HOME,
    TMPDIR,
    NODE_ENV: 'production',
    PORT: '0',
    BASE_URL: address,
    TRUST_PROXY: 'loopback',
    DATABASE_URL: database.serviceUrl,
    MIGRATION_DATABASE_URL: database.ownerUrl,
    SESSION_SECRET: randomBytes(32).toString('base64'),
    SMTP_URL: mail.url,
    MAIL_FROM: 'need-to-know@borough.example',
    COUNCIL_NAME: councilName,
    DATA_DIR: path.join(folder, 'data'),
  };
  let service: ChildProcess | undefined;

  return {
    mail,
    command: async (step, ...args) => {
      try {
        const { stdout } = await run(process.execPath, ['server/start.mjs', '--cli', ...args], {
          cwd: root,
          env: settings,
        });
        return stdout;
      } catch (error) {
        const { stderr = '', code } = error as { readonly stderr?: string; readonly code?: unknown };
        throw new StepFailed(step, `the command ended with ${String(code)}:\n${stderr}`);
      }
    },
    start: async (step) => {
      service = spawn(process.execPath, ['server/start.mjs'], {
        cwd: root,
        env: settings,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      return { address: await listening(service, step), proxied };
    },
    stop: async () => {
      if (service && service.exitCode === null && service.signalCode === null) {
        service.kill('SIGTERM');
        await once(service, 'exit');
      }
      await mail.close();
      await database.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** The token of the newest link in a text. @throws StepFailed where there is none */
export const tokenIn = (step: string, text: string): string => {
  const found = [...text.matchAll(/(https:\/\/\S+)\/set-password\/([\w-]{43})/g)].at(-1);
  if (found?.[1] !== address) throw new StepFailed(step, `no link to set a password:\n${text.slice(0, 500)}`);
  return found[2] ?? '';
};
