/** The first feature as it is read is 'number street, postcode @ place'. The system is WGS 84 where none is given. */
export type PublisherFile = [publisher: string, file: string, first: string, epsg?: number];
