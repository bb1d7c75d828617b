package dev.lifeboat.local.explore;

/** What a database holds, as far as the rules ask. */
enum Data {
    /** There is no such database. */
    ABSENT("absent"),
    /** It was made anew and holds nothing. */
    EMPTY("empty"),
    /** It holds data and is damaged: worth keeping. */
    BROKEN("damaged"),
    /** It holds data and nothing is wrong with it. */
    GOOD("healthy"),
    /** It is a restore that was compared with its backup. */
    RESTORED("restored and checked"),
    /** It is a restore that nobody compared with its backup. */
    UNCHECKED("restored and not checked");

    private final String words;

    Data(String words) {
        this.words = words;
    }

    /** Whether losing it would lose something. */
    boolean isWorthKeeping() {
        return this == GOOD || this == BROKEN;
    }

    /** Whether an application can work with it. */
    boolean isUsable() {
        return this == GOOD || this == RESTORED;
    }

    @Override
    public String toString() {
        return words;
    }
}
