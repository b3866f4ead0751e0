import type { RequestHandler } from 'express';
import type { Logger } from 'pino';

const headers = ['forwarded', 'x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-host'];

/**
 * Says once that a proxy seems to stand before the service, where it is told to trust none: everybody would then share the
 * proxy's address, and with it one count of failed tries to sign in.
 */
export const warnOfProxy = (log: Logger): RequestHandler => {
  let warned = false;
  return (req, _res, next) => {
    const header = warned ? undefined : headers.find((name) => req.headers[name] !== undefined);
    if (header !== undefined) {
      warned = true;
      log.warn(
        { header },
        'a request came with a header of a proxy, and TRUST_PROXY is not set: the service takes all who come through ' +
          'that proxy for one caller; set TRUST_PROXY to the number of proxies before it, or to their addresses',
      );
    }
    next();
  };
};
