import { DataError } from '../../../../backend/data/DataError.ts';
import type { DataFile, DataKind, DataOptions } from '../../../../backend/data/dataTypes.ts';
import { openData } from '../../../../backend/data/openData.ts';
import type { ChosenLayer } from '../../../../backend/intake/ChosenLayer.ts';
import { designAround } from '../../../../backend/intake/designAround.ts';
import { type LayerSurvey, surveyLayers } from '../../../../backend/intake/surveyLayers.ts';
import { townOfLayers } from '../../../../backend/intake/townOfLayers.ts';
import { isDesignName, MAX_DESIGN_NAME } from '../../../../backend/network/designNames.ts';
import type { TownSource } from '../../../../backend/network/TownSource.ts';
import { ConfigError } from '../../config/ConfigError.ts';
import { dataFiles } from './dataFiles.ts';
import { chooseLayers, encodingsOf, type LayerOptions } from './layerOptions.ts';
import { printable } from './printable.ts';

const DEFAULT_DESIGN = 'FTTH';
const AS_GUESSED: LayerOptions = { map: [], kind: [], crs: [], encoding: [], swapAxes: [] };

/** Files that were read once and are known to be good. */
export interface ReadFiles {
  files: DataFile[];
  chosen: ChosenLayer[];
  survey: LayerSurvey;
  /** They name what could not be read; the rest is good all the same. */
  problems: string[];
}

/**
 * Finds the layers at the paths and reads them once. Rejects with a message for the operator where nothing can be used, or
 * where a layer is wrong as a whole.
 */
export async function readFiles(
  paths: readonly string[],
  options: DataOptions & { layers?: LayerOptions } = {},
): Promise<ReadFiles> {
  const files = await dataFiles(paths);
  const { layers: wanted = AS_GUESSED, ...reading } = options;
  const { layers, problems } = await openFiles(files, wanted, reading);
  const told = problems.map(({ file, text }) => printable(`${file}: ${text}`));
  // Something else in an archive is no harm. A file that was given is meant.
  const meant = problems.findIndex(({ file }) => files.some(({ name }) => name === file));
  if (meant >= 0) throw new Error(`${told[meant]}; nothing was changed`);
  if (layers.length === 0) throw new Error(told.join('; ') || 'there is nothing to read in the files');
  const chosen = chooseLayers(layers, wanted);
  if (chosen.length === 0)
    throw new ConfigError('--kind none: every layer is left out; name those that are to be read');
  refuseUnknownPlaces(chosen);
  try {
    const survey = await surveyLayers(files, chosen, reading);
    for (const report of survey.reports) refuseNothingUsable(report);
    return { files, chosen, survey, problems: told };
  } catch (error) {
    throw error instanceof DataError ? new Error(printable(error.message), { cause: error }) : error;
  }
}

/** A chosen encoding changes the names of columns, so the files are looked at once more with it. */
async function openFiles(files: readonly DataFile[], wanted: LayerOptions, options: DataOptions) {
  const opened = await openData(files, options);
  const encodings = encodingsOf(opened.layers, wanted);
  return Object.keys(encodings).length === 0 ? opened : openData(files, { ...options, encodings });
}

function refuseUnknownPlaces(chosen: readonly ChosenLayer[]): void {
  for (const { layer, mapping } of chosen) {
    if (layer.crs.from !== 'unknown' || mapping.crs !== undefined) continue;
    const likely = (layer.crs.candidates ?? [])
      .slice(0, 5)
      .map(({ epsg, name }) => `--crs ${epsg} (${name})`);
    const give = likely.length > 0 ? likely.join(' or ') : '--crs with its EPSG code';
    throw new Error(
      printable(`${layer.path.join('/')}: does not say in which coordinate system it is; give ${give}`),
    );
  }
}

function refuseNothingUsable({ file, read, given, leftOut }: LayerSurvey['reports'][number]): void {
  const [first] = leftOut.first;
  if (given > 0 || !first) return;
  throw new Error(
    printable(
      `${file}: not one of its ${read} features can be used; feature ${first.number} (from 1): ${first.text}`,
    ),
  );
}

/** The town in files that were read, with a design round its addresses where the files bring none. */
export function townOf(
  { files, chosen, survey }: ReadFiles,
  { design = DEFAULT_DESIGN, ...options }: DataOptions & { design?: string | undefined } = {},
): TownSource {
  if (survey.extents.addresses.count === 0) {
    const found = chosen.map(({ layer, mapping }, i) => {
      const given = survey.reports[i]?.given ?? 0;
      return `${layer.path.join('/')} holds ${given} ${mapping.kind}`;
    });
    throw new Error(
      printable(
        `there is not one address to import: ${found.join(', ')}; nothing was changed. --kind says that a layer holds addresses`,
      ),
    );
  }
  if (!isDesignName(design)) {
    throw new ConfigError(`--design: is not a name; give a text of 1 to ${MAX_DESIGN_NAME} characters`);
  }
  if (survey.designs.length > 0) return townOfLayers(files, chosen, { designs: survey.designs }, options);
  const around = designAround(survey.extents.addresses, design);
  return townOfLayers(
    files,
    chosen,
    around ? { designs: [around.design], designPoles: [around.pole] } : { designs: [] },
    options,
  );
}

/** The features of a kind that will be stored. */
export function countOf({ survey }: ReadFiles, kind: DataKind): number {
  return survey.reports.filter((report) => report.kind === kind).reduce((sum, { given }) => sum + given, 0);
}

/** The town in a folder or a file, for `serve --town`. */
export async function readTown(path: string): Promise<TownSource> {
  return townOf(await readFiles([path]));
}
