import { runCommand } from '../../server/cli/run.js';

/** What a command came to. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command of `npm run cli --` in this process, with these settings and no others. */
export const ran = async (
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
  secret: string | ((question: string) => string) = '',
): Promise<Ran> => {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await runCommand(
    args,
    {
      say: (line) => void out.push(line),
      warn: (line) => void err.push(line),
      secret: (question) => Promise.resolve(typeof secret === 'string' ? secret : secret(question)),
    },
    () => env,
  );
  return { code, out: out.join('\n'), err: err.join('\n') };
};
