// TimelineJS is written for a bundler: its imports leave out `.js`, and nothing tells Node
// that its files are modules.
export async function resolve(specifier, context, next) {
  const bare = specifier.startsWith(".") && !/\.m?js$/.test(specifier);
  return next(bare ? `${specifier}.js` : specifier, context);
}

export async function load(url, context, next) {
  const ours = url.includes("/@knight-lab/timelinejs/src/js/");
  return next(url, ours ? { ...context, format: "module" } : context);
}
