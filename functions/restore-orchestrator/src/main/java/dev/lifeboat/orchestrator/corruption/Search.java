package dev.lifeboat.orchestrator.corruption;

import dev.lifeboat.aws.pgbackrest.Lsn;
import dev.lifeboat.contract.Require;
import dev.lifeboat.orchestrator.probe.InvariantRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * How far the search for the last good transaction is: all that it knows, and nothing that follows from it. It lies in the bucket.
 *
 * @param version 1
 * @param token the fencing token of whoever wrote it last
 * @param asked what every state is asked, as it was when the search began
 * @param starts states to begin at, newest first, each proved to be reachable: where all invariants were last seen to hold, and the ends of
 *     the base backups before that
 * @param live the live database, which is bad
 * @param commits those in {@code listed}, oldest first
 * @param listed of which range the commits are known; null for none
 * @param pending the step that is under way; null for none
 * @param attempts the states that were looked at, in that order
 */
public record Search(
        int version,
        long token,
        InvariantRecord asked,
        List<Lsn> starts,
        Attempt live,
        List<Commit> commits,
        Step.Range listed,
        Step pending,
        List<Attempt> attempts) {
    public Search {
        Require.range("version", version, 1, 1);
        Require.range("token", token, 1, Long.MAX_VALUE);
        Require.present("asked", asked);
        starts = Require.listOrEmpty(starts);
        Require.present("live", live);
        commits = Require.listOrEmpty(commits);
        attempts = Require.listOrEmpty(attempts);
    }

    /** One that knows nothing but where it may begin, and that the live database is bad. */
    static Search begin(long token, InvariantRecord asked, List<Lsn> starts, Attempt live) {
        return new Search(1, token, asked, starts, live, List.of(), null, null, List.of());
    }

    /** With a step under way. */
    Search under(Step step) {
        return new Search(version, token, asked, starts, live, commits, listed, step, attempts);
    }

    /**
     * After the step that was under way.
     *
     * @param found what its state came to
     * @param newCommits those of the range that it was to list; null when they were not listed
     */
    Search after(Attempt found, List<Commit> newCommits) {
        List<Attempt> more = new ArrayList<>(attempts);
        more.add(found);
        boolean gotList = newCommits != null && pending.list() != null;
        return new Search(
                version,
                token,
                asked,
                starts,
                live,
                gotList ? newCommits : commits,
                gotList ? pending.list() : listed,
                null,
                more);
    }

    /** The same, written by another owner: what is known does not change with whom it is known by. */
    Search by(long newToken) {
        return new Search(version, newToken, asked, starts, live, commits, listed, pending, attempts);
    }
}
