package dev.lifeboat.orchestrator.corruption;

import dev.lifeboat.aws.pgbackrest.Lsn;
import dev.lifeboat.contract.Require;
import java.time.Instant;

/**
 * A transaction's commit, as pg_waldump shows it.
 *
 * @param lsn where its record begins
 * @param xid the transaction's number, without epoch
 * @param at when it was committed, by the server's clock
 */
public record Commit(Lsn lsn, long xid, Instant at) {
    public Commit {
        Require.present("commit.lsn", lsn);
        Require.present("commit.at", at);
    }

    /** For people: {@code transaction 741, committed at 2026-11-23T03:14:15Z, 0/3000148}. */
    public String summary() {
        return "transaction " + xid + ", committed at " + at + ", " + lsn;
    }
}
