import { isIPv6 } from 'node:net';

/** Where a call comes from: an IPv4 address, or the /64 that one IPv6 household or server has to itself. */
export const sourceOf = (ip: string): string => {
  const v4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (v4 !== undefined) return v4;
  if (!isIPv6(ip)) return ip;
  const [head = '', tail = ''] = ip
    .toLowerCase()
    .split('::')
    .map((half) => half.replace(/%.*$/, ''));
  const before = head.split(':').filter(Boolean);
  const after = tail.split(':').filter(Boolean);
  const missing = Math.max(0, 8 - before.length - after.length);
  const groups = [...before, ...Array<string>(missing).fill('0'), ...after];
  return groups.slice(0, 4).join(':');
};
