/** What a text of the committee system says, without the marks of the web page that it was written for. */
import { decodeHTML } from 'entities';

/** `&amp;`, `&#39;`, `&nbsp;`: left over where a text was escaped twice. */
const entity = /&(?:[a-z][a-z\d]{1,30}|#\d{1,7}|#x[\da-f]{1,6});/iu;
const lineBreak = /<(?:br|\/p|\/li|\/div)\s*\/?>/giu;
/** The elements that editors of web pages write, and nothing else in angle brackets. */
const tag =
  /<\/?(?:a|abbr|b|br|div|em|font|h[1-6]|i|li|ol|p|small|span|strong|sub|sup|u|ul)(?:\s[^<>]*)?\/?>/giu;

/** The text with its entities read: as often as it was escaped once too often, three times at the most. */
const unescaped = (text: string): string => {
  let said = text;
  for (let times = 0; times < 3 && entity.test(said); times += 1) said = decodeHTML(said);
  return said;
};

/** Each `<br>` and each end of a paragraph as a line break; other elements are left out, and what stands in them stays. */
export const plain = (text: string | undefined): string | undefined =>
  text === undefined
    ? undefined
    : unescaped(text)
        .replaceAll(lineBreak, '\n')
        .replaceAll(tag, '')
        .replaceAll(/[\u{A0}\u{202F}]/gu, ' ');
