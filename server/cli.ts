/** Commands for the person who runs the service, and for anyone who checks its trail: `npm run cli -- --help`. */
import { runCommand } from './cli/run.js';
import { askedSecretly } from './cli/secret.js';
import { environment } from './config.js';

process.exitCode = await runCommand(
  process.argv.slice(2),
  {
    say: (line) => void process.stdout.write(`${line}\n`),
    warn: (line) => void process.stderr.write(`${line}\n`),
    secret: askedSecretly,
  },
  environment,
);
