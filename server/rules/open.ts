/** `/rules`: the rule book for anyone, as a page or, by `Accept`, as JSON. Nobody is signed in, and it is about nobody. */
import { Router, type Request } from 'express';
import { createSettingsReader } from '../../db/settings/settings.js';
import { authorityKinds } from '../../policies/core/authorities.js';
import type { OpenCtx } from '../web/api/route.js';
import { common, noErrors } from '../web/pages/mount.js';
import type { Render } from '../web/pages/render.js';
import { paths } from '../web/paths.js';
import { headings } from './present.js';
import { readRules, type RulesRead } from './read-rules.js';

export interface RulesDeps {
  readonly render: Render;
  readonly openContextFor: (req: Request) => Pick<OpenCtx, 'db'>;
}

/** For the page: the authorities of each kind, each with the rules and the questions that rest on it. */
const sections = ({ authorities, rules, questions }: RulesRead) =>
  authorityKinds.map((kind) => ({
    ...headings[kind],
    authorities: authorities
      .filter((each) => each.kind === kind)
      .map((each) => ({
        ...each,
        rules: rules.filter(({ authority }) => authority === each.authority),
        questions: questions.filter(({ authority }) => authority === each.authority),
      })),
  }));

export const rulesDoor = ({ render, openContextFor }: RulesDeps): Router => {
  const router = Router({ caseSensitive: true, strict: true });
  const settingsOf = createSettingsReader();
  router.get(paths.rules, async (req, res) => {
    res.locals.route = paths.rules;
    const rules = readRules(await settingsOf(openContextFor(req).db));
    res.vary('Accept').set('Cache-Control', 'no-cache');
    if (req.accepts(['html', 'json']) === 'json') {
      res.json(rules);
      return;
    }
    const model = { ...common(req, res, null), errors: noErrors, edition: rules.edition };
    res.type('html').send(
      render('rules/views/show', {
        ...model,
        document: rules.adopted,
        sections: sections(rules),
      }),
    );
  });
  return router;
};
