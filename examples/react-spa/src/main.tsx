import './theme/index.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router/dom'
import { takeLinkToken } from './mail-links/link-token.ts'
import { queryClient } from './query-client.ts'
import { createRouter } from './router.tsx'
import { watchFarewells } from './session/farewell.ts'
import { restoring } from './session/restoring.tsx'
import { LanguageProvider } from './texts/language.tsx'
import { applyAppearance } from './theme/appearance.ts'

takeLinkToken() // before the router reads the address
applyAppearance()
watchFarewells()
void queryClient.prefetchQuery(restoring)

const root = document.getElementById('root')
if (!root) throw new Error('index.html has an element with the id root.')
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <LanguageProvider>
        <RouterProvider router={createRouter()} />
      </LanguageProvider>
    </QueryClientProvider>
  </StrictMode>
)
