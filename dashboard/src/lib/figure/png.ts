/** Pixels for each CSS pixel: sharp on paper and in a presentation. */
const SCALE = 2

/** A picture of the drawing at an address, on a canvas of this browser: nothing leaves it. */
export async function pngOf(address: string): Promise<Blob> {
  const reply = await fetch(address)
  if (!reply.ok) throw new Error(`The drawing could not be loaded (${reply.status})`)
  const source = URL.createObjectURL(new Blob([await reply.text()], { type: 'image/svg+xml' }))
  try {
    const image = new Image()
    image.src = source
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = image.naturalWidth * SCALE
    canvas.height = image.naturalHeight * SCALE
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    return await new Promise((resolve, reject) => {
      canvas.toBlob((png) => (png ? resolve(png) : reject(new Error('This browser made no picture'))), 'image/png')
    })
  } finally {
    URL.revokeObjectURL(source)
  }
}
