/** The one route behind which all operations of the Meta Service stand. */
export const META_SERVICE_ROUTE = '/MetaService/http';

/**
 * The path of an operation as the client gave it, `v1/` included, empty segments dropped (contract, sections 1.1 and 18):
 * `//MetaService/http//v1/get_instance/?token=…` is `v1/get_instance`. Undefined when the URL is not of this API.
 */
export function operationPath(url: string): string | undefined {
  const query = url.indexOf('?');
  const path = query === -1 ? url : url.slice(0, query);
  const [service, http, ...operation] = path.split('/').filter((segment) => segment !== '');
  return service === 'MetaService' && http === 'http' ? operation.join('/') : undefined;
}

/** Leads every URL of this API to its one route, so that neither slashes nor broken escapes in an op's name divert it. */
export function toMetaServiceRoute(url: string): string {
  if (operationPath(url) === undefined) return url;
  const query = url.indexOf('?');
  return query === -1 ? META_SERVICE_ROUTE : META_SERVICE_ROUTE + url.slice(query);
}

/** Without the version: `v1` is the only one, and each op is the same with it (section 1.1). */
export const operationName = (path: string): string => (path.startsWith('v1/') ? path.slice(3) : path);
