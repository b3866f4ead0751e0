/** The one layout of all mail: text and HTML say the same, made of the same parts. */

export interface Link {
  readonly text: string;
  readonly href: string;
}

/** A message in parts, as plain text; the HTML escapes it. */
export interface Letter {
  /** One line, neutral: what happened to which reference. */
  readonly subject: string;
  /** One paragraph each. */
  readonly body: readonly string[];
  /** Several things, each with a link of its own, between the body and the last link. */
  readonly items?: readonly { readonly text: string; readonly link: Link }[];
  /** To be kept letter by letter, such as a signed note. */
  readonly verbatim?: string;
  readonly link: Link;
  readonly council: string;
  readonly service: string;
}

const farewell = ({ service, council }: Letter): readonly string[] => [
  'This message leaves out the details on purpose: they are read after signing in.',
  `Sent by the service “${service}” of ${council}. Replies to this address are not read.`,
];

export const asText = (letter: Letter): string =>
  [
    letter.subject,
    ...letter.body,
    ...(letter.items ?? []).map(({ text, link }) => `${text}\n${link.text}:\n${link.href}`),
    ...(letter.verbatim === undefined ? [] : [letter.verbatim]),
    `${letter.link.text}:\n${letter.link.href}`,
    '-- ',
    ...farewell(letter),
    '',
  ].join('\n\n');

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => escapes[character] ?? '');

const paragraph = (text: string, style = 'margin: 0 0 16px'): string => `<p style="${style}">${text}</p>`;

const anchor = ({ text, href }: Link): string =>
  `<a href="${escaped(href)}" style="color: #1a65a6">${escaped(text)}</a>`;

const asItem = ({ text, link }: { readonly text: string; readonly link: Link }): string =>
  paragraph(`${escaped(text)}<br>\n${anchor(link)}`);

/** It loads nothing from anywhere, so that nobody learns that it was opened. */
export const asHtml = (letter: Letter): string => {
  const { subject, body, items = [], verbatim, link } = letter;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(subject)}</title>
</head>
<body style="margin: 0; padding: 24px; background-color: #ffffff; color: #0b0c0c; font: 18px/1.4 Arial, Helvetica, sans-serif">
<main style="max-width: 36em">
<h1 style="margin: 0 0 16px; font-size: 22px">${escaped(subject)}</h1>
${body.map((text) => paragraph(escaped(text))).join('\n')}
${items.map(asItem).join('\n')}
${verbatim === undefined ? '' : `<pre style="margin: 0 0 16px; font-size: 14px; white-space: pre-wrap; word-break: break-all">${escaped(verbatim)}</pre>`}
${paragraph(anchor(link))}
<hr style="border: 0; border-top: 1px solid #b1b4b6; margin: 24px 0 16px">
${farewell(letter)
  .map((text) => paragraph(escaped(text), 'margin: 0 0 8px; font-size: 16px; color: #505a5f'))
  .join('\n')}
</main>
</body>
</html>
`;
};
