package dev.lifeboat.local.events;

/** Brings an event to a target. */
public interface Delivery {
    /** @param targetArn a function's, a state machine's or a topic's */
    void deliver(String targetArn, String input);

    /** Whether a target still works at what it was given before: then more of the same would only wait, or take the machine from it. */
    default boolean isBehind(String targetArn) {
        return false;
    }
}
