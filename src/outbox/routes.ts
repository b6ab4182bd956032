import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@sinclair/typebox'
import { Problem } from '../errors.ts'
import { idFromText } from '../ids.ts'
import { LINK_HEADER, linkTo } from '../paging.ts'
import { dropBlanks, ok, told } from '../schemas.ts'
import * as schemas from './schemas.ts'
import { list, retry } from './undelivered.ts'

const RETRIED = { message: 'The mail is not parked.' }

/** Mail that has not arrived, for Admins. */
export const undeliveredMailRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get(
    '/undelivered-mail',
    {
      config: { role: 'Admin' },
      preValidation: async request => dropBlanks(request.query, schemas.UndeliveredMailQuery),
      schema: {
        operationId: 'listUndeliveredMail',
        tags: ['Mail'],
        summary: 'Mail that has not arrived, newest first; the Link header leads to the next page',
        description:
          'What is `waiting` for its next try, and what is `parked`, given up until an Admin has it tried again: a mail server ' +
          'refused it for good, or for a day and a half. ' +
          'With `state=parked` what was parked last comes first. Parked mail is deleted after 30 days. What is in a mail ' +
          'is not shown, for its link would sign in whoever reads it.',
        querystring: schemas.UndeliveredMailQuery,
        response: { 200: ok(Type.Array(schemas.UndeliveredMailView), 'A page of mails.', LINK_HEADER) }
      }
    },
    async (request, reply) => {
      const { rows, next } = await list(app.context, request.query)
      if (next) reply.header('Link', linkTo(request.query, next))
      return rows.map(schemas.presentMail)
    }
  )

  app.delete(
    '/undelivered-mail/:id/parking',
    {
      config: { role: 'Admin', limits: ['changes', 'changes-account'], errors: ['mail_not_found'] },
      schema: {
        operationId: 'retryMail',
        tags: ['Mail'],
        summary: 'Have a parked mail tried again, at once',
        description:
          'Its tries are counted anew. A mail whose link has run out meanwhile arrives all the same, and its link does not ' +
          'work any more. Where the mail waits, or has arrived meanwhile, nothing changes.',
        params: schemas.MailId,
        response: { 200: told('The mail is not parked, whether or not it was.', RETRIED) }
      }
    },
    async request => {
      const id = idFromText(request.params.id)
      if (!id) throw new Problem('mail_not_found')
      await retry(app.context, request.membership, id)
      return RETRIED
    }
  )
}
