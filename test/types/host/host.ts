// A host application, compiled against the packed declarations and run on the packed files. Its own `app.db` and
// `request.scope` have other types than ours: nothing of ours may reach them.
import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify'
import { ERRORS, type MembershipOptions, membership } from 'guildhall'

declare module 'fastify' {
  interface FastifyInstance {
    db: { mine: string }
  }
  interface FastifyRequest {
    scope: number
  }
}

const app = Fastify()
app.decorate('db', { mine: 'still here' })
const options: MembershipOptions = {
  config: JSON.parse(process.env.HOST_CONFIG ?? '{}'),
  prefix: '/members',
  onEvent: event => console.error(event.event)
}
await app.register(membership, options)

app.get(
  '/secret',
  { onRequest: app.membership.authenticate },
  async (request: FastifyRequest, _: FastifyReply) => app.membership.memberOf(request)?.accountId
)

const refused = await app.inject('/secret')
const login = await app.inject({
  method: 'POST',
  url: '/members/authenticate',
  payload: { email: 'nobody@example.com', password: 'something' }
})
console.log(
  JSON.stringify({ db: app.db.mine, host: refused.statusCode, login: login.json().code, known: ERRORS.forbidden[0] })
)
await app.close()
