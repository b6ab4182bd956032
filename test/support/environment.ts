/** What a program of ours gets from this process: nothing that would configure it. */
export function bareEnvironment() {
  const { PATH, HOME, NODE_COMPILE_CACHE } = process.env
  return { PATH, HOME, NODE_COMPILE_CACHE }
}
