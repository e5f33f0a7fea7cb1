import { describe, expect, it } from 'vitest'
import { BoundaryFileError, readBoundaryFile } from '../../../src/server/boundaries/boundary-file.ts'
import { collection, feature, SQUARE } from './outlines.ts'

describe('A file of boundaries', () => {
  it('gives each outline with its code, whatever the property is called and however it is written', () => {
    const [west, east] = [SQUARE, SQUARE.map(([x, y]): [number, number] => [x + 0.1, y])]
    const several = { type: 'MultiPolygon', coordinates: [[west], [east]] }
    const features = [feature({ NISCODE: '44021' }), feature({ NISCODE: 44043 }, several)]
    expect(readBoundaryFile(collection(features))).toEqual([
      { code: 44021, polygons: [[SQUARE]] },
      { code: 44043, polygons: [[west], [east]] },
    ])
    const named = collection([feature({ nis: 'a street', Gemeente: '44021' })])
    expect(readBoundaryFile(named, 'gemeente')).toEqual([{ code: 44021, polygons: [[SQUARE]] }])
  })

  const ring = (positions: readonly (readonly number[])[]) =>
    collection([feature({ nis: 44021 }, { type: 'Polygon', coordinates: [positions] })])
  const moved = (move: (position: readonly [number, number]) => readonly number[]) => ring(SQUARE.map(move))
  const open = SQUARE.with(-1, [3.5, 51.2])

  it.each([
    ['no JSON', '{"type": ', /not JSON \(end of JSON\)/],
    ['another document', '[1, 2]', /no GeoJSON FeatureCollection: its type is "undefined"/],
    ['TopoJSON', '{"type": "Topology"}', /TopoJSON/],
    ['nothing in it', collection([]), /no features/],
    ['too much in it', collection(Array.from({ length: 2_001 }, () => feature({ nis: 44021 }))), /2001 features.*at most 2000/],
    ['no geometry', collection([{ type: 'Feature', properties: { nis: 44021 }, geometry: null }]), /Feature 1 has no geometry/],
    [
      'points',
      collection([feature({ nis: 44021 }, { type: 'Point', coordinates: [3.7, 51] })]),
      /Feature 1 \(44021\) is a "Point"/,
    ],
    ['no code', collection([feature({ naam: 'Gent' })]), /Feature 1 has not a NIS code.*it has naam.*--code/],
    ['a code of a statistical sector', collection([feature({ nis: '44021A00-' })]), /"44021A00-" as nis.*five digits/],
    ['an open ring', ring(open), /open ring: its last position has to be its first, which is 3.6, 51/],
    ['a ring of two corners', ring(SQUARE.slice(0, 3)), /fewer than 4 positions/],
    ['a position of words', ring([['3.6', '51'], ...SQUARE.slice(1)] as never), /not two numbers/],
    ['Lambert 72', moved(([x, y]) => [x * 28_000, y * 3_800]), /Lambert 72, in metres.*EPSG:4326/],
    ['Lambert 2008', moved(([x, y]) => [x * 160_000, y * 13_700]), /Lambert 2008, in metres.*EPSG:4326/],
    ['metres of elsewhere', moved(([x]) => [x * 1_000_000, 1_000_000]), /no degrees.*EPSG:4326/],
    ['latitude first', moved(([x, y]) => [y, x]), /wrong way round/],
    ['another country', moved(([x]) => [x, 48]), /not in Belgium/],
    [
      'the name of its projection',
      collection([feature({ nis: 44021 })], 'urn:ogc:def:crs:EPSG::31370'),
      /says that it is in .*EPSG:4326/,
    ],
  ])('is refused with %s, in words that say what to do', (_what, text, message) => {
    expect(() => readBoundaryFile(text)).toThrow(BoundaryFileError)
    expect(() => readBoundaryFile(text)).toThrow(message)
  })
})
