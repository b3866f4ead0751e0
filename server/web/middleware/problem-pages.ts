import { Router } from 'express';
import { NotFound } from '../../../policies/core/refusals.js';
import { problems } from '../api/problem.js';

/** `/problems/{name}`: what each type of problem means, for programs and for people. */
export const problemPages = (): Router => {
  const router = Router();
  router.get('/problems/:name', (req, res) => {
    res.locals.route = '/problems/{name}';
    const { name } = req.params;
    const problem = Object.entries(problems).find(([each]) => each === name)?.[1];
    if (problem === undefined) throw new NotFound();
    const { title, status, explanation } = problem;
    res.format({
      json: () => res.json({ type: `/problems/${name}`, title, status, explanation }),
      html: () => res.send(page(title, status, explanation)),
    });
  });
  return router;
};

/** The words are our own, from the list: there is nothing to escape. */
const page = (title: string, status: number, explanation: string): string => `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>${title}</title></head>
  <body><main><h1>${title}</h1><p>${explanation}</p><p>HTTP status ${status}</p></main></body>
</html>
`;
