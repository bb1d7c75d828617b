package dev.lifeboat.pgrestore;

import dev.lifeboat.pgarchive.PgArchive;

/** Divides an archive's data into shards of about the same compressed size. */
@SuppressWarnings("DoNotCallSuggester") // the signatures come first, their bodies follow
public final class RestorePlanner {
    private RestorePlanner() {}

    /**
     * @param shardsWanted 1 or more; the plan has fewer when there are fewer entries with data
     * @throws RestoreException when the archive can't be read
     */
    public static RestorePlan plan(PgArchive archive, int shardsWanted) {
        throw new UnsupportedOperationException();
    }
}
