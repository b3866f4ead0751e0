/** Incidents: reported by who answers for what happened, looked into and closed by Data Protection. */
import { presentIncident, presentIncidentLine } from './present.js';
import { incidentFileAfter } from './incident-file.js';
import { addCase } from './add-case.js';
import { answerAllegation } from './answer-allegation.js';
import { assessBreach } from './assess-breach.js';
import { closeIncident } from './close-incident.js';
import { listIncidents } from './list-incidents.js';
import { readIncident } from './read-incident.js';
import { tellAllegation } from './tell-allegation.js';
import { reportIncident } from './report-incident.js';
import { encodeCursor, seqIn } from '../web/api/cursor.js';
import { grantParams } from '../grant/bodies.js';
import { incidentLineShape, incidentShape } from './shapes.js';
import { once, type Joined } from '../web/api/once.js';
import { route } from '../web/api/route.js';
import { page } from '../web/schema/schemas.js';
import { pageOf } from '../web/schema/shapes.js';
import { addCaseHere, answerHere, assessHere, closeHere, reportHere, tellHere } from './commands.js';

const presentAfter = async (ctx: Joined, id: string) =>
  presentIncident(ctx, await incidentFileAfter(ctx, id));

export const incidentRoutes = [
  route({
    ...reportHere.api,
    summary:
      'Report something outside of what was approved: attendance without a grant, and what was disclosed without a visit',
    status: 201,
    response: incidentShape,
    run: (ctx, { body }) =>
      once(ctx, 201, (joined) => reportIncident(joined, body), presentAfter, 'incident.read'),
  }),
  route({
    method: 'GET',
    path: '/api/incidents',
    summary: 'The incidents that you may read, newest first',
    query: page,
    response: pageOf(incidentLineShape),
    run: async (ctx, { query: { limit, cursor } }) => {
      const before = seqIn(cursor);
      const { items, last } = await listIncidents(ctx, { limit, before });
      return {
        items: items.map((incident) => presentIncidentLine(ctx, incident)),
        next: last ? encodeCursor([last.seq]) : null,
      };
    },
  }),
  route({
    method: 'GET',
    path: '/api/incidents/{id}',
    summary: 'One incident, as much of it as you may see',
    params: grantParams,
    response: incidentShape,
    run: async (ctx, { params }) => presentIncident(ctx, await readIncident(ctx, params.id)),
  }),
  route({
    ...addCaseHere.api,
    summary: 'Add a case that nobody had planned, for the host and Children’s Services',
    status: 201,
    response: incidentShape,
    run: (ctx, { params, body }) =>
      once(
        ctx,
        201,
        (joined) => addCase(joined, params.id, body.caseReference),
        presentAfter,
        'incident.read',
      ),
  }),
  route({
    ...tellHere.api,
    summary: 'Tell the councillor what is alleged, for Data Protection',
    status: 201,
    response: incidentShape,
    run: (ctx, { params, body }) =>
      once(ctx, 201, (joined) => tellAllegation(joined, params.id, body.gist), presentAfter, 'incident.read'),
  }),
  route({
    ...answerHere.api,
    summary: 'Answer what is alleged',
    response: incidentShape,
    run: (ctx, { params, body }) =>
      once(
        ctx,
        200,
        (joined) => answerAllegation(joined, params.id, body.text),
        presentAfter,
        'incident.read',
      ),
  }),
  route({
    ...assessHere.api,
    summary: 'Assess an incident as a personal data breach, or supplement it, for Data Protection',
    status: 201,
    response: incidentShape,
    run: (ctx, { params, body }) =>
      once(ctx, 201, (joined) => assessBreach(joined, params.id, body), presentAfter, 'incident.read'),
  }),
  route({
    ...closeHere.api,
    summary: 'Close an incident, with reasons, for Data Protection',
    response: incidentShape,
    run: (ctx, { params, body }) =>
      once(
        ctx,
        200,
        (joined) => closeIncident(joined, params.id, body.reasons),
        presentAfter,
        'incident.read',
      ),
  }),
];
