package dev.lifeboat.pgrestore;

/** The fencing rows, in database {@code postgres}. */
@SuppressWarnings("DoNotCallSuggester") // the signatures come first, their bodies follow
public final class FencingTable {
    private FencingTable() {}

    /**
     * Makes {@code token} the target's, and ends every session that acts for a lower one.
     *
     * @throws RestoreException of kind FENCED when the target's token is higher already
     */
    public static void raise(Databases databases, String target, long token) {
        throw new UnsupportedOperationException();
    }
}
