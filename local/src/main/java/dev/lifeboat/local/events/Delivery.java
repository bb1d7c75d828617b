package dev.lifeboat.local.events;

/** Brings an event to a target. */
public interface Delivery {
    /** @param targetArn a function's, a state machine's or a topic's */
    void deliver(String targetArn, String input);
}
