// The entry `cellarium/persisters/persister-file/with-schemas`: the types of `cellarium/persisters/persister-file` for
// stores with schemas.
import type {PersisterOptions} from '../types/persister-options.js';
import type {OptionalSchemas} from '../types/schemas.js';
import type {FilePersister} from '../types/with-schemas/persisters.js';
import type {Store} from '../types/with-schemas/store.js';

export type {FilePersister} from '../types/with-schemas/persisters.js';

/**
 * Creates a Persister that keeps a Store's content in a file, in Node, as JSON that TinyBase reads, too.
 *
 * @param store - The Store to persist; one made by this package.
 * @param filePath - The file's path. The file need not exist, but its directory must.
 * @param onIgnoredError - Is told of errors that stop nothing, a full disk for example.
 * @param options - How it is to work beyond what TinyBase knows; see {@link PersisterOptions}. A codec is not offered
 * here.
 * @returns The new Persister.
 * @throws An Error of `code` `'store-type'` if the store is not one of this package.
 */
export declare const createFilePersister: <Schemas extends OptionalSchemas>(
  store: Store<Schemas>,
  filePath: string,
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- anything may be thrown
  onIgnoredError?: (error: any) => void,
  options?: Omit<PersisterOptions, 'codec'>,
) => FilePersister<Schemas>;
