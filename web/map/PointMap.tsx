import type { Point } from '../form/inputs/PointInput.tsx'
export default function PointMap(_: { value: Point | null; done: (point: Point) => void }) { return null }
