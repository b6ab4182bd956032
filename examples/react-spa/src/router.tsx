import { createBrowserRouter, Navigate } from 'react-router'
import { ConfirmEmail } from './account/confirm-email.tsx'
import { Deletion } from './account/deletion.tsx'
import { Email } from './account/email.tsx'
import { Password } from './account/password.tsx'
import { Profile } from './account/profile.tsx'
import { Activity } from './activity/activity.tsx'
import { Arriving } from './layout/arriving.tsx'
import { Broken } from './layout/broken.tsx'
import { Entrance } from './layout/entrance.tsx'
import { Frame } from './layout/frame.tsx'
import { NotFound } from './layout/not-found.tsx'
import { Shell } from './layout/shell.tsx'
import { UndoEmailChange } from './mail-links/undo-email-change.tsx'
import { VerifyEmail } from './mail-links/verify-email.tsx'
import { ForgotPassword } from './recovery/forgot-password.tsx'
import { ResetPassword } from './recovery/reset-password.tsx'
import { Gate } from './session/gate.tsx'
import { Sessions } from './sessions/sessions.tsx'
import { SignIn } from './sign-in/sign-in.tsx'
import { CheckMail } from './sign-up/check-mail.tsx'
import { SignUp } from './sign-up/sign-up.tsx'
import { Terms } from './sign-up/terms.tsx'
import { Start } from './start/start.tsx'

/** Every address of this client. The server sends index.html for `/`, `/account/…` and `/admin/…`. */
export function createRouter() {
  return createBrowserRouter([
    {
      Component: Shell,
      children: [
        {
          ErrorBoundary: Broken,
          HydrateFallback: Arriving,
          children: [
            { path: '/', Component: Start },
            { path: '/account', element: <Navigate to="/" replace /> },
            {
              Component: Entrance,
              children: [
                { path: '/account/sign-in', Component: SignIn },
                { path: '/account/sign-up', Component: SignUp },
                { path: '/account/check-mail', Component: CheckMail },
                { path: '/account/terms', Component: Terms },
                { path: '/account/verify-email', Component: VerifyEmail },
                { path: '/account/undo-email-change', Component: UndoEmailChange },
                { path: '/account/forgot-password', Component: ForgotPassword },
                { path: '/account/reset-password', Component: ResetPassword }
              ]
            },
            {
              Component: Frame,
              children: [
                {
                  Component: Gate,
                  children: [
                    { path: '/account/profile', Component: Profile },
                    { path: '/account/email', Component: Email },
                    { path: '/account/email/confirm', Component: ConfirmEmail },
                    { path: '/account/password', Component: Password },
                    { path: '/account/sessions', Component: Sessions },
                    { path: '/account/activity', Component: Activity },
                    { path: '/account/delete', Component: Deletion }
                  ]
                },
                {
                  element: <Gate only="Admin" />,
                  children: [{ path: '/admin/*', lazy: () => import('./admin/routes.tsx') }]
                },
                { path: '*', Component: NotFound }
              ]
            }
          ]
        }
      ]
    }
  ])
}
