import { initialWorld } from '../model/initial.ts'
import { linux } from '../model/profile.ts'
import { factsOf } from '../oracle/judge.ts'
import type { TraceHeader } from '../oracle/trace/trace.ts'
import { createHand, type Hand } from '../properties/agreement/hands/hand.ts'
import { drawFrom, randomFor } from '../properties/arbitraries/draw.ts'
import { generateShape, type Shape } from './shapes.ts'

/** What a hand has to know to make scenarios of a shape; plain data. */
export interface ShapeWork {
  readonly header: TraceHeader
  readonly shape: Shape
  readonly seed: number
}

/** A hand that makes scenarios of one shape. */
export function shapeHand({ header, shape, seed }: ShapeWork): Hand {
  const start = initialWorld(factsOf(header), shape.actors)
  const generate = (index: number) => ({
    origin: `${index}`,
    ...generateShape(drawFrom(randomFor(seed, index)), start, shape),
  })
  return createHand(generate, header, linux)
}
