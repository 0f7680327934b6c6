const MAX_FILES = 1_000;
const MAX_DEPTH = 8;

/**
 * The files that a user dropped, with those in dropped folders. A browser gives a folder as a file that nobody can read.
 * Call it before the first `await` of the drop's listener: the browser empties the drop after that. At most 1,000 files.
 */
export function filesOfDrop(drop: DataTransfer): Promise<File[]> {
  const entries = [...drop.items].map((item) => item.webkitGetAsEntry());
  if (!entries.some((entry) => entry?.isDirectory)) return Promise.resolve([...drop.files]);
  return filesOf(entries.filter((entry) => entry !== null));
}

async function filesOf(entries: readonly FileSystemEntry[]): Promise<File[]> {
  const files: File[] = [];
  const walk = async (entry: FileSystemEntry, depth: number): Promise<void> => {
    if (files.length >= MAX_FILES || entry.name.startsWith('.')) return;
    if (isFile(entry)) files.push(await new Promise<File>((resolve, reject) => entry.file(resolve, reject)));
    else if (isFolder(entry) && depth < MAX_DEPTH) {
      for (const inside of await entriesOf(entry.createReader())) await walk(inside, depth + 1);
    }
  };
  for (const entry of entries) await walk(entry, 0);
  return files;
}

/** A reader gives some of the entries each time, and none at the end. */
async function entriesOf(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  const all: FileSystemEntry[] = [];
  while (all.length < MAX_FILES) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) break;
    all.push(...some);
  }
  return all;
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}
