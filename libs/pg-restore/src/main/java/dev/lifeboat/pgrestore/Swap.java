package dev.lifeboat.pgrestore;

import dev.lifeboat.pgarchive.DumpContents;
import dev.lifeboat.pgarchive.TocEntry;
import dev.lifeboat.pgrestore.RestoreException.Kind;
import java.util.List;

/**
 * Puts one database in another one's place. A database can be renamed only while nobody is in it, so both are closed and
 * emptied first; both names change in one transaction, which first locks and compares the fencing row, and which also opens
 * the new live database and notes the swap. Applications that connect meanwhile are refused, never misled.
 */
final class Swap {
    private static final int ATTEMPTS = 10;

    private final Sessions sessions;
    private final RestoreTarget target;
    private final LiveDoor door;
    private final PreparedTransactions prepared;

    Swap(Sessions sessions, RestoreTarget target) {
        this.sessions = sessions;
        this.target = target;
        this.door = new LiveDoor(sessions, target);
        this.prepared = new PreparedTransactions(sessions, target);
    }

    CutOverResult cutOver(String incident, DumpContents archive) {
        try (Session session = sessions.administration()) {
            SwapRow made = SwapRow.find(session, target.targetName(), incident).orElse(null);
            if (made == null) {
                RestoreRow.requireFinished(session, target, ArchiveId.of(archive));
                new SourceDatabase(archive, meant(session, archive)).applyProperties(session, target.restoreDatabase());
                String quarantine = DatabaseCatalog.exists(session, target.liveDatabase())
                        ? Names.quarantine(target.liveDatabase(), incident)
                        : null;
                replaceLive(
                        session,
                        quarantine,
                        target.restoreDatabase(),
                        () -> SwapRow.insert(session, target, incident, quarantine));
            } else if (made.undoneAt() != null) {
                throw refused(incident, "was undone at " + made.undoneAt(), "Start a recovery of its own.");
            } else if (RestoreRow.isFinished(session, target, ArchiveId.of(archive))) {
                // A swap takes its restore's row away, so that one was of another: ours would wait, and be taken for
                // live.
                throw refused(
                        incident,
                        "was made at " + made.cutOverAt() + ", of an earlier restore",
                        "The database was lost once more: start a recovery under another incident's name.");
            }
            return found(session, incident).cutOver();
        }
    }

    private List<TocEntry> meant(Session session, DumpContents archive) {
        return RestoreRow.withoutRoles(session, target, ArchiveId.of(archive)).entries(archive.entries());
    }

    UndoResult undo(String incident) {
        try (Session session = sessions.administration()) {
            SwapRow made = found(session, incident);
            if (made.undoneAt() == null) {
                if (made.quarantine() == null || !DatabaseCatalog.exists(session, made.quarantine())) {
                    throw refused(incident, "has no quarantine to go back to", "Restore an older backup instead.");
                }
                String setAside = Names.undone(target.liveDatabase(), incident);
                replaceLive(
                        session,
                        setAside,
                        made.quarantine(),
                        () -> SwapRow.undo(session, target.targetName(), incident, setAside));
            }
            return found(session, incident).undone();
        }
    }

    private SwapRow found(Session session, String incident) {
        return SwapRow.find(session, target.targetName(), incident)
                .orElseThrow(() -> refused(incident, "was never made", "Look at the incident's name."));
    }

    private RestoreException refused(String incident, String why, String hint) {
        return new RestoreException(
                Kind.REFUSED,
                "The swap of database " + target.liveDatabase() + " for incident " + incident + " " + why + ".",
                hint);
    }

    /**
     * @param putAway the live database's new name; null when there is no live database
     * @param successor what becomes the live database
     * @param note run in the transaction that renames
     */
    private void replaceLive(Session session, String putAway, String successor, Runnable note) {
        Backends.retryWhileInUse(ATTEMPTS, () -> {
            empty(session, putAway != null, successor);
            session.transaction("Swapping databases", () -> {
                FencingTable.lockAndCompare(session, target.targetName(), target.token());
                if (putAway != null) {
                    DatabaseCatalog.rename(session, target.liveDatabase(), putAway);
                }
                DatabaseCatalog.rename(session, successor, target.liveDatabase());
                DatabaseCatalog.admit(session, target.liveDatabase(), true);
                note.run();
                door.note(session, null);
            });
        });
    }

    private void empty(Session session, boolean live, String successor) {
        if (live) {
            door.close(session, target.liveDatabase(), successor);
            Backends.endAllIn(session, "Emptying database " + target.liveDatabase(), target.liveDatabase());
            prepared.rollBack(session);
        } else {
            door.close(session, successor);
        }
        Backends.endAllIn(session, "Emptying database " + successor, successor);
    }
}
