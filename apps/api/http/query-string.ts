/** Query parameters by name, decoded; of a parameter given twice the last one counts (contract meta-service, 18). */
export type QueryParameters = Readonly<Record<string, string>>;

/** `+` stays a plus sign: the contract decodes percent escapes and nothing else. */
export function parseQueryString(text: string): QueryParameters {
  // Without a prototype, so that no name of a client's is one of its members already.
  const parameters = Object.create(null) as Record<string, string>;
  if (text === '') return parameters;
  for (const pair of text.split('&')) {
    const equals = pair.indexOf('=');
    const name = equals === -1 ? pair : pair.slice(0, equals);
    parameters[decode(name)] = equals === -1 ? '' : decode(pair.slice(equals + 1));
  }
  return parameters;
}

/** A text with a broken escape is taken as it is. */
function decode(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
