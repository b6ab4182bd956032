import type { Answer } from '../test/support/answer.ts'
import {
  type Client,
  createClient,
  createMember,
  type Door,
  PASSWORD,
  passwords,
  registration
} from '../test/support/client.ts'
import { accountRow } from '../test/support/rows.ts'
import { present } from '../test/support/sessions.ts'
import {
  accounts,
  events,
  links,
  type Marked,
  mails,
  named,
  parkedMail,
  parkedMails,
  sessions,
  usedLinks
} from './traces.ts'

/** One request of somebody, and what it leaves behind. */
export interface Act {
  /** How it is answered when nothing fails. */
  right: number
  ask(door: Door): Promise<Answer>
  /** Each trace of the act, and how often it is there: an act done once has left each once, one not done none. */
  traces(): Promise<Record<string, number>>
}

/** What every kind of act needs to be told apart from the others. */
interface Stage extends Marked {
  admin: Client
}

/** A client at another door that is who the first one is. */
const as = (door: Door, { token, cookie, id, email }: Client) =>
  Object.assign(createClient(door), { token, cookie, id, email })

/** Every kind of act, each on members of its own. */
export const ACTS: Record<string, (stage: Stage) => Promise<Act>> = {
  async read({ app }) {
    const member = await createMember(app)
    return { right: 200, ask: door => as(door, member).get(`/${member.id}`), traces: async () => ({}) }
  },
  async login(stage) {
    const { email } = await createMember(stage.app)
    return {
      right: 200,
      ask: door => post(door, stage, '/authenticate', { email, password: PASSWORD }),
      traces: async () => ({
        event: await events(stage, 'login_succeeded'),
        session: (await sessions(stage.app, email)) - 1
      })
    }
  },
  async 'wrong login'(stage) {
    const { email } = await createMember(stage.app)
    return {
      right: 401,
      ask: door => post(door, stage, '/authenticate', { email, password: 'not the password' }),
      traces: async () => ({ event: await events(stage, 'login_failed') })
    }
  },
  async refresh({ app }) {
    const member = await createMember(app)
    return {
      right: 200,
      ask: door => as(door, member).refresh(),
      // Whatever came of it, the token that the client still has is good.
      traces: async () => ({ 'lost sessions': (await present(app, member.cookie ?? '')).status === 200 ? 0 : 2 })
    }
  },
  async logout(stage) {
    const member = await createMember(stage.app)
    return {
      right: 200,
      ask: door => as(door, member).post('/revoke-token', {}, marked(stage)),
      traces: async () => ({
        event: await events(stage, 'session_revoked'),
        ended: 1 - (await sessions(stage.app, member.email))
      })
    }
  },
  async registration(stage) {
    const email = `${stage.mark}@example.com`
    return {
      right: 200,
      ask: door => post(door, stage, '/register', registration(email)),
      traces: async () => ({
        event: await events(stage, 'registration_started'),
        account: await accounts(stage.app, email),
        link: await links(stage.app, email),
        mail: await mails(stage.app, email)
      })
    }
  },
  async verification(stage) {
    const email = `${stage.mark}@example.com`
    await createClient(stage.app.server).post('/register', registration(email))
    const token = await stage.app.mail.secret(email)
    return {
      right: 200,
      ask: door => post(door, stage, '/verify-email', { token }),
      traces: async () => ({
        event: await events(stage, 'email_verified'),
        used: await usedLinks(stage.app, token),
        verified: (await accountRow(stage.app, email)).verified_at === null ? 0 : 1
      })
    }
  },
  async 'forgotten password'(stage) {
    const { email } = await createMember(stage.app)
    return {
      right: 200,
      ask: door => post(door, stage, '/forgot-password', { email }),
      traces: async () => ({
        event: await events(stage, 'password_reset_requested'),
        link: (await links(stage.app, email)) - 1,
        mail: (await mails(stage.app, email)) - 1
      })
    }
  },
  async reset(stage) {
    const member = await createMember(stage.app)
    await member.post('/forgot-password', { email: member.email })
    const token = await stage.app.mail.secret(member.email, /reset/i)
    return {
      right: 200,
      ask: door => post(door, stage, '/reset-password', { token, ...passwords('a new long passphrase') }),
      traces: async () => ({
        event: await events(stage, 'password_reset'),
        used: await usedLinks(stage.app, token),
        ended: 1 - (await sessions(stage.app, member.email)),
        mail: (await mails(stage.app, member.email)) - 2
      })
    }
  },
  async 'change of name'(stage) {
    const member = await createMember(stage.app)
    return {
      right: 200,
      ask: door => as(door, member).put(`/${member.id}`, { firstName: stage.mark }, marked(stage)),
      traces: async () => ({
        event: await events(stage, 'account_updated'),
        name: await named(stage)
      })
    }
  },
  async creation(stage) {
    const email = `${stage.mark}@example.com`
    const { acceptTerms: _, ...account } = registration(email, { role: 'User' })
    return {
      right: 200,
      ask: door => as(door, stage.admin).post('/', account, marked(stage)),
      traces: async () => ({
        event: await events(stage, 'account_created'),
        account: await accounts(stage.app, email),
        mail: await mails(stage.app, email)
      })
    }
  },
  async 'another try of a mail'(stage) {
    const { app, mark } = stage
    const id = await parkedMail(app, `${mark}@example.com`)
    return {
      right: 200,
      ask: door => as(door, stage.admin).delete(`//undelivered-mail/${id}/parking`, marked(stage)),
      traces: async () => ({
        event: await events(stage, 'mail_retried'),
        due: (await mails(app, `${mark}@example.com`)) - (await parkedMails(app, `${mark}@example.com`))
      })
    }
  },
  async deletion(stage) {
    const member = await createMember(stage.app)
    return {
      right: 200,
      // From an agent that never entered the password: it must come along.
      ask: door => as(door, member).request('DELETE', `/${member.id}`, { currentPassword: PASSWORD }, marked(stage)),
      traces: async () => ({
        event: await events(stage, 'account_deleted'),
        gone: 1 - (await accounts(stage.app, member.email)),
        mail: await mails(stage.app, member.email, 'account-deleted'),
        told: await mails(stage.app, member.email, 'new-device')
      })
    }
  }
}

const marked = ({ mark }: Stage) => ({ headers: { 'user-agent': mark } })

async function post(door: Door, stage: Stage, path: string, body: object): Promise<Answer> {
  return await createClient(door).post(path, body, marked(stage))
}
