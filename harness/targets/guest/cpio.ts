/** A file of an archive; one without content is a folder. */
export interface ArchivedFile {
  /** Without a leading slash. */
  readonly path: string
  readonly content: Uint8Array | null
}

/**
 * The files as a cpio archive in the format `newc`, which Linux unpacks as its initial file system, all owned by root
 * and executable. Source: Linux Documentation/driver-api/early-userspace/buffer-format.rst.
 */
export function cpio(files: readonly ArchivedFile[]): Buffer {
  const entries = files.map(({ path, content }, index) =>
    entry(path, content ?? new Uint8Array(), content === null ? FOLDER : FILE, index + 1),
  )
  return Buffer.concat([...entries, entry('TRAILER!!!', new Uint8Array(), 0, 0)].flat())
}

const FOLDER = 0o040755
const FILE = 0o100755

function entry(path: string, content: Uint8Array, mode: number, inode: number): readonly Buffer[] {
  const name = Buffer.from(`${path}\0`)
  const links = 1
  const fields = [inode, mode, 0, 0, links, 0, content.length, 0, 0, 0, 0, name.length, 0]
  const head = `070701${fields.map((field) => field.toString(16).padStart(8, '0')).join('')}`
  return [padded(Buffer.concat([Buffer.from(head), name])), padded(Buffer.from(content))]
}

/** Filled up to a multiple of four bytes. */
const padded = (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)])
