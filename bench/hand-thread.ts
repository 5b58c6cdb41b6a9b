import { workerData } from 'node:worker_threads'
import { serveHand } from '../properties/agreement/hands/thread.ts'
import { type ShapeWork, shapeHand } from './shape-hand.ts'

serveHand(shapeHand(workerData as ShapeWork))
