import cookie from '@fastify/cookie'
import type { FastifyInstance } from 'fastify'
import auth from '../plugins/auth.ts'
import blurredTiming from '../plugins/blurred-timing.ts'
import context from '../plugins/context.ts'
import database from '../plugins/database.ts'
import errorResponses from '../plugins/error-responses.ts'
import errors from '../plugins/errors.ts'
import housekeeping from '../plugins/housekeeping.ts'
import jwks from '../plugins/jwks.ts'
import mailer from '../plugins/mailer.ts'
import noStore from '../plugins/no-store.ts'
import origin from '../plugins/origin.ts'
import outbox from '../plugins/outbox.ts'
import rateLimit from '../plugins/rate-limit.ts'
import signingKeys from '../plugins/signing-keys.ts'
import validation from '../plugins/validation.ts'
import waitBudget from '../plugins/wait-budget.ts'
import { accountRoutes } from './accounts/routes.ts'
import { accountEventRoutes, eventRoutes } from './audit/routes.ts'
import type { ContextOptions } from './context.ts'
import type { RenderOptions } from './outbox/render.ts'
import { undeliveredMailRoutes } from './outbox/routes.ts'
import { recoveryRoutes } from './recovery/routes.ts'
import { registrationRoutes } from './registration/routes.ts'
import { deviceRoutes } from './sessions/device-routes.ts'
import { sessionRoutes } from './sessions/routes.ts'
import { suspensionRoutes } from './suspension/routes.ts'

export interface AppOptions extends Omit<ContextOptions, 'db' | 'onError'> {
  databaseUrl: string
  smtpUrl: string
  /** JWT_PRIVATE_KEYS: the files that it names are read again. */
  signingKeys: string
  prefix: string
  texts: RenderOptions['texts']
}

/** The table of contents: plugins in the order in which they need each other, then the rooms. */
export async function app(instance: FastifyInstance, options: AppOptions): Promise<void> {
  const { config, clock, secret, hashCost, onEvent } = options
  const languages = Object.keys(options.texts ?? {})
  await instance.register(errors)
  await instance.register(errorResponses, { limited: true })
  await instance.register(validation, { passwordMinLength: config.PASSWORD_MIN_LENGTH })
  await instance.register(noStore)
  await instance.register(blurredTiming)
  await instance.register(waitBudget)
  await instance.register(database, { url: options.databaseUrl })
  await instance.register(mailer, { url: options.smtpUrl, from: config.MAIL_FROM })
  await instance.register(context, { config, clock, secret, hashCost, languages, onEvent })
  await instance.register(outbox, { clientUrl: config.CLIENT_URL, texts: options.texts })
  await instance.register(housekeeping)
  await instance.register(rateLimit) // before auth: who is refused costs no query
  await instance.register(origin, { origins: config.origins, publicUrl: config.PUBLIC_URL })
  // A host's own cookie parser is as good as ours, and registering a second one would fail.
  if (!instance.hasRequestDecorator('cookies')) await instance.register(cookie)
  await instance.register(signingKeys, { source: options.signingKeys, issuer: config.PUBLIC_URL })
  await instance.register(auth, { ctx: instance.context })
  await instance.register(jwks)

  const { prefix } = options
  await instance.register(sessionRoutes, { prefix })
  await instance.register(registrationRoutes, { prefix })
  await instance.register(recoveryRoutes, { prefix })
  await instance.register(accountRoutes, { prefix })
  await instance.register(suspensionRoutes, { prefix })
  await instance.register(deviceRoutes, { prefix })
  await instance.register(accountEventRoutes, { prefix })
  const beside = prefix.replace(/\/[^/]*\/?$/, '') // the accounts
  await instance.register(eventRoutes, { prefix: beside })
  await instance.register(undeliveredMailRoutes, { prefix: beside })
}
