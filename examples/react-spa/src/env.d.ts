interface ImportMetaEnv {
  /** The API's base URL, where it is not the origin that served this page. */
  readonly VITE_API_URL?: string
}
