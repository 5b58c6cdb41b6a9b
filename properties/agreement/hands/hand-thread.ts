import { workerData } from 'node:worker_threads'
import { type HandWork, handFor } from './hand-work.ts'
import { serveHand } from './thread.ts'

serveHand(handFor(workerData as HandWork))
