/** Offers a file to the user under a name, which has to be one that a file may have. */
export function saveBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.hidden = true;
  document.body.append(link);
  link.click();
  link.remove();
  // A browser may read the address a moment later, and a document that is gone needs it no more.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
