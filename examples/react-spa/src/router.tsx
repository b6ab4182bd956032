import { createBrowserRouter } from 'react-router'
import { Broken } from './layout/broken.tsx'
import { Entrance } from './layout/entrance.tsx'
import { Frame } from './layout/frame.tsx'
import { NotFound } from './layout/not-found.tsx'
import { Shell } from './layout/shell.tsx'
import { Gate } from './session/gate.tsx'
import { SignIn } from './sign-in/sign-in.tsx'
import { Start } from './start/start.tsx'

/** Every address of this client. The server sends index.html for `/`, `/account/…` and `/admin/…`. */
export function createRouter() {
  return createBrowserRouter([
    {
      Component: Shell,
      children: [
        {
          ErrorBoundary: Broken,
          children: [
            { path: '/', Component: Start },
            {
              Component: Entrance,
              children: [{ path: '/account/sign-in', Component: SignIn }]
            },
            {
              Component: Frame,
              children: [
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
