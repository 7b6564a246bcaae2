/** The sum of a metric's series, e.g. `metricOf(url, 'lakeledger_fence_folds_total', 'cause="late"')`; 0 when there is none. */
export async function metricOf(url: string, name: string, label = ''): Promise<number> {
  const exposition = await (await fetch(`${url}/metrics`)).text();
  return exposition
    .split('\n')
    .filter((line) => (line.startsWith(`${name} `) || line.startsWith(`${name}{`)) && line.includes(label))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
}
