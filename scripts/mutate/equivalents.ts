/** Mutants that no recording of a Linux kernel can tell from the model, by name, each with the reason. */
export const equivalents: Readonly<Record<string, string>> = {
  'model/messages/selection.ts arriving operator: bytes <= size || size < 0 ? bytes : Number(size) => bytes < size || size < 0 ? bytes : Number(size)':
    'a body of exactly the size arrives whole either way',
  'model/common/get.ts permissionRefused field: outcome: ({ moment, actor, call, permission }) => { const request = foldedRequest(call.flags) & ~EXECUTE if (permission !== undefined && gr… => (nothing)':
    'the rule that it spreads does the same, without the note',
  'model/semaphores/semget.ts missing field: outcome: (situation) => { if (situation.call.nsems === 0) note(situation.moment, zeroMissing) missingKey.outcome(situation) } => (nothing)':
    'the rule that it spreads does the same, without the note',
  'model/semaphores/semget.ts exists field: outcome: (situation) => { const { moment, call, set } = situation if (set !== undefined && call.nsems > set.semaphores.length) note(moment,… => (nothing)':
    'the rule that it spreads does the same, without the note',
  'model/outcomes.ts OUTCOMES_MAX number: const OUTCOMES_MAX = 20_000 => const OUTCOMES_MAX = 20001':
    'bounds the work of the model, and is no rule',
  'model/outcomes.ts everyOutcome operator: if (count > OUTCOMES_MAX) throw new Error(`a step of ${what} has more than ${OUTCOMES_MAX} outcomes`) => if (count >= OUTCOMES_MAX) throw new Error(`a step of ${what} has more than ${OUTCOMES_MAX} outcomes`)':
    'bounds the work of the model, and is no rule',
  'model/canonical.ts areEqual operator: for (let at = 0; at < a.length; at++) if (!areEqual(a[at], b[at])) return false => for (let at = 0; at <= a.length; at++) if (!areEqual(a[at], b[at])) return false':
    'one place behind both ends nothing equals nothing',
  'model/processes/state.ts defaultAction truth: restart: false, => restart: true,':
    'only handlers restart calls',
  'model/world.ts nobody number: const nobody = ordinary(-1, -1) => const nobody = ordinary(-1, -2)':
    'asked only about processes that there are',
  'model/messages/msgrcv.ts heededFlags operator: type > 0 && (flags & MSG_EXCEPT) !== 0 && choose(moment, except, 2) === 1 ? flags & ~MSG_EXCEPT : flags => type > 0 && (flags | MSG_EXCEPT) !== 0 && choose(moment, except, 2) === 1 ? flags & ~MSG_EXCEPT : flags':
    'without the flag both choices are the same',
  "model/processes/sleepers.ts decideResult.at side: (event, index) => index >= from && event.is === 'returned' && event.actor === name, => (event, index) => index >= from && event.actor === name,":
    'what is done there makes a process return, or makes no event of it',
  'model/shared-memory/status.ts extraBits number: return bits !== 0 && choose(moment, clauses.statRemoved, 2) === 1 ? 0 : bits => return bits !== 1 && choose(moment, clauses.statRemoved, 2) === 1 ? 0 : bits':
    'without bits both choices are the same',
  'model/processes/exec.ts after field: fsgid: identity.gid => (nothing)':
    'only what the end of a parent may send depends on it, and may be forgotten anyway',
  'model/processes/exec.ts after number: const after = (identity: Identity): Identity => ({ ...identity, fsgid: identity.gid, capabilities: 0 }) => const after = (identity: Identity): Identity => ({ ...identity, fsgid: identity.gid, capabilities: 1 })':
    'no rule asks for this capability',
  'model/processes/end.ts becomeZombie.lifecycle truth: subreaper: false, => subreaper: true,':
    'a zombie has no children, and adopts none',
  'model/processes/interference.ts interfere side: both.some((name) => isEnding(unrest, name)) && (isAnyStopped(world) || both.some((name) => mayBeOvertaken(unrest, name))) => (isAnyStopped(world) || both.some((name) => mayBeOvertaken(unrest, name)))':
    'more orders are followed, with the same ends',
  'model/shared-memory/bytes.ts refusal.piece side: const piece = attachment.pieces.find(({ first, pages }) => first <= page && page < first + pages) => const piece = attachment.pieces.find(({ first, pages }) => page < first + pages)':
    'the pieces are in order, and one of them holds the page: the first that ends behind it',
  'model/shared-memory/replace.ts cut operator: for (let at = 0; at < 3; at++) { => for (let at = 0; at <= 3; at++) {':
    'a part that ends where nothing is has no pages',
  'model/shared-memory/attach.ts attach.protection number: const protection = PROT_READ | (isWritable ? PROT_WRITE : 0) | (has(situation, SHM_EXEC) ? PROT_EXEC : 0) => const protection = PROT_READ | (isWritable ? PROT_WRITE : 0) | (has(situation, SHM_EXEC) ? PROT_EXEC : 1)':
    '1 is PROT_READ, which is there already',
  'model/shared-memory/shmget.ts aboveFileSize side: (situation) => isCreated(situation) && situation.size >= 2n ** 63n, => (situation) => situation.size >= 2n ** 63n,':
    'an existing segment is smaller, which is the same error',
  "model/shared-memory/shmat.ts mayNotRead errno: 'EACCES', => 'EINVAL',":
    'the outcome names the errno itself; this is the label of the rule',
  'model/semaphores/bad.ts badSemop.operations number: const operations = new Array(count).fill({ sem: 0, change: 1, flags: 0 }) => const operations = new Array(count).fill({ sem: 1, change: 1, flags: 0 })':
    'nobody looks at the elements of an array that cannot be read',
  'model/semaphores/bad.ts badSemop.operations number: const operations = new Array(count).fill({ sem: 0, change: 1, flags: 0 }) => const operations = new Array(count).fill({ sem: 0, change: 2, flags: 0 })':
    'nobody looks at the elements of an array that cannot be read',
  'model/semaphores/bad.ts badSemop.operations number: const operations = new Array(count).fill({ sem: 0, change: 1, flags: 0 }) => const operations = new Array(count).fill({ sem: 0, change: 1, flags: 1 })':
    'nobody looks at the elements of an array that cannot be read',
  'model/canonical.ts canonicalKey statement: keys.set(value, key) => ;':
    'keys that are not remembered are made again, and are the same',
  'model/canonical.ts keyOfRecord number: .sort(([a], [b]) => (a < b ? -1 : 1)) => .sort(([a], [b]) => (a < b ? -1 : 2))':
    'only the sign counts',
  'model/messages/settings.ts run.mayMeet side: (other) => isSender(other) && matches(next.sleep.selection, other.sleep.message.type), => (other) => isSender(other),':
    'more orders are followed, with the same ends: who looks later finds no more where nothing for it can come',
  'model/semaphores/undo.ts applyToSet.pid operator: const pid = adjusted.length > 0 && choose(moment, exitPid, 2) === 1 ? undefined : actor => const pid = adjusted.length >= 0 && choose(moment, exitPid, 2) === 1 ? undefined : actor':
    'recorded in the semaphores that are adjusted: nowhere if none is',
  'model/messages/settings.ts chooseRunnable number: if (areAllRefused) return 0 => if (areAllRefused) return 1':
    'all of them fail, in whatever order',
  'model/messages/msgrcv.ts heededFlags number: type > 0 && (flags & MSG_EXCEPT) !== 0 && choose(moment, except, 2) === 1 ? flags & ~MSG_EXCEPT : flags => type > 0 && (flags & MSG_EXCEPT) !== 1 && choose(moment, except, 2) === 1 ? flags & ~MSG_EXCEPT : flags':
    'without the flag both choices are the same',
  'model/messages/msgrcv.ts heededFlags side: type > 0 && (flags & MSG_EXCEPT) !== 0 && choose(moment, except, 2) === 1 ? flags & ~MSG_EXCEPT : flags => type > 0 && choose(moment, except, 2) === 1 ? flags & ~MSG_EXCEPT : flags':
    'without the flag both choices are the same',
  'model/identity.ts ordinary number: capabilities: 0, => capabilities: 1,':
    'no rule asks for this capability',
  'model/shared-memory/replace.ts cut.[start = 0, stop = 0] number: const [start = 0, stop = 0] = edges.slice(at, at + 2) => const [start = 1, stop = 0] = edges.slice(at, at + 2)':
    'there are four edges: neither of two neighbours is missing',
  'model/shared-memory/replace.ts cut.[start = 0, stop = 0] number: const [start = 0, stop = 0] = edges.slice(at, at + 2) => const [start = 0, stop = 1] = edges.slice(at, at + 2)':
    'there are four edges: neither of two neighbours is missing',
  'model/outcomes.ts isSame side: a.events.length === b.events.length && areEqual(a.world, b.world) => areEqual(a.world, b.world)':
    'in equal worlds the same actors are idle, asleep or gone: they have as many events',
  'model/semaphores/shared-undo.ts stopSharing truth: return true => return false':
    'who shared with another process, and stops, has no adjustments of its own that could be applied',
  'model/shared-memory/attach.ts attach.attachment truth: replaced: false, => replaced: true,':
    'asked only about an attachment without pages, and set by whatever takes the last one',
  'model/shared-memory/mappings.ts mmap truth: replaced: false, => replaced: true,':
    'asked only about an attachment without pages, and set by whatever takes the last one',
  'model/processes/lifecycle.ts nextRank number: if (parent === INIT) return 0 => if (parent === INIT) return 1':
    'the children of the driver are in no order, nobody asks for it',
  'model/outcomes.ts agreed operator: return others.filter((each) => each.rule === rule)[nth]?.index === index => return others.filter((each) => each.rule !== rule)[nth]?.index === index':
    'only tells which choice was taken',
  'model/common/programs.ts runIpcrm number: become(moment, actor, { ...before, fsgid: before.gid, capabilities: 0 }) => become(moment, actor, { ...before, fsgid: before.gid, capabilities: 1 })':
    'no rule asks for this capability',
  "model/semaphores/attempt.ts attempt errno: if (semaphore === undefined) return { is: 'fails', errno: 'EFBIG', at, because: 'value' } => if (semaphore === undefined) return { is: 'fails', errno: 'EINVAL', at, because: 'value' }":
    'an array that names such a semaphore was refused before',
  "model/common/programs.ts runIpcrm.at side: const at = moment.events.findIndex((event) => event.is === 'returned' && event.actor === actor) => const at = moment.events.findIndex((event) => event.is === 'returned')":
    'whoever is woken by a removal comes back behind the caller',
  "model/shared-memory/shmat-situation.ts hugeAlignment number: if (!isKnown || facts.hugePages.size === 0) return 'unknown' => if (!isKnown || facts.hugePages.size === 1) return 'unknown'":
    'asked about segments of huge pages only, which a system without them does not have',
  "model/common/programs.ts runIpcrm.at side: const at = moment.events.findIndex((event) => event.is === 'returned' && event.actor === actor) => const at = moment.events.findIndex((event) => event.actor === actor)":
    'whoever is woken by a removal comes back behind the caller',
  "model/common/get.ts permissionRefused errno: 'EACCES', => 'EINVAL',":
    'the outcome names the errno itself; this is the label of the rule',
  'model/shared-memory/replace.ts cut number: for (let at = 0; at < 3; at++) { => for (let at = 0; at < 4; at++) {':
    'a part that ends where nothing is has no pages',
  'model/shared-memory/shmget.ts unsigned operator: return wrapped > Number.MAX_SAFE_INTEGER ? wrapped : Number(wrapped) => return wrapped >= Number.MAX_SAFE_INTEGER ? wrapped : Number(wrapped)':
    'the largest of them is the same number in both forms',
  'model/messages/overwrite.ts sentAfter number: return { ...message, fill, type: chosen === 1 ? message.type : now.type } => return { ...message, fill, type: chosen === 2 ? message.type : now.type }':
    'both ways are followed, in the other order',
  'model/processes/state.ts rootLifecycle truth: parentExeced: false, => parentExeced: true,':
    'asked only about a child that ends with another signal than SIGCHLD',
  'model/processes/look-again.ts mayReturn statement: unrest.undisturbed.add(name) => ;':
    'who is asked again may only return later than it might have',
  'model/processes/look-again.ts mayReturn side: if (search === undefined || unrest.undisturbed.has(name)) return => if (search === undefined) return':
    'who is asked again may only return later than it might have',
  'model/messages/overwrite.ts sentAfter operator: return { ...message, fill, type: chosen === 1 ? message.type : now.type } => return { ...message, fill, type: chosen !== 1 ? message.type : now.type }':
    'both ways are followed, in the other order',
  'model/processes/tell.ts isAwaited truth: if (sleep === undefined) return false => if (sleep === undefined) return true':
    'who is woken and does not wait looks at nothing',
  "model/semaphores/bad.ts badSemctl.situation number: call: { name: 'semctl.IPC_STAT', set: call.set, semnum: 0 }, => call: { name: 'semctl.IPC_STAT', set: call.set, semnum: 1 },":
    'no command among these looks at the number',
  'model/messages/msgrcv.ts heededFlags side: type > 0 && (flags & MSG_EXCEPT) !== 0 && choose(moment, except, 2) === 1 ? flags & ~MSG_EXCEPT : flags => choose(moment, except, 2) === 1 ? flags & ~MSG_EXCEPT : flags':
    'without the flag both choices are the same',
  'model/processes/state.ts rootLifecycle number: firstCode: -1, => firstCode: -2,':
    'told to the parent only, and the driver is told nothing',
  'model/outcomes.ts alternatives operator: for (let at = script.length; at < taken.length; at++) => for (let at = script.length; at <= taken.length; at++)':
    'behind the last choice there is none with ways of its own',
  "model/processes/kill.ts rules side: error(signalling.killNobody, 'ESRCH', (situation) => isNobody(situation) && !isNamed(situation)), => error(signalling.killNobody, 'ESRCH', (situation) => isNobody(situation)),":
    'the rule before it is the same error',
  'model/messages/settle.ts settleInAnyOrder.senders side: (sender) => !staying.includes(sender.name) && mayGo(moment, queue, sender), => (sender) => !staying.includes(sender.name),':
    'who has no room, in whatever reading, stays when its turn comes',
  'model/processes/waitid.ts descriptorOf number: if (moment.world.failed.includes(id)) return -1 => if (moment.world.failed.includes(id)) return -2':
    'no negative number is a descriptor',
  'model/processes/tell.ts endSignal truth: const { exitSignal = SIGCHLD, parentExeced = false } = lifecycleOf(moment.world, child) ?? {} => const { exitSignal = SIGCHLD, parentExeced = true } = lifecycleOf(moment.world, child) ?? {}':
    'a child that there is not ends with no other signal',
  'model/shared-memory/shmget.ts unsigned number: if (size >= 0) return size => if (size >= 1) return size':
    '0 is 0 in both forms',
}
