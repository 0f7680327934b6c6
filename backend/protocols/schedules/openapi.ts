import {
  answer,
  arrayOf,
  jsonContent,
  type OpenApiPart,
  objectOf,
  problemResponses,
  schemaRef,
} from '../../http/openapi.ts';

const text = { type: 'string' };

/** The schedules protocol in the OpenAPI document. */
export const openapi: OpenApiPart = {
  paths: {
    '/schedules': {
      get: {
        summary: 'The tasks that the server starts by itself: those of the caller, and for admins all',
        responses: { 200: answer('In order of name', jsonContent('ScheduleList')), ...problemResponses(400) },
      },
    },
  },
  schemas: {
    ScheduleList: objectOf(['schedules'], { schedules: arrayOf(schemaRef('Schedule')) }),
    Schedule: objectOf(['name', 'task', 'params', 'cron', 'timeZone', 'owner'], {
      name: { ...text, description: "Its tasks have the tag 'schedule:NAME'" },
      task: text,
      params: { type: 'object' },
      cron: { ...text, description: 'Five fields, minute to day of the week', examples: ['30 3 * * 1-5'] },
      timeZone: { ...text, examples: ['Europe/Berlin'] },
      owner: text,
      nextAt: { ...text, format: 'date-time' },
      lastTaskId: { ...text, description: 'As far as the server that answers knows' },
      lastError: { ...schemaRef('TaskError'), description: 'Why it could not start its last task' },
    }),
  },
};
