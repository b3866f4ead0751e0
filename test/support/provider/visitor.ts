/** A browser that goes to the council’s own sign-in and comes back. */
import request from 'supertest';
import { paths } from '../../../server/web/paths.js';
import { leadsOnTo, Sheet, type FormOnPage } from '../browser-less.js';
import { sockets, type Council } from '../council.js';

export class Visitor {
  readonly agent: ReturnType<typeof request.agent>;

  constructor({ server }: Pick<Council, 'server'>) {
    this.agent = request.agent(server);
  }

  async open(path: string): Promise<Sheet> {
    const { status, text, headers } = await this.agent
      .get(path)
      .agent(sockets)
      .set('Accept', 'text/html')
      .redirects(0);
    return new Sheet(status, path, text, headers);
  }

  async send({ action, fields }: FormOnPage, more: object = {}): Promise<request.Response> {
    return this.agent
      .post(action)
      .agent(sockets)
      .set('Accept', 'text/html')
      .type('form')
      .send({ ...fields, ...more })
      .redirects(0);
  }

  /** Presses the button of the council’s own sign-in on a page. @returns where it leads */
  async leaves(page: string = paths.signIn): Promise<URL> {
    const sheet = await this.open(page);
    const button = sheet.forms.find(({ action }) => action === paths.toProvider);
    if (!button) throw new Error(`${page} has no button of the council’s own sign-in: ${sheet.text}`);
    const answer = await this.send(button);
    const onwards = leadsOnTo(answer.text);
    if (answer.status !== 200 || !onwards) throw new Error(`It led nowhere: ${answer.text}`);
    return onwards;
  }

  /** Comes back with what the provider gave it. */
  comes(given: URLSearchParams | string): Promise<Sheet> {
    return this.open(`${paths.fromProvider}?${given.toString()}`);
  }

  /** Who is signed in; null where nobody is. */
  async who(): Promise<string | null> {
    const { status, body } = await this.agent.get('/api/me').agent(sockets);
    return status === 200 ? (body as { email: string }).email : null;
  }
}
