package dev.lifeboat.local.explore;

/** Whether the live database admits applications. */
enum Door {
    OPEN,
    /** A step closed it, and noted that it did: the next look opens it. */
    CLOSED,
    /** As {@link #CLOSED}, by a step that came after its execution had given it up. */
    CLOSED_LATE
}
