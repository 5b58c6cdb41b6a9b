/** A kernel that Debian builds and that is fetched, not installed. */
export interface DebianKernel {
  /** The target's name. */
  readonly name: string
  readonly summary: string
  /** The names of its packages; the newest version is taken. */
  readonly package: RegExp
}

/** The kernels that come as targets of their own. */
export const debianKernels: readonly DebianKernel[] = [
  {
    name: 'linux-6.1',
    summary: "Debian's kernel 6.1, booted in an emulated machine",
    package: /^linux-image-6\.1\.0-\d+-amd64$/,
  },
  {
    name: 'linux-6.12',
    summary: "Debian's kernel 6.12 for virtual machines, booted in an emulated machine",
    package: /^linux-image-6\.12\.\d+\+deb12-cloud-amd64$/,
  },
  {
    name: 'linux-6.1-rt',
    summary: "Debian's kernel 6.1 with PREEMPT_RT, booted in an emulated machine",
    package: /^linux-image-6\.1\.0-\d+-rt-amd64$/,
  },
]

/** The modules that a line to the host needs, in the order in which they are loaded; built into some kernels. */
export const lineModules = [
  'virtio',
  'virtio_ring',
  'virtio_pci_legacy_dev',
  'virtio_pci_modern_dev',
  'virtio_pci',
  'virtio_console',
]
