/** GeoJSON of what no task changes: streets and addresses. */
export async function loadSurvey(baseUrl) {
  return get(`${baseUrl}/features?tables=street,address&limit=50000`);
}

/** GeoJSON of the network as it is stored: master, and what each design adds to it. */
export async function loadNetwork(baseUrl) {
  const designs = await get(`${baseUrl}/designs`);
  const query = `${baseUrl}/features?tables=pole,wall_box,oh_route&limit=50000`;
  const views = await Promise.all(
    designs.features.map(({ id }) => get(`${query}&design=${encodeURIComponent(id)}`)),
  );
  // Each is master and one design: what they share is to be there once.
  const features = new Map(views.flatMap((view) => view.features).map((feature) => [feature.id, feature]));
  return { type: 'FeatureCollection', features: [...features.values()] };
}

async function get(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  return response.json();
}
